package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.PanelPool;
import org.lawu.internal.kernel.RightMatrix;
import org.lawu.internal.kernel.ScalarRecurrence;

/**
 * Steps of recurrent layers in SIMD code. The JIT compiler inlines only so much into one method,
 * and a vector that passes a call it did not inline becomes an object. So each step is a few loops
 * that are called through an array of three or more objects, a call that it never inlines.
 */
final class VectorRecurrence extends ScalarRecurrence {

  /** A loop of a step: of an LSTM with its cell state and state, of a GRU with q and its state. */
  @FunctionalInterface
  private interface Loop {
    void run(
        float[] gates,
        int at,
        float[] bias,
        float[] inner,
        int innerAt,
        float[] h,
        int hAt,
        int n,
        int whole);
  }

  /** A loop of the gradient of an LSTM's step. */
  @FunctionalInterface
  private interface GradientLoop {
    void run(
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
        int n,
        int whole);
  }

  private static final Loop[] LSTM = {
    (gates, at, bias, _, _, _, _, n, whole) -> {
      for (int gate = 0; gate < 4; gate += gate == 1 ? 2 : 1) {
        sigmoid(gates, at + gate * n, bias, gate * n, whole);
      }
    },
    (gates, at, bias, _, _, _, _, n, whole) -> tanh(gates, at + 2 * n, bias, 2 * n, whole),
    (gates, at, _, c, cAt, _, _, n, whole) -> cell(gates, at, c, cAt, n, whole),
    (gates, at, _, c, cAt, h, hAt, n, whole) -> output(gates, at + 3 * n, c, cAt, h, hAt, whole),
  };

  private static final Loop[] GRU = {
    (gates, at, bias, _, _, _, _, n, whole) -> {
      for (int gate = 0; gate < 2; gate++) {
        sigmoid(gates, at + gate * n, bias, gate * n, whole);
      }
    },
    (gates, at, bias, q, qAt, _, _, n, whole) -> reset(gates, at, bias, q, qAt, n, whole),
    (gates, at, bias, _, _, _, _, n, whole) -> tanh(gates, at + 2 * n, bias, 2 * n, whole),
    (gates, at, _, _, _, h, hAt, n, whole) -> update(gates, at, h, hAt, n, whole),
  };

  private static final GradientLoop[] LSTM_GRADIENT = {
    (_, _, _, _, c, cAt, _, _, _, _, _, _, out, outAt, n, whole) ->
        Transcendental.TANH.apply(c, cAt, out, outAt + 3 * n, whole),
    (gates, at, _, _, _, _, g, gAt, dh, dhAt, dc, dcAt, out, outAt, n, whole) ->
        outputGradient(gates, at + 3 * n, g, gAt, dh, dhAt, dc, dcAt, out, outAt + 3 * n, whole),
    (gates, at, _, _, _, _, _, _, _, _, dc, dcAt, out, outAt, n, whole) ->
        inputGradient(gates, at, dc, dcAt, out, outAt, n, whole),
    (gates, at, before, beforeAt, _, _, _, _, _, _, dc, dcAt, out, outAt, n, whole) ->
        forgetGradient(gates, at + n, before, beforeAt, dc, dcAt, out, outAt + n, whole),
  };

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final PanelPool pool;

  VectorRecurrence(Kernels kernels, PanelPool pool) {
    super(kernels);
    this.pool = pool;
  }

  @Override
  public RightMatrix pack(int k, int n, Matrix b) {
    return new PackedMatrix(k, n, b, pool);
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static FloatVector flushed(FloatVector x) {
    return x.blend(0f, x.abs().compare(LT, TINY));
  }

  /** {@code y (1 - y)}, the derivative of a sigmoid. */
  private static FloatVector sigmoidSlope(FloatVector y) {
    return y.neg().fma(y, y);
  }

  /** {@code d (1 - y^2)}, with the derivative of a hyperbolic tangent. */
  private static FloatVector timesTanhSlope(FloatVector d, FloatVector y) {
    return d.mul(y).neg().fma(y, d);
  }

  private static void sigmoid(float[] x, int at, float[] bias, int biasAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.sigmoid(load(x, at + i).add(load(bias, biasAt + i))).intoArray(x, at + i);
    }
  }

  private static void tanh(float[] x, int at, float[] bias, int biasAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.tanh(load(x, at + i).add(load(bias, biasAt + i))).intoArray(x, at + i);
    }
  }

  @Override
  public void rnn(boolean relu, float[] gates, int at, float[] bias, float[] h, int hAt, int n) {
    int whole = SPECIES.loopBound(n);
    if (relu) {
      for (int i = 0; i < whole; i += LANES) {
        VectorMath.positive(load(gates, at + i).add(load(bias, i))).intoArray(gates, at + i);
      }
    } else {
      tanh(gates, at, bias, 0, whole);
    }
    for (int i = 0; i < whole; i += LANES) {
      flushed(load(gates, at + i)).intoArray(h, hAt + i);
    }
    rnn(relu, gates, at, bias, h, hAt, whole, n);
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
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector h = load(gates, at + i);
      FloatVector d = load(g, gAt + i).add(load(dh, dhAt + i));
      FloatVector sum =
          relu ? FloatVector.zero(SPECIES).blend(d, h.compare(GT, 0)) : timesTanhSlope(d, h);
      flushed(sum).intoArray(out, outAt + i);
      FloatVector.zero(SPECIES).intoArray(dh, dhAt + i);
    }
    rnnGradient(relu, gates, at, g, gAt, dh, dhAt, out, outAt, whole, n);
  }

  @Override
  public void lstm(
      float[] gates, int at, float[] bias, float[] c, int cAt, float[] h, int hAt, int n) {
    int whole = SPECIES.loopBound(n);
    for (Loop loop : LSTM) {
      loop.run(gates, at, bias, c, cAt, h, hAt, n, whole);
    }
    lstm(gates, at, bias, c, cAt, h, hAt, whole, n);
  }

  private static void cell(float[] gates, int at, float[] c, int cAt, int n, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector input = load(gates, at + i).mul(load(gates, at + 2 * n + i));
      flushed(load(gates, at + n + i).fma(load(c, cAt + i), input)).intoArray(c, cAt + i);
    }
  }

  private static void output(
      float[] gate, int at, float[] c, int cAt, float[] h, int hAt, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      flushed(VectorMath.tanh(load(c, cAt + i)).mul(load(gate, at + i))).intoArray(h, hAt + i);
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
    int whole = SPECIES.loopBound(n);
    for (GradientLoop loop : LSTM_GRADIENT) {
      loop.run(
          gates, at, before, beforeAt, c, cAt, g, gAt, dh, dhAt, dc, dcAt, out, outAt, n, whole);
    }
    lstmGradient(
        gates, at, before, beforeAt, c, cAt, g, gAt, dh, dhAt, dc, dcAt, out, outAt, whole, n);
  }

  /**
   * The output gate; {@code dc} becomes the gradient of the new cell state, whose tanh is in {@code
   * out} before.
   */
  private static void outputGradient(
      float[] gate,
      int at,
      float[] g,
      int gAt,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt,
      float[] out,
      int outAt,
      int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector tanh = load(out, outAt + i);
      FloatVector output = load(gate, at + i);
      FloatVector d = load(g, gAt + i).add(load(dh, dhAt + i));
      FloatVector.zero(SPECIES).intoArray(dh, dhAt + i);
      flushed(d.mul(tanh).mul(sigmoidSlope(output))).intoArray(out, outAt + i);
      timesTanhSlope(d.mul(output), tanh).add(load(dc, dcAt + i)).intoArray(dc, dcAt + i);
    }
  }

  /** The input gate and the candidate. */
  private static void inputGradient(
      float[] gates, int at, float[] dc, int dcAt, float[] out, int outAt, int n, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector input = load(gates, at + i);
      FloatVector candidate = load(gates, at + 2 * n + i);
      FloatVector cell = load(dc, dcAt + i);
      flushed(cell.mul(candidate).mul(sigmoidSlope(input))).intoArray(out, outAt + i);
      flushed(timesTanhSlope(cell.mul(input), candidate)).intoArray(out, outAt + 2 * n + i);
    }
  }

  /** The forget gate; {@code dc} becomes the gradient of the old cell state. */
  private static void forgetGradient(
      float[] gate,
      int at,
      float[] before,
      int beforeAt,
      float[] dc,
      int dcAt,
      float[] out,
      int outAt,
      int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector forget = load(gate, at + i);
      FloatVector cell = load(dc, dcAt + i);
      flushed(cell.mul(load(before, beforeAt + i)).mul(sigmoidSlope(forget)))
          .intoArray(out, outAt + i);
      flushed(cell.mul(forget)).intoArray(dc, dcAt + i);
    }
  }

  @Override
  public void gru(
      float[] gates, int at, float[] bias, float[] q, int qAt, float[] h, int hAt, int n) {
    int whole = SPECIES.loopBound(n);
    for (Loop loop : GRU) {
      loop.run(gates, at, bias, q, qAt, h, hAt, n, whole);
    }
    gru(gates, at, bias, q, qAt, h, hAt, whole, n);
  }

  /** Adds the bias to q, and {@code r q} to the candidate. */
  private static void reset(
      float[] gates, int at, float[] bias, float[] q, int qAt, int n, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector state = load(q, qAt + i).add(load(bias, 3 * n + i));
      state.intoArray(q, qAt + i);
      state.fma(load(gates, at + i), load(gates, at + 2 * n + i)).intoArray(gates, at + 2 * n + i);
    }
  }

  private static void update(float[] gates, int at, float[] h, int hAt, int n, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector candidate = load(gates, at + 2 * n + i);
      FloatVector update = load(gates, at + n + i);
      flushed(load(h, hAt + i).sub(candidate).fma(update, candidate)).intoArray(h, hAt + i);
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
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector reset = load(gates, at + i);
      FloatVector update = load(gates, at + n + i);
      FloatVector candidate = load(gates, at + 2 * n + i);
      FloatVector d = load(g, gAt + i).add(load(dh, dhAt + i));
      FloatVector past = d.mul(update);
      FloatVector sum = flushed(timesTanhSlope(d.sub(past), candidate));
      flushed(past).intoArray(dh, dhAt + i);
      flushed(sum.mul(load(q, qAt + i)).mul(sigmoidSlope(reset))).intoArray(out, outAt + i);
      flushed(d.mul(load(before, beforeAt + i).sub(candidate)).mul(sigmoidSlope(update)))
          .intoArray(out, outAt + n + i);
      sum.intoArray(out, outAt + 2 * n + i);
      flushed(sum.mul(reset)).intoArray(dq, dqAt + i);
    }
    gruGradient(
        gates, at, q, qAt, before, beforeAt, g, gAt, dh, dhAt, out, outAt, dq, dqAt, whole, n);
  }
}
