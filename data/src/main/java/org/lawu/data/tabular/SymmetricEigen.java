package org.lawu.data.tabular;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Eigenvalues and vectors of a symmetric, positive semidefinite matrix, by falling value. The one
 * class that knows Apache Commons Math, so that the others load without it.
 */
final class SymmetricEigen {
  private final EigenDecomposition decomposition;
  private final List<Integer> order;

  private SymmetricEigen(EigenDecomposition decomposition, List<Integer> order) {
    this.decomposition = decomposition;
    this.order = order;
  }

  static SymmetricEigen of(double[] elements, int size) {
    var matrix = new Array2DRowRealMatrix(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        // Rounding must not make it a matrix that is not symmetric.
        double element = 0.5 * (elements[i * size + j] + elements[j * size + i]);
        matrix.setEntry(i, j, element);
        matrix.setEntry(j, i, element);
      }
    }
    var decomposition = new EigenDecomposition(matrix);
    double[] values = decomposition.getRealEigenvalues();
    List<Integer> order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -values[i]))
            .toList();
    return new SymmetricEigen(decomposition, order);
  }

  /** Not negative, which rounding alone can make it. */
  double value(int i) {
    return Math.max(0, decomposition.getRealEigenvalue(order.get(i)));
  }

  double[] vector(int i) {
    return decomposition.getEigenvector(order.get(i)).toArray();
  }
}
