package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.lawu.internal.kernel.UnaryFunction;

/**
 * Elementwise functions of one variable, for a whole number of vectors. Each has a loop of its own:
 * in a loop shared by all, the function would be a call and every vector an object. Those of long
 * functions are in {@link Transcendental}, which says why.
 */
final class VectorUnary {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorUnary() {}

  static void apply(
      UnaryFunction function, float a, float b, float[] x, int xAt, float[] out, int outAt, int n) {
    switch (function) {
      case NEG -> neg(x, xAt, out, outAt, n);
      case ABS -> abs(x, xAt, out, outAt, n);
      case SQUARE -> square(x, xAt, out, outAt, n);
      case SQRT -> sqrt(x, xAt, out, outAt, n);
      case EXP -> Transcendental.EXP.apply(x, xAt, out, outAt, n);
      case LOG -> Transcendental.LOG.apply(x, xAt, out, outAt, n);
      case TANH -> Transcendental.TANH.apply(x, xAt, out, outAt, n);
      case SIGMOID -> Transcendental.SIGMOID.apply(x, xAt, out, outAt, n);
      case RELU -> relu(x, xAt, out, outAt, n);
      case LEAKY_RELU -> leakyRelu(a, x, xAt, out, outAt, n);
      case GELU -> Transcendental.GELU.apply(x, xAt, out, outAt, n);
      case GELU_TANH -> Transcendental.GELU_TANH.apply(x, xAt, out, outAt, n);
      case SILU -> Transcendental.SILU.apply(x, xAt, out, outAt, n);
      case SOFTPLUS -> Transcendental.SOFTPLUS.apply(x, xAt, out, outAt, n);
      case CLAMP -> clamp(a, b, x, xAt, out, outAt, n);
    }
  }

  private static void neg(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).neg().intoArray(out, outAt + i);
    }
  }

  private static void abs(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).abs().intoArray(out, outAt + i);
    }
  }

  private static void square(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xAt + i);
      v.mul(v).intoArray(out, outAt + i);
    }
  }

  private static void sqrt(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      fromArray(SPECIES, x, xAt + i).sqrt().intoArray(out, outAt + i);
    }
  }

  private static void relu(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.positive(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void leakyRelu(float slope, float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xAt + i);
      v.mul(slope).blend(v, v.compare(GT, 0f)).intoArray(out, outAt + i);
    }
  }

  private static void clamp(float a, float b, float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = fromArray(SPECIES, x, xAt + i);
      v = v.blend(a, v.compare(LT, a));
      v.blend(b, v.compare(GT, b)).intoArray(out, outAt + i);
    }
  }
}
