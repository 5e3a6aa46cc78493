package org.lawu.internal.kernel.vector;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.AffineMap;
import org.lawu.internal.kernel.Matrix;

/**
 * A matrix of weights that packs itself when a second product wants panels of it, and spares that
 * work from then on: for the 128 rows of a sentence it is a tenth of the product. The results are
 * the same to the bit before and after. Threads that come at the same time may each pack it, which
 * is wasted work but no error.
 */
final class KeptPanels implements AffineMap {
  private final VectorGemm gemm;
  private final int k;
  private final int n;
  private final Matrix b;
  private volatile boolean used;
  private volatile @Nullable List<Panels> blocks;

  KeptPanels(VectorGemm gemm, int k, int n, Matrix b) {
    this.gemm = gemm;
    this.k = k;
    this.n = n;
    this.b = b;
  }

  @Override
  public void apply(int m, Matrix a, float @Nullable [] bias, int biasAt, Matrix c) {
    Matrix start = bias == null ? Tiles.ZERO : new Matrix(bias, biasAt, 0, 1);
    List<Panels> kept = VectorGemm.inTiles(m, n, k, a, b, c) ? blocks() : null;
    if (kept == null) {
      gemm.multiply(m, n, k, a, b, start, c);
    } else {
      gemm.multiply(m, n, k, a, kept, start, c);
    }
  }

  private @Nullable List<Panels> blocks() {
    List<Panels> present = blocks;
    if (present == null && used) {
      present = VectorGemm.blocks(k, n, b);
      blocks = present;
    }
    used = true;
    return present;
  }
}
