package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of recurrent layers against their formulas in double precision, at all widths. */
class RecurrenceTest {

  private static final double TOLERANCE = 2e-6;
  private static final int BEFORE = 3;

  private final Random random = new Random(6);

  /** {@code n} numbers after others, and before others. */
  private float[] numbers(int n) {
    return Implementations.normal(random, BEFORE + n + 2);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The element {@code i} of a block. */
  private static double at(float[] x, int i) {
    return x[BEFORE + i];
  }

  /** What was written, and that nothing else was. */
  private static void check(float[] actual, float[] before, int n, IntToDoubleFunction expected) {
    for (int i = 0; i < actual.length; i++) {
      boolean written = i >= BEFORE && i < BEFORE + n;
      double value = written ? expected.applyAsDouble(i - BEFORE) : before[i];
      if (!(Math.abs(actual[i] - value) <= TOLERANCE * (1 + Math.abs(value)))) {
        assertThat((double) actual[i]).as("element %d of %d", i - BEFORE, n).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void rnn(Kernels kernels) {
    for (int n : Implementations.lengths()) {
      for (boolean relu : new boolean[] {false, true}) {
        float[] sums = numbers(n);
        float[] bias = Implementations.normal(random, n);
        float[] gates = sums.clone();
        float[] h = numbers(n);
        float[] room = h.clone();
        kernels.recurrence().rnn(relu, gates, BEFORE, bias, h, BEFORE, n);
        IntToDoubleFunction state =
            i -> relu ? Math.max(at(sums, i) + bias[i], 0) : Math.tanh(at(sums, i) + bias[i]);
        check(gates, sums, n, state);
        check(h, room, n, state);

        float[] g = numbers(n);
        float[] dh = numbers(n);
        float[] later = dh.clone();
        float[] out = numbers(n);
        float[] before = out.clone();
        kernels.recurrence().rnnGradient(relu, h, BEFORE, g, BEFORE, dh, BEFORE, out, BEFORE, n);
        check(
            out,
            before,
            n,
            i ->
                (at(g, i) + at(later, i))
                    * (relu ? (at(h, i) > 0 ? 1 : 0) : 1 - at(h, i) * at(h, i)));
        check(dh, later, n, i -> 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void lstm(Kernels kernels) {
    for (int n : Implementations.lengths()) {
      float[] sums = numbers(4 * n);
      float[] bias = Implementations.normal(random, 4 * n);
      float[] gates = sums.clone();
      float[] c = numbers(n);
      float[] old = c.clone();
      float[] h = numbers(n);
      float[] room = h.clone();
      kernels.recurrence().lstm(gates, BEFORE, bias, c, BEFORE, h, BEFORE, n);
      check(
          gates,
          sums,
          4 * n,
          i -> {
            double sum = at(sums, i) + bias[i];
            return i / n == 2 ? Math.tanh(sum) : sigmoid(sum);
          });
      check(c, old, n, i -> at(gates, n + i) * at(old, i) + at(gates, i) * at(gates, 2 * n + i));
      check(h, room, n, i -> at(gates, 3 * n + i) * Math.tanh(at(c, i)));
      lstmGradient(kernels, n, gates, old, c);
    }
  }

  private void lstmGradient(Kernels kernels, int n, float[] gates, float[] old, float[] c) {
    float[] g = numbers(n);
    float[] dh = numbers(n);
    float[] later = dh.clone();
    float[] dc = numbers(n);
    float[] laterCell = dc.clone();
    float[] out = numbers(4 * n);
    float[] before = out.clone();
    kernels
        .recurrence()
        .lstmGradient(
            gates, BEFORE, old, BEFORE, c, BEFORE, g, BEFORE, dh, BEFORE, dc, BEFORE, out, BEFORE,
            n);
    double[] d = new double[n];
    double[] cell = new double[n];
    for (int i = 0; i < n; i++) {
      double tanh = Math.tanh(at(c, i));
      d[i] = at(g, i) + at(later, i);
      cell[i] = at(laterCell, i) + d[i] * at(gates, 3 * n + i) * (1 - tanh * tanh);
    }
    check(
        out,
        before,
        4 * n,
        at -> {
          int i = at % n;
          double gate = at(gates, at);
          return switch (at / n) {
            case 0 -> cell[i] * at(gates, 2 * n + i) * gate * (1 - gate);
            case 1 -> cell[i] * at(old, i) * gate * (1 - gate);
            case 2 -> cell[i] * at(gates, i) * (1 - gate * gate);
            default -> d[i] * Math.tanh(at(c, i)) * gate * (1 - gate);
          };
        });
    check(dc, laterCell, n, i -> cell[i] * at(gates, n + i));
    check(dh, later, n, i -> 0);
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void gru(Kernels kernels) {
    for (int n : Implementations.lengths()) {
      float[] sums = numbers(3 * n);
      float[] bias = Implementations.normal(random, 4 * n);
      float[] gates = sums.clone();
      float[] q = numbers(n);
      float[] weighted = q.clone();
      float[] h = numbers(n);
      float[] old = h.clone();
      kernels.recurrence().gru(gates, BEFORE, bias, q, BEFORE, h, BEFORE, n);
      check(q, weighted, n, i -> at(weighted, i) + bias[3 * n + i]);
      check(
          gates,
          sums,
          3 * n,
          i -> {
            double sum = at(sums, i) + bias[i];
            return i / n < 2 ? sigmoid(sum) : Math.tanh(sum + at(gates, i % n) * at(q, i % n));
          });
      check(
          h,
          old,
          n,
          i -> {
            double update = at(gates, n + i);
            return (1 - update) * at(gates, 2 * n + i) + update * at(old, i);
          });
      gruGradient(kernels, n, gates, q, old);
    }
  }

  private void gruGradient(Kernels kernels, int n, float[] gates, float[] q, float[] old) {
    float[] g = numbers(n);
    float[] dh = numbers(n);
    float[] later = dh.clone();
    float[] out = numbers(3 * n);
    float[] before = out.clone();
    float[] dq = numbers(n);
    float[] room = dq.clone();
    kernels
        .recurrence()
        .gruGradient(
            gates, BEFORE, q, BEFORE, old, BEFORE, g, BEFORE, dh, BEFORE, out, BEFORE, dq, BEFORE,
            n);
    double[] d = new double[n];
    double[] sum = new double[n];
    for (int i = 0; i < n; i++) {
      double candidate = at(gates, 2 * n + i);
      d[i] = at(g, i) + at(later, i);
      sum[i] = d[i] * (1 - at(gates, n + i)) * (1 - candidate * candidate);
    }
    check(
        out,
        before,
        3 * n,
        at -> {
          int i = at % n;
          double gate = at(gates, at);
          return switch (at / n) {
            case 0 -> sum[i] * at(q, i) * gate * (1 - gate);
            case 1 -> d[i] * (at(old, i) - at(gates, 2 * n + i)) * gate * (1 - gate);
            default -> sum[i];
          };
        });
    check(dq, room, n, i -> sum[i] * at(gates, i));
    check(dh, later, n, i -> d[i] * at(gates, n + i));
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void whatFadesBecomesZero(Kernels kernels) {
    for (int n = 1; n <= 70; n++) {
      float[] gates = new float[n];
      Arrays.fill(gates, 0.5f);
      float[] g = new float[n];
      float[] dh = new float[n];
      Arrays.fill(dh, 1e-31f);
      float[] out = numbers(n);
      kernels.recurrence().rnnGradient(false, gates, 0, g, 0, dh, 0, out, BEFORE, n);
      check(out, out, n, i -> 0);
      assertThat(Arrays.copyOfRange(out, BEFORE, BEFORE + n)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void packedMatrices(Kernels kernels) {
    int[] depths = {1, 2, 70, 127, 128, 129, 255, 256, 257};
    for (int n = 1; n <= 70; n++) {
      int k = depths[n % depths.length];
      boolean turned = n % 2 == 0;
      float[] b = numbers(k * n);
      var right = new Matrix(b, BEFORE, turned ? 1 : n, turned ? k : 1);
      RightMatrix packed = kernels.recurrence().pack(k, n, right);
      for (int m = 0; m <= 70; m += 1 + n % 5) {
        boolean accumulate = (m + n) % 2 == 0;
        float[] a = numbers(m * (k + 1));
        float[] c = numbers(m * n);
        float[] before = c.clone();
        packed.multiply(
            m, new Matrix(a, BEFORE, k + 1, 1), new Matrix(c, BEFORE, n, 1), accumulate);
        double[] expected = Implementations.toDouble(before);
        ReferenceKernels.gemm(
            m,
            n,
            k,
            Implementations.toDouble(a),
            BEFORE,
            k + 1,
            1,
            Implementations.toDouble(b),
            BEFORE,
            right.rowStep,
            right.columnStep,
            expected,
            BEFORE,
            n,
            accumulate);
        for (int i = 0; i < c.length; i++) {
          if (!(Math.abs(c[i] - expected[i]) <= 1e-6 * (20 + k))) {
            assertThat((double) c[i]).as("%s x %s x %s", m, n, k).isEqualTo(expected[i]);
          }
        }
      }
    }
  }
}
