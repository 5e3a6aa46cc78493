package org.lawu.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * {@code C = A B + bias} for many A and one B, which it keeps in the order in which it reads it.
 */
@FunctionalInterface
public interface AffineMap {

  /**
   * Computes the {@code m} rows of C from those of A. The bias is a row that begins at {@code
   * biasAt}, or none; the columns of C are contiguous.
   */
  void apply(int m, Matrix a, float @Nullable [] bias, int biasAt, Matrix c);
}
