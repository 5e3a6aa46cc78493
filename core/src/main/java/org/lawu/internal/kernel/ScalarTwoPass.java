package org.lawu.internal.kernel;

import java.util.Arrays;

/**
 * Functions in place, as in {@link ScalarUnary}, that are too long for the JIT compiler to turn
 * into SIMD code in one loop: a first pass computes the exponential within, a second the rest. Both
 * run over copies, which start at the same index.
 */
final class ScalarTwoPass {

  private ScalarTwoPass() {}

  static void gelu(float[] x, int from, int to) {
    float[] y = Arrays.copyOfRange(x, from, to);
    float[] inner = y.clone();
    for (int i = 0; i < inner.length; i++) {
      inner[i] = (float) ScalarMath.density(inner[i]);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) ScalarMath.gelu(y[i], inner[i]);
    }
    System.arraycopy(y, 0, x, from, y.length);
  }

  static void geluDerivative(float[] x, int from, int to) {
    float[] y = Arrays.copyOfRange(x, from, to);
    float[] inner = y.clone();
    for (int i = 0; i < inner.length; i++) {
      inner[i] = (float) ScalarMath.density(inner[i]);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) ScalarMath.geluDerivative(y[i], inner[i]);
    }
    System.arraycopy(y, 0, x, from, y.length);
  }

  static void geluTanhDerivative(float[] x, int from, int to) {
    float[] y = Arrays.copyOfRange(x, from, to);
    float[] inner = y.clone();
    for (int i = 0; i < inner.length; i++) {
      inner[i] = (float) ScalarMath.geluTanhSigmoid(inner[i]);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) ScalarMath.geluTanhDerivative(y[i], inner[i]);
    }
    System.arraycopy(y, 0, x, from, y.length);
  }

  static void softplus(float[] x, int from, int to) {
    float[] y = Arrays.copyOfRange(x, from, to);
    float[] inner = y.clone();
    for (int i = 0; i < inner.length; i++) {
      inner[i] = (float) ScalarMath.expOfNegative(inner[i]);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) ScalarMath.softplus(y[i], inner[i]);
    }
    System.arraycopy(y, 0, x, from, y.length);
  }
}
