package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.BinaryFunction;

/**
 * Elementwise functions of two variables, for a whole number of vectors; see {@link VectorUnary}.
 */
final class VectorBinary {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorBinary() {}

  /**
   * Returns whether there are vectors for the function; {@code pow} is left to the scalar kernel.
   */
  static boolean apply(
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
      case MAXIMUM -> maximum(x, xAt, y, yAt, out, outAt, n);
      case MINIMUM -> minimum(x, xAt, y, yAt, out, outAt, n);
      case RELU_GRADIENT -> reluGradient(x, xAt, y, yAt, out, outAt, n);
      case TANH_GRADIENT -> tanhGradient(x, xAt, y, yAt, out, outAt, n);
      case SIGMOID_GRADIENT -> sigmoidGradient(x, xAt, y, yAt, out, outAt, n);
      case GELU_GRADIENT -> Transcendental.GELU_GRADIENT.apply(x, xAt, y, yAt, out, outAt, n);
      case GELU_TANH_GRADIENT ->
          Transcendental.GELU_TANH_GRADIENT.apply(x, xAt, y, yAt, out, outAt, n);
      case SILU_GRADIENT -> Transcendental.SILU_GRADIENT.apply(x, xAt, y, yAt, out, outAt, n);
      case POW -> {
        return false;
      }
    }
    return true;
  }

  private static void add(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).add(fromArray(SPECIES, y, yAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void sub(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).sub(fromArray(SPECIES, y, yAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void mul(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).mul(fromArray(SPECIES, y, yAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void div(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).div(fromArray(SPECIES, y, yAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void maximum(
      float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).max(fromArray(SPECIES, y, yAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void minimum(
      float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).min(fromArray(SPECIES, y, yAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void reluGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = fromArray(SPECIES, y, yAt + i);
      FloatVector u = fromArray(SPECIES, g, gAt + i);
      u.blend(0f, v.compare(GT, 0f).not()).intoArray(out, outAt + i);
    }
  }

  private static void tanhGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = fromArray(SPECIES, y, yAt + i);
      v.mul(v).neg().add(1f).mul(fromArray(SPECIES, g, gAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void sigmoidGradient(
      float[] y, int yAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = fromArray(SPECIES, y, yAt + i);
      v.neg().add(1f).mul(v).mul(fromArray(SPECIES, g, gAt + i)).intoArray(out, outAt + i);
    }
  }
}
