package org.lawu.internal.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The passes of the softmax kernels over a row. */
final class VectorSoftmax {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorSoftmax() {}

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  /** {@code out = e^(x - shift)}; returns the sum; for a whole number of vectors. */
  static float exp(float shift, float[] x, int xAt, float[] out, int outAt, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i += LANES) {
      FloatVector y = VectorMath.exp(load(x, xAt + i).sub(shift));
      y.intoArray(out, outAt + i);
      sum = sum.add(y);
    }
    return Lanes.sum(sum);
  }

  /** {@code x *= factor}. */
  static void scale(float factor, float[] x, int at, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, at + i).mul(factor).intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] *= factor;
    }
  }

  /** {@code out = x - a - b}. */
  static void subtract(float a, float b, float[] x, int xAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, xAt + i).sub(a).sub(b).intoArray(out, outAt + i);
    }
    for (; i < n; i++) {
      out[outAt + i] = x[xAt + i] - a - b;
    }
  }

  /** {@code out = y * (g - shift)}. */
  static void gradient(
      float shift, float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(g, gAt + i).sub(shift).mul(load(y, yAt + i)).intoArray(out, outAt + i);
    }
    for (; i < n; i++) {
      out[outAt + i] = y[yAt + i] * (g[gAt + i] - shift);
    }
  }

  /** {@code out = g - out * factor}, where {@code out} holds {@code e^y}. */
  static void logGradient(float factor, float[] g, int gAt, float[] out, int outAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(g, gAt + i).sub(load(out, outAt + i).mul(factor)).intoArray(out, outAt + i);
    }
    for (; i < n; i++) {
      out[outAt + i] = g[gAt + i] - out[outAt + i] * factor;
    }
  }
}
