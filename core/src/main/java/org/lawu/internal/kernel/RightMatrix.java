package org.lawu.internal.kernel;

/** The right operand of many products, laid out once in the order in which they read it. */
public interface RightMatrix {

  /**
   * {@code C = A B}, or {@code C += A B}, with {@code m} rows, on the calling thread; the rows of A
   * and C are contiguous and begin {@code aRow} and {@code cRow} apart.
   */
  void multiply(
      int m, float[] a, int aAt, int aRow, float[] c, int cAt, int cRow, boolean accumulate);

  /** A matrix {@code k x n} that is read where it lies: for few products. */
  static RightMatrix inPlace(Kernels kernels, int k, int n, Matrix b) {
    return (m, a, aAt, aRow, c, cAt, cRow, accumulate) ->
        kernels.gemm(
            m,
            n,
            k,
            a,
            aAt,
            aRow,
            1,
            b.data,
            b.at,
            b.rowStep,
            b.columnStep,
            c,
            cAt,
            cRow,
            accumulate);
  }
}
