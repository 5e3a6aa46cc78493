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
      Panels panels = Panels.columns(b, Tiles.COLUMNS, false);
      panels.select(block * DEPTH, steps(block), 0, n, pool);
      panels.pack(0, panels.count());
      blocks[block] = panels;
    }
  }

  private int steps(int block) {
    return Math.min(DEPTH, k - block * DEPTH);
  }

  @Override
  public void multiply(int m, Matrix a, Matrix c, boolean accumulate) {
    int high = m / Tiles.ROWS * Tiles.ROWS;
    for (int block = 0; block < blocks.length; block++) {
      boolean add = accumulate || block > 0;
      Tiles whole = tiles(block, Panels.rows(a, true), high, c, add);
      // The rest is a panel of its own height, so that it need not be packed.
      Panels last = Panels.rows(a.from(high, 0), Math.max(1, m - high), true);
      Tiles rest = tiles(block, last, m - high, c.from(high, 0), add);
      for (int panel = 0; panel < blocks[block].count(); panel++) {
        whole.run(0, high / Tiles.ROWS, panel, panel + 1, pool);
        rest.run(0, Math.min(1, m - high), panel, panel + 1, pool);
      }
    }
  }

  @Override
  public void release() {
    for (Panels panels : blocks) {
      panels.release(pool);
    }
  }

  /** For {@code count} rows of A. */
  private Tiles tiles(int block, Panels left, int count, Matrix c, boolean add) {
    left.select(block * DEPTH, steps(block), 0, count);
    return new Tiles(left, blocks[block], steps(block), add ? c : Tiles.ZERO, c);
  }
}
