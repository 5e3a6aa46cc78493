package org.lawu.internal.kernel;

/**
 * Steps of recurrent layers in plain loops: gates are activated in place, where the JIT compiler
 * vectorises. A step can begin at an element {@code from} of its row, for what is left over after
 * the last whole vector.
 */
public class ScalarRecurrence implements RecurrentKernels {
  private final Kernels kernels;

  /** With the matrix product of these kernels. */
  public ScalarRecurrence(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public RightMatrix pack(int k, int n, Matrix b) {
    return (m, a, c, accumulate) -> kernels.gemm(m, n, k, a, b, c, accumulate);
  }

  /** {@code x}, or 0 if it is tiny. */
  private static float flushed(float x) {
    return Math.abs(x) < TINY ? 0 : x;
  }

  /** {@code x = f(x + bias)} for the elements {@code from..n-1} of one gate. */
  private static void activate(
      UnaryFunction function, float[] x, int at, float[] bias, int biasAt, int from, int n) {
    for (int i = from; i < n; i++) {
      x[at + i] += bias[biasAt + i];
    }
    ScalarUnary.apply(function, 0, 0, x, at + from, at + n);
  }

  @Override
  public void rnn(boolean relu, float[] gates, int at, float[] bias, float[] h, int hAt, int n) {
    rnn(relu, gates, at, bias, h, hAt, 0, n);
  }

  /** The same from an element on. */
  protected static void rnn(
      boolean relu, float[] gates, int at, float[] bias, float[] h, int hAt, int from, int n) {
    activate(relu ? UnaryFunction.RELU : UnaryFunction.TANH, gates, at, bias, 0, from, n);
    for (int i = from; i < n; i++) {
      h[hAt + i] = flushed(gates[at + i]);
    }
  }

  @Override
  public void rnnGradient(
      boolean relu,
      float[] gates,
      int at,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] out,
      int outAt,
      int n) {
    rnnGradient(relu, gates, at, g, gAt, dh, dhAt, out, outAt, 0, n);
  }

  /** The same from an element on. */
  protected static void rnnGradient(
      boolean relu,
      float[] gates,
      int at,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] out,
      int outAt,
      int from,
      int n) {
    for (int i = from; i < n; i++) {
      float h = gates[at + i];
      float slope = relu ? (h > 0 ? 1 : 0) : 1 - h * h;
      out[outAt + i] = flushed((g[gAt + i] + dh[dhAt + i]) * slope);
      dh[dhAt + i] = 0;
    }
  }

  @Override
  public void lstm(
      float[] gates, int at, float[] bias, float[] c, int cAt, float[] h, int hAt, int n) {
    lstm(gates, at, bias, c, cAt, h, hAt, 0, n);
  }

  /** The same from an element on. */
  protected static void lstm(
      float[] gates,
      int at,
      float[] bias,
      float[] c,
      int cAt,
      float[] h,
      int hAt,
      int from,
      int n) {
    activate(UnaryFunction.SIGMOID, gates, at, bias, 0, from, n);
    activate(UnaryFunction.SIGMOID, gates, at + n, bias, n, from, n);
    activate(UnaryFunction.TANH, gates, at + 2 * n, bias, 2 * n, from, n);
    activate(UnaryFunction.SIGMOID, gates, at + 3 * n, bias, 3 * n, from, n);
    for (int i = from; i < n; i++) {
      float input = gates[at + i] * gates[at + 2 * n + i];
      c[cAt + i] = flushed(gates[at + n + i] * c[cAt + i] + input);
      h[hAt + i] = c[cAt + i];
    }
    ScalarUnary.apply(UnaryFunction.TANH, 0, 0, h, hAt + from, hAt + n);
    for (int i = from; i < n; i++) {
      h[hAt + i] = flushed(gates[at + 3 * n + i] * h[hAt + i]);
    }
  }

  @Override
  public void lstmGradient(
      float[] gates,
      int at,
      float[] before,
      int beforeAt,
      float[] c,
      int cAt,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt,
      float[] out,
      int outAt,
      int n) {
    lstmGradient(gates, at, before, beforeAt, c, cAt, g, gAt, dh, dhAt, dc, dcAt, out, outAt, 0, n);
  }

  /** The same from an element on. */
  protected static void lstmGradient(
      float[] gates,
      int at,
      float[] before,
      int beforeAt,
      float[] c,
      int cAt,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt,
      float[] out,
      int outAt,
      int from,
      int n) {
    System.arraycopy(c, cAt + from, out, outAt + from, n - from);
    ScalarUnary.apply(UnaryFunction.TANH, 0, 0, out, outAt + from, outAt + n);
    for (int i = from; i < n; i++) {
      float input = gates[at + i];
      float forget = gates[at + n + i];
      float candidate = gates[at + 2 * n + i];
      float output = gates[at + 3 * n + i];
      float tanh = out[outAt + i];
      float d = g[gAt + i] + dh[dhAt + i];
      float cell = dc[dcAt + i] + d * output * (1 - tanh * tanh);
      dh[dhAt + i] = 0;
      dc[dcAt + i] = flushed(cell * forget);
      out[outAt + i] = flushed(cell * candidate * (input * (1 - input)));
      out[outAt + n + i] = flushed(cell * before[beforeAt + i] * (forget * (1 - forget)));
      out[outAt + 2 * n + i] = flushed(cell * input * (1 - candidate * candidate));
      out[outAt + 3 * n + i] = flushed(d * tanh * (output * (1 - output)));
    }
  }

  @Override
  public void gru(
      float[] gates, int at, float[] bias, float[] q, int qAt, float[] h, int hAt, int n) {
    gru(gates, at, bias, q, qAt, h, hAt, 0, n);
  }

  /** The same from an element on. */
  protected static void gru(
      float[] gates,
      int at,
      float[] bias,
      float[] q,
      int qAt,
      float[] h,
      int hAt,
      int from,
      int n) {
    activate(UnaryFunction.SIGMOID, gates, at, bias, 0, from, n);
    activate(UnaryFunction.SIGMOID, gates, at + n, bias, n, from, n);
    for (int i = from; i < n; i++) {
      q[qAt + i] += bias[3 * n + i];
      gates[at + 2 * n + i] += gates[at + i] * q[qAt + i];
    }
    activate(UnaryFunction.TANH, gates, at + 2 * n, bias, 2 * n, from, n);
    for (int i = from; i < n; i++) {
      float candidate = gates[at + 2 * n + i];
      h[hAt + i] = flushed(candidate + gates[at + n + i] * (h[hAt + i] - candidate));
    }
  }

  @Override
  public void gruGradient(
      float[] gates,
      int at,
      float[] q,
      int qAt,
      float[] before,
      int beforeAt,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] out,
      int outAt,
      float[] dq,
      int dqAt,
      int n) {
    gruGradient(gates, at, q, qAt, before, beforeAt, g, gAt, dh, dhAt, out, outAt, dq, dqAt, 0, n);
  }

  /** The same from an element on. */
  protected static void gruGradient(
      float[] gates,
      int at,
      float[] q,
      int qAt,
      float[] before,
      int beforeAt,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] out,
      int outAt,
      float[] dq,
      int dqAt,
      int from,
      int n) {
    for (int i = from; i < n; i++) {
      float reset = gates[at + i];
      float update = gates[at + n + i];
      float candidate = gates[at + 2 * n + i];
      float d = g[gAt + i] + dh[dhAt + i];
      float sum = flushed(d * (1 - update) * (1 - candidate * candidate));
      dh[dhAt + i] = flushed(d * update);
      out[outAt + i] = flushed(sum * q[qAt + i] * (reset * (1 - reset)));
      out[outAt + n + i] =
          flushed(d * (before[beforeAt + i] - candidate) * (update * (1 - update)));
      out[outAt + 2 * n + i] = sum;
      dq[dqAt + i] = flushed(sum * reset);
    }
  }
}
