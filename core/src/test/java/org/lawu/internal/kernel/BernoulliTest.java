package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.random.Philox;

class BernoulliTest {
  private static final float UNTOUCHED = 7;

  private final Random random = new Random(3);

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void comparesTheWordsOfTheGenerator(Kernels kernels) {
    for (int n = 0; n <= 200; n++) {
      check(kernels, random.nextLong(), random.nextLong() >>> 1, random.nextInt(1 << 24), n);
    }
    check(kernels, 1, 2, 1 << 22, 5000);
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void carriesFromTheLowerHalfOfTheCounter(Kernels kernels) {
    for (int before = 0; before < 12; before++) {
      check(kernels, random.nextLong(), (1L << 32) - before, random.nextInt(1 << 24), 150);
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void noneAndAll(Kernels kernels) {
    check(kernels, 5, 6, 0, 150);
    check(kernels, 5, 6, 1 << 24, 150);
  }

  /** A threshold of so many 2^-24 is one for the numbers of 24 bits that the generator makes. */
  private static void check(Kernels kernels, long key, long counter, int threshold, int n) {
    float[] uniform = new float[n];
    new Philox(new Philox.State(key, counter)).fillUniform(uniform, 0, 1);
    float[] out = new float[n + 3];
    out[1] = UNTOUCHED;
    out[n + 2] = UNTOUCHED;
    kernels.bernoulli(key, counter, (long) threshold << 8, out, 2, n);
    for (int i = 0; i < n; i++) {
      float expected = uniform[i] < threshold * 0x1p-24f ? 1 : 0;
      assertThat(out[i + 2]).as("word %d of %d", i, n).isEqualTo(expected);
    }
    assertThat(out[1]).isEqualTo(UNTOUCHED);
    assertThat(out[n + 2]).isEqualTo(UNTOUCHED);
  }
}
