package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lawu.internal.kernel.Implementations.normal;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a map keeps of its matrix may change how fast it is, but not a bit of what it computes. */
class AffineMapTest {

  private final Random random = new Random(7);

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void computesWhatLinearDoes(Kernels kernels) {
    for (int i = 0; i < 60; i++) {
      check(kernels, 1 + random.nextInt(70), 1 + random.nextInt(70), random.nextInt(70));
    }
  }

  /** Blocks of the matrix are 1,024 deep and 2,048 wide, panels up to 64 wide. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void computesItForMatricesOfSeveralBlocks(Kernels kernels) {
    for (int size : new int[] {1023, 1024, 1025, 2047, 2048, 2049, 4097}) {
      check(kernels, 13, 33, size);
      check(kernels, 25, size, 31);
    }
    check(kernels, 30, 2100, 1100);
  }

  /** A layer is applied to whatever comes: first few rows, then many, then one. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void computesItForAnyNumberOfRowsInTurn(Kernels kernels) {
    Matrix b = weight(100, 50);
    AffineMap map = kernels.affineMap(50, 100, b);
    for (int m : new int[] {1, 4, 5, 64, 3, 2100, 1, 17}) {
      check(kernels, map, m, 100, 50, b);
    }
  }

  /** The map is used from several threads, none of which may see what another has begun. */
  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void isForManyThreadsAtOnce(Kernels kernels) {
    for (int round = 0; round < 20; round++) {
      Matrix b = weight(65, 40);
      AffineMap map = kernels.affineMap(40, 65, b);
      float[] x = normal(random, 20 * 40);
      Matrix a = new Matrix(x, 0, 40, 1);
      float[] expected = new float[20 * 65];
      map.apply(20, a, null, 0, new Matrix(expected, 0, 65, 1));
      IntStream.range(0, 16)
          .parallel()
          .forEach(_ -> {
            float[] c = new float[20 * 65];
            map.apply(20, a, null, 0, new Matrix(c, 0, 65, 1));
            assertThat(c).isEqualTo(expected);
          });
    }
  }

  /** As layers store it, [n, k], and so transposed. */
  private Matrix weight(int n, int k) {
    return new Matrix(normal(random, n * k + 1), 0, 1, k);
  }

  private void check(Kernels kernels, int m, int n, int k) {
    Matrix b = weight(n, k);
    AffineMap map = kernels.affineMap(k, n, b);
    for (int use = 0; use < 3; use++) {
      check(kernels, map, m, n, k, b);
    }
  }

  private void check(Kernels kernels, AffineMap map, int m, int n, int k, Matrix b) {
    Matrix a = new Matrix(normal(random, m * k + 1), 0, k, 1);
    float[] bias = normal(random, n + 2);
    float[] expected = new float[m * n];
    float[] c = new float[m * n];
    Matrix to = new Matrix(c, 0, n, 1);
    String place = m + " x " + k + " x " + n;

    gemm(kernels, m, n, k, a, b, expected);
    map.apply(m, a, null, 0, to);
    assertThat(c).as(place).isEqualTo(expected);

    linear(kernels, m, n, k, a, b, bias, expected);
    map.apply(m, a, bias, 2, to);
    assertThat(c).as(place + " with a bias").isEqualTo(expected);
  }

  private static void gemm(Kernels kernels, int m, int n, int k, Matrix a, Matrix b, float[] c) {
    kernels.gemm(m, n, k, a, b, new Matrix(c, 0, n, 1), false);
  }

  private static void linear(
      Kernels kernels, int m, int n, int k, Matrix a, Matrix b, float[] bias, float[] c) {
    kernels.linear(m, n, k, a, b, bias, 2, new Matrix(c, 0, n, 1));
  }
}
