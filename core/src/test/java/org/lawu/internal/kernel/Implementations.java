package org.lawu.internal.kernel;

import java.util.Random;
import java.util.stream.Stream;

/** The kernels under test, and numbers to try them on. */
final class Implementations {

  /** Values at which functions change their ways. */
  static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.intBitsToFloat(0x7fc00001),
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    -1e-40f,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1e30f,
    -1e30f,
    88.7f,
    88.8f,
    -87.3f,
    -104f,
    20f,
    -20f,
    0.5f
  };

  private Implementations() {}

  /** The scalar kernels, and those that {@code lawu.kernels} asks for. */
  static Stream<Kernels> all() {
    return Stream.of(new ScalarKernels(), KernelProvider.kernels());
  }

  /** Lengths around those of vectors and blocks. */
  static int[] lengths() {
    int[] lengths = new int[71 + 12];
    for (int i = 0; i <= 70; i++) {
      lengths[i] = i;
    }
    int[] borders = {255, 256, 257, 1023, 1024, 1025, 2047, 2049, 4095, 4097, 8191, 10_000};
    System.arraycopy(borders, 0, lengths, 71, 12);
    return lengths;
  }

  static float[] normal(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  static double[] toDouble(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}
