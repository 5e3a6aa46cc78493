package org.lawu.internal.kernel.vector;

import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.PanelPool;
import org.lawu.internal.kernel.RightMatrix;

/**
 * A right operand in panels, packed once. The loop over the panels is outside, so that the few rows
 * of A meet a panel in the first-level cache.
 */
final class PackedMatrix implements RightMatrix {

  /** Steps along k of a block: a panel of 32 KB with vectors of 512 bits. */
  private static final int DEPTH = 128;

  private final PanelPool pool;
  private final int k;
  private final Panels[] blocks;

  PackedMatrix(int k, int n, Matrix b, PanelPool pool) {
    this.pool = pool;
    this.k = k;
    this.blocks = new Panels[(k + DEPTH - 1) / DEPTH];
    for (int block = 0; block < blocks.length; block++) {
      Panels panels = Panels.columns(b, false);
      panels.select(block * DEPTH, steps(block), 0, n);
      panels.repack(0, panels.count(), pool);
      blocks[block] = panels;
    }
  }

  private int steps(int block) {
    return Math.min(DEPTH, k - block * DEPTH);
  }

  @Override
  public void multiply(int m, Matrix a, Matrix c, boolean accumulate) {
    int rowPanels = Math.ceilDiv(m, Tiles.ROWS);
    for (int block = 0; block < blocks.length; block++) {
      Panels left = Panels.rows(a);
      left.select(block * DEPTH, steps(block), 0, m);
      Matrix start = accumulate || block > 0 ? c : Tiles.ZERO;
      var tiles = new Tiles(left, blocks[block], steps(block), start, c);
      for (int panel = 0; panel < blocks[block].count(); panel++) {
        tiles.run(0, rowPanels, panel, panel + 1, pool);
      }
    }
  }

  @Override
  public void release() {
    for (Panels panels : blocks) {
      panels.release(pool);
    }
  }
}
