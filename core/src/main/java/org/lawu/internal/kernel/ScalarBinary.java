package org.lawu.internal.kernel;

/** Elementwise functions of two variables: {@code out[i] = f(x[i], y[i])}. */
final class ScalarBinary {

  /** A piece whose derivatives fit a small buffer. */
  private static final int BLOCK = 1024;

  private ScalarBinary() {}

  static void apply(
      BinaryFunction function,
      float[] x,
      int xAt,
      float[] y,
      int yAt,
      float[] out,
      int outAt,
      int n) {
    switch (function) {
      case ADD -> add(x, xAt, y, yAt, out, outAt, n);
      case SUB -> sub(x, xAt, y, yAt, out, outAt, n);
      case MUL -> mul(x, xAt, y, yAt, out, outAt, n);
      case DIV -> div(x, xAt, y, yAt, out, outAt, n);
      case POW -> pow(x, xAt, y, yAt, out, outAt, n);
      case MAXIMUM -> maximum(x, xAt, y, yAt, out, outAt, n);
      case MINIMUM -> minimum(x, xAt, y, yAt, out, outAt, n);
      case RELU_GRADIENT -> reluGradient(x, xAt, y, yAt, out, outAt, n);
      case TANH_GRADIENT -> tanhGradient(x, xAt, y, yAt, out, outAt, n);
      case SIGMOID_GRADIENT -> sigmoidGradient(x, xAt, y, yAt, out, outAt, n);
      case GELU_GRADIENT, GELU_TANH_GRADIENT, SILU_GRADIENT ->
          viaDerivative(function, x, xAt, y, yAt, out, outAt, n);
    }
  }

  /**
   * {@code out = f'(x) g} with the derivatives of a block computed in a buffer first: in place, as
   * {@link ScalarUnary} explains, and {@code out} itself may be where {@code g} is.
   */
  private static void viaDerivative(
      BinaryFunction function,
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      float[] out,
      int outAt,
      int n) {
    float[] derivative = new float[Math.min(n, BLOCK)];
    for (int i = 0; i < n; i += BLOCK) {
      int length = Math.min(n - i, BLOCK);
      System.arraycopy(x, xAt + i, derivative, 0, length);
      switch (function) {
        case GELU_GRADIENT -> ScalarTwoPass.geluDerivative(derivative, 0, length);
        case GELU_TANH_GRADIENT -> ScalarTwoPass.geluTanhDerivative(derivative, 0, length);
        default -> ScalarUnary.siluDerivative(derivative, 0, length);
      }
      mul(derivative, 0, g, gAt + i, out, outAt + i, length);
    }
  }

  private static void add(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = x[xAt + i] + y[yAt + i];
    }
  }

  private static void sub(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = x[xAt + i] - y[yAt + i];
    }
  }

  private static void mul(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = x[xAt + i] * y[yAt + i];
    }
  }

  private static void div(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = x[xAt + i] / y[yAt + i];
    }
  }

  private static void pow(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = (float) Math.pow(x[xAt + i], y[yAt + i]);
    }
  }

  private static void maximum(
      float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = Math.max(x[xAt + i], y[yAt + i]);
    }
  }

  private static void minimum(
      float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = Math.min(x[xAt + i], y[yAt + i]);
    }
  }

  private static void reluGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = y[yAt + i] > 0 ? g[gAt + i] : 0;
    }
  }

  private static void tanhGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float v = y[yAt + i];
      out[outAt + i] = (1 - v * v) * g[gAt + i];
    }
  }

  private static void sigmoidGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      float v = y[yAt + i];
      out[outAt + i] = v * (1 - v) * g[gAt + i];
    }
  }
}
