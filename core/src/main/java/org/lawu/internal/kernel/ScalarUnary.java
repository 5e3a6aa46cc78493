package org.lawu.internal.kernel;

/**
 * Elementwise functions of one variable, in place: {@code x[i] = f(x[i]; a, b)}. One array and one
 * offset, because the JIT compiler turns no loop into SIMD code whose arrays might overlap.
 */
final class ScalarUnary {

  private ScalarUnary() {}

  static void apply(UnaryFunction function, float a, float b, float[] x, int from, int to) {
    switch (function) {
      case NEG -> neg(x, from, to);
      case ABS -> abs(x, from, to);
      case SQUARE -> square(x, from, to);
      case SQRT -> sqrt(x, from, to);
      case EXP -> exp(x, from, to);
      case LOG -> log(x, from, to);
      case TANH -> tanh(x, from, to);
      case SIGMOID -> sigmoid(x, from, to);
      case RELU -> relu(x, from, to);
      case LEAKY_RELU -> leakyRelu(a, x, from, to);
      case GELU -> ScalarTwoPass.gelu(x, from, to);
      case GELU_TANH -> geluTanh(x, from, to);
      case SILU -> silu(x, from, to);
      case SOFTPLUS -> ScalarTwoPass.softplus(x, from, to);
      case CLAMP -> clamp(a, b, x, from, to);
    }
  }

  private static void neg(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = -x[i];
    }
  }

  private static void abs(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = Math.abs(x[i]);
    }
  }

  private static void square(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = x[i] * x[i];
    }
  }

  private static void sqrt(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) Math.sqrt(x[i]);
    }
  }

  static void exp(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) ScalarMath.exp(x[i]);
    }
  }

  private static void log(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) Math.log(x[i]);
    }
  }

  private static void tanh(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) ScalarMath.tanh(x[i]);
    }
  }

  private static void sigmoid(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) ScalarMath.sigmoid(x[i]);
    }
  }

  private static void relu(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = Math.max(x[i], 0f);
    }
  }

  private static void leakyRelu(float slope, float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = Math.max(x[i], 0f) + slope * Math.min(x[i], 0f);
    }
  }

  private static void geluTanh(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) ScalarMath.geluTanh(x[i]);
    }
  }

  private static void silu(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) ScalarMath.silu(x[i]);
    }
  }

  private static void clamp(float a, float b, float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = Math.min(Math.max(x[i], a), b);
    }
  }

  /** For {@link ScalarBinary}. */
  static void siluDerivative(float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) ScalarMath.siluDerivative(x[i]);
    }
  }
}
