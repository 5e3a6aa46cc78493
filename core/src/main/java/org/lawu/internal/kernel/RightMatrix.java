package org.lawu.internal.kernel;

/** The right operand of many products, laid out once in the order in which they read it. */
@FunctionalInterface
public interface RightMatrix {

  /**
   * {@code C = A B}, or {@code C += A B}, with {@code m} rows, on the calling thread; the column
   * steps of A and C are 1.
   */
  void multiply(int m, Matrix a, Matrix c, boolean accumulate);

  /** Lends the memory of the layout to others; there are no products after it. */
  default void release() {}
}
