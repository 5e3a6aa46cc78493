package org.lawu.internal.operation;

import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.ReferenceKernels;
import org.lawu.tensor.DType;

/** The matrix product kernel of either floating type, on the last two axes of arrays. */
final class Gemm {
  private Gemm() {}

  /**
   * {@code C = A B}, or {@code C += A B}, for the matrices that start at the given places of the
   * three arrays' storages; C's rows are contiguous.
   */
  static void multiply(
      NdArray a, int aAt, NdArray b, int bAt, NdArray c, int cAt, boolean accumulate) {
    int m = a.shape().size(-2);
    int k = a.shape().size(-1);
    int n = b.shape().size(-1);
    int aRow = a.stride(a.shape().rank() - 2);
    int aColumn = a.stride(a.shape().rank() - 1);
    int bRow = b.stride(b.shape().rank() - 2);
    int bColumn = b.stride(b.shape().rank() - 1);
    if (a.dtype() == DType.FLOAT32) {
      KernelProvider.kernels()
          .gemm(
              m,
              n,
              k,
              a.floats(),
              aAt,
              aRow,
              aColumn,
              b.floats(),
              bAt,
              bRow,
              bColumn,
              c.floats(),
              cAt,
              n,
              accumulate);
    } else {
      ReferenceKernels.gemm(
          m,
          n,
          k,
          a.doubles(),
          aAt,
          aRow,
          aColumn,
          b.doubles(),
          bAt,
          bRow,
          bColumn,
          c.doubles(),
          cAt,
          n,
          accumulate);
    }
  }

  /** {@code C = A B + bias} for two matrices, a row that is added to all, and a contiguous C. */
  static void linear(NdArray a, NdArray b, NdArray bias, NdArray c) {
    if (a.dtype() == DType.FLOAT32) {
      KernelProvider.kernels()
          .linear(
              a.shape().size(0),
              b.shape().size(1),
              b.shape().size(0),
              a.floats(),
              a.offset(),
              a.stride(0),
              a.stride(1),
              b.floats(),
              b.offset(),
              b.stride(0),
              b.stride(1),
              bias.floats(),
              bias.offset(),
              c.floats(),
              c.offset(),
              b.shape().size(1));
    } else {
      repeat(bias, c);
      multiply(a, a.offset(), b, b.offset(), c, c.offset(), true);
    }
  }

  private static void repeat(NdArray row, NdArray to) {
    int n = row.elements();
    for (int at = to.offset(); at < to.offset() + to.elements(); at += n) {
      System.arraycopy(row.doubles(), row.offset(), to.doubles(), at, n);
    }
  }
}
