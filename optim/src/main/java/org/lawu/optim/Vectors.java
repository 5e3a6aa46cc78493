package org.lawu.optim;

/** Arithmetic of vectors of doubles. */
final class Vectors {
  private Vectors() {}

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  static double sumOfAbsolutes(double[] x) {
    double sum = 0;
    for (double element : x) {
      sum += Math.abs(element);
    }
    return sum;
  }

  static double[] times(double[] x, double factor) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = x[i] * factor;
    }
    return product;
  }

  static double[] difference(double[] x, double[] y) {
    double[] difference = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      difference[i] = x[i] - y[i];
    }
    return difference;
  }

  /** {@code x + factor y} in place of {@code x}. */
  static void add(double[] x, double factor, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += factor * y[i];
    }
  }
}
