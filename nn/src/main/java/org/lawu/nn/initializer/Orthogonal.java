package org.lawu.nn.initializer;

import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * A random orthogonal matrix: the rows of the weight {@code [out, in, ...]}, seen as a matrix with
 * {@code out} rows, are perpendicular and of length {@code gain}; where there are more rows than
 * columns, the columns are. A product of such matrices neither grows nor vanishes, as recurrent
 * networks want it. Every orthogonal matrix is as likely as any other. Saxe, McClelland and
 * Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks"
 * (ICLR 2014); PyTorch's {@code orthogonal_}.
 *
 * @param gain the length of rows or columns, see {@link Gain}; 1 by default
 */
public record Orthogonal(double gain) implements Initializer {

  /**
   * With a gain.
   *
   * @throws org.lawu.error.ArgumentException if the gain is not positive and finite
   */
  public Orthogonal {
    Fan.checkGain("orthogonal", gain);
  }

  /** With a gain of 1. */
  public Orthogonal() {
    this(Gain.LINEAR);
  }

  @Override
  public Tensor initialize(Shape shape, Philox random) {
    Fan fan = Fan.of("orthogonal", shape);
    int rows = shape.size(0);
    int columns = fan.in();
    boolean wide = rows <= columns;
    double[][] vectors = draw(Math.min(rows, columns), Math.max(rows, columns), random);
    float[] elements = new float[rows * columns];
    for (int i = 0; i < elements.length; i++) {
      int row = i / columns;
      int column = i % columns;
      elements[i] = (float) (gain * (wide ? vectors[row][column] : vectors[column][row]));
    }
    return Tensor.of(elements, shape.toArray());
  }

  /**
   * Perpendicular unit vectors, by Gram and Schmidt's method from normally distributed ones, whose
   * directions are all alike likely. What rounding leaves of the earlier vectors is taken out by
   * doing it twice.
   */
  private static double[][] draw(int count, int length, Philox random) {
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        vectors[i][k] = random.nextGaussian();
      }
      for (int time = 0; time < 2; time++) {
        for (int j = 0; j < i; j++) {
          addMultiple(vectors[i], vectors[j], -dot(vectors[i], vectors[j]));
        }
        scale(vectors[i], 1 / Math.sqrt(dot(vectors[i], vectors[i])));
      }
    }
    return vectors;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * y[k];
    }
    return sum;
  }

  private static void addMultiple(double[] x, double[] y, double factor) {
    for (int k = 0; k < x.length; k++) {
      x[k] += factor * y[k];
    }
  }

  private static void scale(double[] x, double factor) {
    for (int k = 0; k < x.length; k++) {
      x[k] *= factor;
    }
  }
}
