package org.lawu.internal.operation;

import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.ReferenceKernels;
import org.lawu.tensor.DType;

/** The matrix product kernel of either floating type, on the last two axes of arrays. */
final class Gemm {
  private Gemm() {}

  /** The matrix of the last two axes of a FLOAT32 array; the first, if there are several. */
  static Matrix matrix(NdArray x) {
    return matrix(x, x.offset());
  }

  /** The one of them that begins at {@code at} in the storage. */
  static Matrix matrix(NdArray x, int at) {
    int rank = x.shape().rank();
    return new Matrix(x.floats(), at, x.stride(rank - 2), x.stride(rank - 1));
  }

  /**
   * {@code C = A B}, or {@code C += A B}, for the matrices that start at the given places of the
   * three arrays' storages; C's rows are contiguous.
   */
  static void multiply(
      NdArray a, int aAt, NdArray b, int bAt, NdArray c, int cAt, boolean accumulate) {
    int m = a.shape().size(-2);
    int k = a.shape().size(-1);
    int n = b.shape().size(-1);
    if (a.dtype() == DType.FLOAT32) {
      Matrix to = new Matrix(c.floats(), cAt, n, 1);
      KernelProvider.kernels().gemm(m, n, k, matrix(a, aAt), matrix(b, bAt), to, accumulate);
    } else {
      ReferenceKernels.gemm(
          m,
          n,
          k,
          a.doubles(),
          aAt,
          a.stride(a.shape().rank() - 2),
          a.stride(a.shape().rank() - 1),
          b.doubles(),
          bAt,
          b.stride(b.shape().rank() - 2),
          b.stride(b.shape().rank() - 1),
          c.doubles(),
          cAt,
          n,
          accumulate);
    }
  }

  /** {@code C = A B + bias} for two matrices, a row that is added to all, and a contiguous C. */
  static void linear(NdArray a, NdArray b, NdArray bias, NdArray c) {
    if (a.dtype() == DType.FLOAT32) {
      int m = a.shape().size(0);
      int k = a.shape().size(1);
      int n = b.shape().size(1);
      Matrix to = new Matrix(c.floats(), c.offset(), n, 1);
      KernelProvider.kernels()
          .linear(m, n, k, matrix(a), matrix(b), bias.floats(), bias.offset(), to);
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
