package org.lawu.internal.kernel;

/** The elementwise functions in double precision, as their documentation states them. */
final class Formulas {

  private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

  private Formulas() {}

  static double unary(UnaryFunction function, double a, double b, double x) {
    return switch (function) {
      case NEG -> -x;
      case ABS -> Math.abs(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> sigmoid(x);
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : a * x;
      case GELU -> x == Double.NEGATIVE_INFINITY ? 0 : x * phi(x);
      case GELU_TANH -> x == Double.NEGATIVE_INFINITY ? 0 : x * sigmoid(2 * geluInner(x));
      case SILU -> x == Double.NEGATIVE_INFINITY ? 0 : x * sigmoid(x);
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case CLAMP -> Math.min(Math.max(x, a), b);
    };
  }

  static double binary(BinaryFunction function, double x, double y) {
    return switch (function) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case POW -> Math.pow(x, y);
      case MAXIMUM -> Math.max(x, y);
      case MINIMUM -> Math.min(x, y);
      case RELU_GRADIENT -> x > 0 ? y : 0;
      case TANH_GRADIENT -> (1 - x * x) * y;
      case SIGMOID_GRADIENT -> x * (1 - x) * y;
      case GELU_GRADIENT -> (phi(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)) * y;
      case GELU_TANH_GRADIENT -> {
        double s = sigmoid(2 * geluInner(x));
        double slope = SQRT_2_OVER_PI * (1 + 3 * 0.044715 * x * x);
        yield (s + 2 * x * s * (1 - s) * slope) * y;
      }
      case SILU_GRADIENT -> sigmoid(x) * (1 + x * (1 - sigmoid(x))) * y;
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double phi(double x) {
    return (1 + Erf.erf(x / Math.sqrt(2))) / 2;
  }

  private static double geluInner(double x) {
    return SQRT_2_OVER_PI * (x + 0.044715 * x * x * x);
  }
}
