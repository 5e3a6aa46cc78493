package org.lawu.internal.kernel.vector;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementwise functions of {@link VectorUnary} and {@link VectorBinary} that are long, for a whole
 * number of vectors.
 *
 * <p>C2 compiles the loop of each by itself. If it could see which loop is called, it would inline
 * it into its callers, with those of other functions that the program uses as often, until a method
 * has 18,000 nodes (a hyperbolic tangent has 16,000, an exponential 8,000). Then it inlines no
 * more, calls within the loop remain calls, and each vector that passes one is an object: seven
 * times slower. So a loop is called through an array of three, each of another class: C2 inlines a
 * call only where it has seen at most two classes, or one of them nine times out of ten.
 */
final class Transcendental {
  @FunctionalInterface
  private interface Loop {
    void run(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n);
  }

  static final Transcendental EXP =
      new Transcendental((x, xAt, _, _, out, outAt, n) -> exp(x, xAt, out, outAt, n));
  static final Transcendental LOG =
      new Transcendental((x, xAt, _, _, out, outAt, n) -> log(x, xAt, out, outAt, n));
  static final Transcendental TANH =
      new Transcendental((x, xAt, _, _, out, outAt, n) -> tanh(x, xAt, out, outAt, n));
  static final Transcendental SIGMOID =
      new Transcendental((x, xAt, _, _, out, outAt, n) -> sigmoid(x, xAt, out, outAt, n));
  static final Transcendental GELU =
      new Transcendental((x, xAt, _, _, out, outAt, n) -> gelu(x, xAt, out, outAt, n));
  static final Transcendental GELU_TANH =
      new Transcendental((x, xAt, _, _, out, outAt, n) -> geluTanh(x, xAt, out, outAt, n));
  static final Transcendental SILU =
      new Transcendental((x, xAt, _, _, out, outAt, n) -> silu(x, xAt, out, outAt, n));
  static final Transcendental SOFTPLUS =
      new Transcendental((x, xAt, _, _, out, outAt, n) -> softplus(x, xAt, out, outAt, n));
  static final Transcendental GELU_GRADIENT = new Transcendental(Transcendental::geluGradient);
  static final Transcendental GELU_TANH_GRADIENT =
      new Transcendental(Transcendental::geluTanhGradient);
  static final Transcendental SILU_GRADIENT = new Transcendental(Transcendental::siluGradient);

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final Loop[] loops;

  private Transcendental(Loop loop) {
    loops = new Loop[] {loop, (_, _, _, _, _, _, _) -> {}, (_, _, _, _, _, _, _) -> {}};
  }

  /** Of one variable. */
  void apply(float[] x, int xAt, float[] out, int outAt, int n) {
    apply(x, xAt, x, xAt, out, outAt, n);
  }

  /** Of two variables: the derivative at x times y. */
  void apply(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int n) {
    for (Loop loop : loops) {
      loop.run(x, xAt, y, yAt, out, outAt, n);
    }
  }

  private static void exp(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.exp(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void log(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.log(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void tanh(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.tanh(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void sigmoid(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.sigmoid(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void gelu(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.gelu(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void geluTanh(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.geluTanh(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void silu(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.silu(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void softplus(float[] x, int xAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.softplus(fromArray(SPECIES, x, xAt + i)).intoArray(out, outAt + i);
    }
  }

  private static void geluGradient(
      float[] x, int xAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.geluDerivative(fromArray(SPECIES, x, xAt + i))
          .mul(fromArray(SPECIES, g, gAt + i))
          .intoArray(out, outAt + i);
    }
  }

  private static void geluTanhGradient(
      float[] x, int xAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.geluTanhDerivative(fromArray(SPECIES, x, xAt + i))
          .mul(fromArray(SPECIES, g, gAt + i))
          .intoArray(out, outAt + i);
    }
  }

  private static void siluGradient(
      float[] x, int xAt, float[] g, int gAt, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.siluDerivative(fromArray(SPECIES, x, xAt + i))
          .mul(fromArray(SPECIES, g, gAt + i))
          .intoArray(out, outAt + i);
    }
  }
}
