package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Max pooling with windows of 2 x 2 against the definition, for images of many sizes. */
class MaxSquaresTest {

  private static final int BEFORE = 3;

  private final Kernels kernels = KernelProvider.kernels();

  static IntStream widths() {
    return IntStream.rangeClosed(2, 140);
  }

  /** Few different numbers, so that several are largest, and sometimes NaN. */
  private static float[] image(int seed, int n) {
    var random = new Random(seed);
    float[] x = new float[BEFORE + n];
    for (int i = 0; i < n; i++) {
      x[BEFORE + i] = random.nextInt(40) == 0 ? Float.NaN : random.nextInt(3) - 1;
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("widths")
  void findsTheLargestAndTheirPlaces(int width) {
    int height = 2 + width % 7;
    int columns = width / 2;
    int windows = height / 2 * columns;
    float[] x = image(width, height * width);
    float[] y = new float[windows];
    for (int i = 0; i < height / 2; i++) {
      kernels.maxSquares(x, BEFORE + 2 * i * width, width, y, i * columns, columns);
    }
    float[] g = new float[windows];
    for (int i = 0; i < windows; i++) {
      g[i] = i + 1;
    }
    // A second image follows, which must stay as it is.
    float[] out = new float[BEFORE + 2 * height * width];
    Arrays.fill(out, BEFORE + height * width, out.length, 7);
    if (width % 2 == 0 && height % 2 == 0) {
      Arrays.fill(out, 0, BEFORE + height * width, Float.NaN);
    }
    kernels.maxSquaresGradient(x, BEFORE, height, width, y, 0, g, 0, out, BEFORE);

    float[] expected = new float[height * width];
    float[] largest = new float[windows];
    for (int i = 0; i < windows; i++) {
      int corner = i / columns * 2 * width + i % columns * 2;
      int best = corner;
      for (int at : new int[] {corner + 1, corner + width, corner + width + 1}) {
        float value = x[BEFORE + at];
        float max = x[BEFORE + best];
        if (value > max || (Float.isNaN(value) && !Float.isNaN(max))) {
          best = at;
        }
      }
      largest[i] = x[BEFORE + best];
      expected[best] = i + 1;
    }
    assertThat(y).isEqualTo(largest);
    assertThat(Arrays.copyOfRange(out, BEFORE, BEFORE + height * width)).isEqualTo(expected);
    assertThat(Arrays.copyOfRange(out, BEFORE + height * width, out.length)).containsOnly(7);
  }
}
