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

  /** The same for a kernel to read or write, and what they were before it did. */
  private Operand operand(int n) {
    return new Operand(numbers(n), n);
  }

  private static final class Operand {
    final float[] now;
    private final float[] old;
    private final int n;

    Operand(float[] numbers, int n) {
      this.now = numbers;
      this.old = numbers.clone();
      this.n = n;
    }

    double at(int i) {
      return now[BEFORE + i];
    }

    double before(int i) {
      return old[BEFORE + i];
    }

    /** What was written, and that nothing else was. */
    void check(IntToDoubleFunction expected) {
      for (int i = 0; i < now.length; i++) {
        boolean written = i >= BEFORE && i < BEFORE + n;
        double value = written ? expected.applyAsDouble(i - BEFORE) : old[i];
        if (!(Math.abs(now[i] - value) <= TOLERANCE * (1 + Math.abs(value)))) {
          assertThat((double) now[i]).as("element %d of %d", i - BEFORE, n).isEqualTo(value);
        }
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void rnn(Kernels kernels) {
    for (int n : Implementations.lengths()) {
      for (boolean relu : new boolean[] {false, true}) {
        Operand gates = operand(n);
        float[] bias = Implementations.normal(random, n);
        Operand h = operand(n);
        kernels.recurrence().rnn(relu, gates.now, BEFORE, bias, h.now, BEFORE, n);
        IntToDoubleFunction state =
            i -> {
              double sum = gates.before(i) + bias[i];
              return relu ? Math.max(sum, 0) : Math.tanh(sum);
            };
        gates.check(state);
        h.check(state);
        rnnGradient(kernels, relu, n, gates);
      }
    }
  }

  private void rnnGradient(Kernels kernels, boolean relu, int n, Operand gates) {
    float[] g = numbers(n);
    Operand dh = operand(n);
    Operand out = operand(n);
    kernels
        .recurrence()
        .rnnGradient(relu, gates.now, BEFORE, g, BEFORE, dh.now, BEFORE, out.now, BEFORE, n);
    out.check(i -> {
      double h = gates.at(i);
      double slope = relu ? (h > 0 ? 1 : 0) : 1 - h * h;
      return (g[BEFORE + i] + dh.before(i)) * slope;
    });
    dh.check(i -> 0);
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void lstm(Kernels kernels) {
    for (int n : Implementations.lengths()) {
      Operand gates = operand(4 * n);
      float[] bias = Implementations.normal(random, 4 * n);
      Operand c = operand(n);
      Operand h = operand(n);
      kernels.recurrence().lstm(gates.now, BEFORE, bias, c.now, BEFORE, h.now, BEFORE, n);
      gates.check(i -> {
        double sum = gates.before(i) + bias[i];
        return i / n == 2 ? Math.tanh(sum) : sigmoid(sum);
      });
      c.check(i -> gates.at(n + i) * c.before(i) + gates.at(i) * gates.at(2 * n + i));
      h.check(i -> gates.at(3 * n + i) * Math.tanh(c.at(i)));
      lstmGradient(kernels, n, gates, c);
    }
  }

  private void lstmGradient(Kernels kernels, int n, Operand gates, Operand c) {
    float[] g = numbers(n);
    Operand dh = operand(n);
    Operand dc = operand(n);
    Operand out = operand(4 * n);
    kernels
        .recurrence()
        .lstmGradient(
            gates.now, BEFORE, c.old, BEFORE, c.now, BEFORE, g, BEFORE, dh.now, BEFORE, dc.now,
            BEFORE, out.now, BEFORE, n);
    double[] d = new double[n];
    double[] cell = new double[n];
    for (int i = 0; i < n; i++) {
      double tanh = Math.tanh(c.at(i));
      d[i] = g[BEFORE + i] + dh.before(i);
      cell[i] = dc.before(i) + d[i] * gates.at(3 * n + i) * (1 - tanh * tanh);
    }
    out.check(at -> {
      int i = at % n;
      double gate = gates.at(at);
      return switch (at / n) {
        case 0 -> cell[i] * gates.at(2 * n + i) * gate * (1 - gate);
        case 1 -> cell[i] * c.before(i) * gate * (1 - gate);
        case 2 -> cell[i] * gates.at(i) * (1 - gate * gate);
        default -> d[i] * Math.tanh(c.at(i)) * gate * (1 - gate);
      };
    });
    dc.check(i -> cell[i] * gates.at(n + i));
    dh.check(i -> 0);
  }

  @ParameterizedTest
  @MethodSource("org.lawu.internal.kernel.Implementations#all")
  void gru(Kernels kernels) {
    for (int n : Implementations.lengths()) {
      Operand gates = operand(3 * n);
      float[] bias = Implementations.normal(random, 4 * n);
      Operand q = operand(n);
      Operand h = operand(n);
      kernels.recurrence().gru(gates.now, BEFORE, bias, q.now, BEFORE, h.now, BEFORE, n);
      q.check(i -> q.before(i) + bias[3 * n + i]);
      gates.check(i -> {
        double sum = gates.before(i) + bias[i];
        return i / n < 2 ? sigmoid(sum) : Math.tanh(sum + gates.at(i % n) * q.at(i % n));
      });
      h.check(i -> {
        double update = gates.at(n + i);
        return (1 - update) * gates.at(2 * n + i) + update * h.before(i);
      });
      gruGradient(kernels, n, gates, q, h);
    }
  }

  private void gruGradient(Kernels kernels, int n, Operand gates, Operand q, Operand h) {
    float[] g = numbers(n);
    Operand dh = operand(n);
    Operand out = operand(3 * n);
    Operand dq = operand(n);
    kernels
        .recurrence()
        .gruGradient(
            gates.now, BEFORE, q.now, BEFORE, h.old, BEFORE, g, BEFORE, dh.now, BEFORE, out.now,
            BEFORE, dq.now, BEFORE, n);
    double[] d = new double[n];
    double[] sum = new double[n];
    for (int i = 0; i < n; i++) {
      double candidate = gates.at(2 * n + i);
      d[i] = g[BEFORE + i] + dh.before(i);
      sum[i] = d[i] * (1 - gates.at(n + i)) * (1 - candidate * candidate);
    }
    out.check(at -> {
      int i = at % n;
      double gate = gates.at(at);
      return switch (at / n) {
        case 0 -> sum[i] * q.at(i) * gate * (1 - gate);
        case 1 -> d[i] * (h.before(i) - gates.at(2 * n + i)) * gate * (1 - gate);
        default -> sum[i];
      };
    });
    dq.check(i -> sum[i] * gates.at(i));
    dh.check(i -> d[i] * gates.at(n + i));
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
      Operand out = operand(n);
      kernels.recurrence().rnnGradient(false, gates, 0, g, 0, dh, 0, out.now, BEFORE, n);
      out.check(i -> 0);
      assertThat(Arrays.copyOfRange(out.now, BEFORE, BEFORE + n)).containsOnly(0);
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
