package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels in force against the definition in double precision, around block boundaries. */
class ConvolutionTest {

  /** Of the largest result; see ADR 8. */
  private static final double TOLERANCE = 1e-5;

  private static final int BEFORE = 5;

  private static ConvolutionKernels convolution(ConvolutionSizes sizes) {
    return KernelProvider.kernels().convolution(sizes);
  }

  private static Floats at(float[] data) {
    return new Floats(data, BEFORE);
  }

  static Stream<ConvolutionSizes> sizes() {
    return Stream.of(
            // Numbers of channels; 48 tiles and 12 channels are where another algorithm begins.
            IntStream.rangeClosed(1, 70).mapToObj(c -> sizes(8, 1, c, 70 - c + 1, 9, 10, 3, 1, 1)),
            IntStream.of(11, 12, 13, 15, 16, 17, 31, 32, 33)
                .mapToObj(c -> sizes(12, 1, c, c, 7, 8, 3, 1, 0)),
            // Sizes of images, with every padding.
            IntStream.range(3, 40).mapToObj(n -> sizes(4, 1, 12, 13, n, 42 - n, 3, 1, n % 3)),
            IntStream.of(63, 64, 65, 66, 67, 130).mapToObj(n -> sizes(3, 1, 12, 12, n, n, 3, 1, 1)),
            // Numbers of images, so of chunks and of rows in the last.
            IntStream.range(1, 30).mapToObj(n -> sizes(n, 1, 12, 14, 13, 11, 3, 1, 1)),
            Stream.of(
                sizes(6, 2, 13, 17, 12, 12, 3, 1, 1),
                sizes(6, 3, 16, 12, 14, 9, 3, 1, 2),
                sizes(6, 16, 1, 1, 12, 19, 3, 1, 1),
                sizes(6, 16, 1, 2, 12, 19, 3, 2, 1),
                sizes(6, 1, 14, 20, 15, 15, 3, 2, 1),
                sizes(6, 1, 14, 20, 15, 15, 5, 1, 2),
                sizes(2, 1, 3, 20, 33, 33, 7, 2, 3),
                sizes(6, 1, 14, 20, 15, 15, 1, 1, 0)),
            // Groups of few channels: widths around a vector and a block of them, one row, ...
            IntStream.rangeClosed(1, 70).mapToObj(n -> sizes(2, 3, 1, 1, 71 - n, n + 2, 3, 1, 1)),
            IntStream.of(127, 128, 129, 255, 260).mapToObj(n -> sizes(2, 2, 1, 2, 3, n, 3, 1, 1)),
            // ... several channels in and out, up to where a matrix product takes over, ...
            IntStream.rangeClosed(1, 9).mapToObj(c -> sizes(2, 3, c, 9 - c + 1, 9, 13, 3, 1, 1)),
            Stream.of(
                sizes(2, 2, 8, 8, 40, 50, 3, 1, 1), //
                sizes(2, 2, 8, 9, 12, 13, 3, 1, 1)),
            // ... strides, also such as no kernel reaches, with every remainder, and wide padding.
            IntStream.rangeClosed(1, 5)
                .boxed()
                .flatMap(stride ->
                    IntStream.range(0, 12)
                        .mapToObj(
                            n -> sizes(2, 3, 1, 1, 20 + n, 35 - n, 1 + n % 5, stride, n % 7))),
            Stream.of(
                uneven(2, 5, 1, 1, 17, 40, 3, 5, 2, 1, 1, 2, 2, 3),
                uneven(2, 5, 2, 1, 40, 17, 5, 3, 1, 2, 4, 0, 3, 1),
                uneven(2, 5, 1, 2, 23, 29, 2, 4, 3, 4, 1, 3, 2, 5),
                uneven(9, 4, 1, 1, 1, 200, 1, 31, 1, 1, 0, 15, 1, 1),
                uneven(9, 4, 1, 1, 200, 1, 31, 1, 2, 1, 15, 0, 1, 1)))
        .flatMap(stream -> stream);
  }

  /** Height before width in all. */
  private static ConvolutionSizes uneven(
      int images,
      int groups,
      int in,
      int out,
      int height,
      int width,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int paddingHeight,
      int paddingWidth,
      int dilationHeight,
      int dilationWidth) {
    return new ConvolutionSizes(
        images,
        groups,
        in,
        out,
        height,
        width,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        paddingHeight,
        paddingWidth,
        dilationHeight,
        dilationWidth,
        ConvolutionSizes.places(height, kernelHeight, strideHeight, paddingHeight, dilationHeight),
        ConvolutionSizes.places(width, kernelWidth, strideWidth, paddingWidth, dilationWidth));
  }

  private static ConvolutionSizes sizes(
      int images,
      int groups,
      int in,
      int out,
      int height,
      int width,
      int kernel,
      int stride,
      int padding) {
    return uneven(
        images, groups, in, out, height, width, kernel, kernel, stride, stride, padding, padding, 1,
        1);
  }

  private static int inputs(ConvolutionSizes sizes) {
    return sizes.parts() * sizes.in() * sizes.area();
  }

  private static int weights(ConvolutionSizes sizes) {
    return sizes.groups() * sizes.out() * sizes.kernel();
  }

  private static int outputs(ConvolutionSizes sizes) {
    return sizes.parts() * sizes.out() * sizes.outArea();
  }

  private static float[] normal(int seed, int n) {
    var random = new Random(seed);
    float[] x = new float[BEFORE + n];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static float[] room(int n) {
    float[] x = new float[BEFORE + n + BEFORE];
    Arrays.fill(x, Float.NaN);
    return x;
  }

  /** Everything is written, nothing beyond, and close to the definition. */
  private static void check(float[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(actual[BEFORE + i] - expected[i]));
    }
    assertThat(worst).isLessThanOrEqualTo(TOLERANCE * largest);
    for (int i = 0; i < BEFORE; i++) {
      assertThat(actual[i]).isNaN();
      assertThat(actual[BEFORE + expected.length + i]).isNaN();
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void convolves(ConvolutionSizes sizes) {
    float[] x = normal(1, inputs(sizes));
    float[] weight = normal(2, weights(sizes));
    float[] bias = normal(3, sizes.groups() * sizes.out());
    float[] y = room(outputs(sizes));
    double[] expected = new double[outputs(sizes)];
    for (int i = 0; i < expected.length; i++) {
      int channel = i / sizes.outArea() % (sizes.groups() * sizes.out());
      expected[i] = bias[BEFORE + channel];
    }
    sizes.forEachTerm((i, w, o) -> expected[o] += (double) x[BEFORE + i] * weight[BEFORE + w]);

    convolution(sizes).forward(at(x), at(weight), at(bias), false, at(y));

    check(y, expected);
  }

  /** To the bit what comes of the convolution alone, negative numbers aside; NaN stays. */
  @ParameterizedTest
  @MethodSource("sizes")
  void rectifies(ConvolutionSizes sizes) {
    float[] x = normal(1, inputs(sizes));
    float[] weight = normal(2, weights(sizes));
    float[] bias = normal(3, sizes.groups() * sizes.out());
    bias[BEFORE] = Float.NaN;
    float[] expected = room(outputs(sizes));
    float[] y = room(outputs(sizes));

    convolution(sizes).forward(at(x), at(weight), at(bias), false, at(expected));
    convolution(sizes).forward(at(x), at(weight), at(bias), true, at(y));

    for (int i = 0; i < expected.length; i++) {
      expected[i] = expected[i] < 0 ? 0 : expected[i];
    }
    assertThat(Arrays.mismatch(y, expected)).isEqualTo(-1);
    assertThat(y[BEFORE]).isNaN();
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void computesTheInputGradient(ConvolutionSizes sizes) {
    float[] g = normal(1, outputs(sizes));
    float[] weight = normal(2, weights(sizes));
    float[] x = room(inputs(sizes));
    double[] expected = new double[inputs(sizes)];
    sizes.forEachTerm((i, w, o) -> expected[i] += (double) g[BEFORE + o] * weight[BEFORE + w]);

    convolution(sizes).inputGradient(at(g), at(weight), at(x));

    check(x, expected);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void computesTheWeightGradient(ConvolutionSizes sizes) {
    float[] x = normal(1, inputs(sizes));
    float[] g = normal(2, outputs(sizes));
    float[] weight = room(weights(sizes));
    double[] expected = new double[weights(sizes)];
    sizes.forEachTerm((i, w, o) -> expected[w] += (double) x[BEFORE + i] * g[BEFORE + o]);

    convolution(sizes).weightGradient(at(x), at(g), at(weight));

    check(weight, expected);
  }

  @Test
  void aNumberThatIsNoneSpoilsNoOtherImage() {
    var sizes = sizes(9, 1, 12, 12, 8, 8, 3, 1, 1);
    float[] x = normal(1, inputs(sizes));
    float[] weight = normal(2, weights(sizes));
    int image = inputs(sizes) / 9;
    x[BEFORE + 4 * image + 70] = Float.NaN;
    float[] y = room(outputs(sizes));

    convolution(sizes).forward(at(x), at(weight), null, false, at(y));

    int outputs = outputs(sizes) / 9;
    for (int i = 0; i < outputs(sizes); i++) {
      if (i / outputs != 4) {
        assertThat(y[BEFORE + i]).isFinite();
      }
    }
    assertThat(y[BEFORE + 4 * outputs + 6]).isNaN();
  }

  @Test
  void repeatsItself() {
    var sizes = sizes(30, 1, 20, 30, 13, 11, 3, 1, 1);
    float[] x = normal(1, inputs(sizes));
    float[] g = normal(2, outputs(sizes));
    float[] first = room(weights(sizes));
    float[] second = room(weights(sizes));

    convolution(sizes).weightGradient(at(x), at(g), at(first));
    convolution(sizes).weightGradient(at(x), at(g), at(second));

    assertThat(second).isEqualTo(first);
  }
}
