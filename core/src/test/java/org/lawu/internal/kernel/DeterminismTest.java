package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lawu.internal.kernel.Implementations.normal;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits from the interpreter, which runs a kernel first, as from compiled code. */
class DeterminismTest {

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void sumsDoNotChangeWhenTheCompilerTakesOver(Kernels kernels) {
    int n = 997;
    float[] x = normal(new Random(5), n);
    float[] y = normal(new Random(6), n);
    float[] out = new float[n];
    float[] product = new float[7];
    Matrix row = new Matrix(x, 0, 100, 1);
    Matrix columns = new Matrix(y, 0, 1, 100);
    Matrix to = new Matrix(product, 0, 7, 1);
    String first = null;
    for (int i = 0; i < 20_000; i++) {
      kernels.softmax(x, 0, out, 0, 1, n);
      kernels.gemm(1, 7, 100, row, columns, to, false);
      String now =
          kernels.reduce(ReduceFunction.SUM, x, 0, n)
              + " "
              + kernels.dot(x, 0, y, 0, n)
              + " "
              + kernels.sumOfSquares(0.1f, x, 0, n)
              + " "
              + out[3]
              + " "
              + product[4];
      first = first == null ? now : first;
      assertThat(now).isEqualTo(first);
    }
  }
}
