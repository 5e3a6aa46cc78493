package org.lawu.internal.operation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.Storage.Floats;
import org.lawu.internal.kernel.AffineMap;
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

  /**
   * {@code Y = X W^T + b} for {@code X [rows, in]}, {@code W [out, in]} and {@code b [out]} or
   * none; bias and Y are contiguous.
   */
  static void linear(NdArray x, NdArray weight, @Nullable NdArray bias, NdArray y) {
    if (x.dtype() == DType.FLOAT32) {
      int out = weight.shape().size(0);
      float @Nullable [] row = bias == null ? null : bias.floats();
      int rowAt = bias == null ? 0 : bias.offset();
      Matrix to = new Matrix(y.floats(), y.offset(), out, 1);
      map(weight).apply(x.shape().size(0), matrix(x), row, rowAt, to);
      return;
    }
    if (bias != null) {
      repeat(bias, y);
    }
    NdArray transposed = weight.withLayout(weight.layout().permute(new int[] {1, 0}));
    multiply(x, x.offset(), transposed, transposed.offset(), y, y.offset(), bias != null);
  }

  /** Where the weight is all there is in its storage, the map can be kept there. */
  private static AffineMap map(NdArray weight) {
    int out = weight.shape().size(0);
    int in = weight.shape().size(1);
    Supplier<AffineMap> maker =
        () -> KernelProvider.kernels().affineMap(in, out, matrix(weight).transposed());
    boolean whole =
        weight.layout().isContiguous() && weight.elements() == weight.storage().length();
    return whole ? ((Floats) weight.storage()).affineMap(out, in, maker) : maker.get();
  }

  private static void repeat(NdArray row, NdArray to) {
    int n = row.elements();
    for (int at = to.offset(); at < to.offset() + to.elements(); at += n) {
      System.arraycopy(row.doubles(), row.offset(), to.doubles(), at, n);
    }
  }
}
