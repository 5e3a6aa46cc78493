package org.lawu.internal.kernel.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.PanelPool;
import org.lawu.internal.parallel.Parallel;

/**
 * Matrix product after Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication
 * (2008): blocks of A and B that fit the caches, packed into panels, multiplied by register tiles.
 * What is particular is the care for the small and narrow products of neural networks: an operand
 * is packed only where that pays, and C is computed transposed where its columns are better
 * vectors.
 *
 * <p>How the work is cut, and so the order of every sum, depends on the sizes alone.
 */
final class VectorGemm {

  private static final int LANES = Tiles.LANES;

  /**
   * Steps along k of a block. The more, the less often C is read and written again, which costs
   * more than reading panels of B from the second-level cache: 1024 instead of 384 is a tenth
   * faster.
   */
  private static final int DEPTH = 1024;

  /** Rows of a transposed A packed at a time, columns of a B that is kept: some megabytes. */
  private static final int EXTENT = 2048;

  /** Up to so many panels of A, reading B in place is cheaper than packing it. */
  private static final int DIRECT_B = 1;

  /** Panels of a transposed A that a thread packs at a time, since they share cache lines. */
  private static final int PANELS_OF_A = 8;

  /** So many rows, or columns, are done by dot products sooner than the other matrix is turned. */
  private static final int FEW = 4;

  /** Fewer rows than make a good tile. */
  private static final int SINGLE_ROWS = 3;

  /** Columns of C of a few hundred bytes, so that rows of B stream by in pieces worth the name. */
  private static final int COLUMN_BLOCK = 256;

  /** Multiply-adds worth another thread that is awake: some 5 microseconds. */
  static final int GRAIN = 1 << 18;

  private final PanelPool pool = new PanelPool();

  /** {@code C = S + A B}, where S may be C or {@link Tiles#ZERO}. */
  void multiply(int m, int n, int k, Matrix a, Matrix b, Matrix start, Matrix c) {
    if (m == 0 || n == 0) {
      return;
    }
    switch (way(m, n, k, a, b, c)) {
      case FILL -> fill(m, n, start, c);
      case DOTS -> dots(m, n, k, a, b, c, begin(m, n, start, c));
      case DOTS_TRANSPOSED -> {
        boolean accumulate = begin(m, n, start, c);
        dots(n, m, k, b.transposed(), a.transposed(), c.transposed(), accumulate);
      }
      case DOT_BLOCKS -> dotBlocks(m, n, k, a, b, start, c);
      case ROWS -> {
        fill(m, n, start, c);
        rows(m, n, k, a, b, c);
      }
      case ROWS_TRANSPOSED -> {
        fill(m, n, start, c);
        rows(n, m, k, b.transposed(), a.transposed(), c.transposed());
      }
      case TILES -> {
        if (betterTransposed(m, n, k, a, b)) {
          tiles(n, m, k, b.transposed(), a.transposed(), start.transposed(), c.transposed());
        } else {
          tiles(m, n, k, a, b, start, c);
        }
      }
    }
  }

  private enum Way {
    FILL,
    DOTS,
    DOTS_TRANSPOSED,
    DOT_BLOCKS,
    ROWS,
    ROWS_TRANSPOSED,
    TILES
  }

  private static Way way(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    if (k == 0) {
      return Way.FILL;
    }
    if (m <= FEW && b.rowStep == 1 && b.columnStep != 1) {
      return Way.DOTS;
    }
    if (n <= FEW && a.columnStep == 1) {
      return Way.DOTS_TRANSPOSED;
    }
    if (DotBlock.pays(m, n, k) && a.columnStep == 1) {
      return Way.DOT_BLOCKS;
    }
    if (m <= SINGLE_ROWS && n >= LANES && b.columnStep == 1) {
      return Way.ROWS;
    }
    if (n <= SINGLE_ROWS && m >= LANES && a.rowStep == 1 && c.rowStep == 1) {
      return Way.ROWS_TRANSPOSED;
    }
    return Way.TILES;
  }

  /** Whether {@link #multiply} computes such a product in tiles, and so reads panels. */
  static boolean inTiles(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    return m > 0 && n > 0 && way(m, n, k, a, b, c) == Way.TILES;
  }

  /** Writes what sums start from to C, unless that is nothing; returns whether to add to C. */
  private static boolean begin(int m, int n, Matrix start, Matrix c) {
    if (start == Tiles.ZERO) {
      return false;
    }
    fill(m, n, start, c);
    return true;
  }

  private static void fill(int m, int n, Matrix start, Matrix c) {
    if (start == c) {
      return;
    }
    for (int i = 0; i < m; i++) {
      if (start == Tiles.ZERO) {
        Arrays.fill(c.data, c.index(i, 0), c.index(i, n), 0);
      } else {
        System.arraycopy(start.data, start.index(i, 0), c.data, c.index(i, 0), n);
      }
    }
  }

  /** Vectors run along the columns of B, or after transposition along the rows of A. */
  private static boolean betterTransposed(int m, int n, int k, Matrix a, Matrix b) {
    if (b.columnStep == 1) {
      return n < LANES && m > n && a.rowStep == 1;
    }
    if (b.rowStep != 1) {
      return a.rowStep == 1;
    }
    // B is to be turned, or else C, and A if it has to be.
    long turned = (long) m * n + (a.rowStep == 1 ? 0 : (long) m * k);
    return turned < (long) n * k && m >= LANES / 2;
  }

  /** Very few rows, rows of B contiguous: sums of rows of B are added to C. */
  private static void rows(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    int grain = Math.clamp(GRAIN / k / COLUMN_BLOCK, 1, 16) * COLUMN_BLOCK;
    for (int i = 0; i < m; i++) {
      int aAt = a.index(i, 0);
      int cAt = c.index(i, 0);
      Parallel.range(
          n,
          grain,
          (from, to) -> RowUpdate.add(from, to, k, a.data, aAt, a.columnStep, b, c.data, cAt));
    }
  }

  /** Few rows, columns of B contiguous: dot products. */
  private static void dots(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
    Matrix rows = a.columnStep == 1 ? a : contiguousRows(m, k, a);
    int grain = Math.max(4, GRAIN / k / 4 * 4);
    for (int i = 0; i < m; i++) {
      int row = i;
      Parallel.range(
          n,
          grain,
          (from, to) ->
              DotTile.row(
                  from,
                  to,
                  k,
                  rows.data,
                  rows.index(row, 0),
                  b.data,
                  b.at,
                  b.columnStep,
                  c.data,
                  c.index(row, 0),
                  c.columnStep,
                  accumulate));
    }
  }

  /** Few columns, rows of A contiguous and long: dot products again, many at a time. */
  private void dotBlocks(int m, int n, int k, Matrix a, Matrix b, Matrix start, Matrix c) {
    boolean packed = b.rowStep != 1;
    Matrix columns = packed ? new Matrix(pool.take(n * k), 0, 1, k) : b;
    if (packed) {
      Packing.copy(b.data, b.at, b.rowStep, b.columnStep, columns.data, 0, 1, k, k, n);
    }
    int grain = Math.max(1, GRAIN / (n * k) / DotBlock.ROWS) * DotBlock.ROWS;
    Parallel.range(m, grain, (from, to) -> DotBlock.rows(from, to, n, k, a, columns, start, c));
    if (packed) {
      pool.give(columns.data);
    }
  }

  private static Matrix contiguousRows(int m, int k, Matrix a) {
    float[] copy = new float[m * k];
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        copy[i * k + p] = a.data[a.index(i, p)];
      }
    }
    return new Matrix(copy, 0, k, 1);
  }

  private void tiles(int m, int n, int k, Matrix a, Matrix b, Matrix start, Matrix c) {
    boolean directB = b.columnStep == 1 && m <= DIRECT_B * Tiles.ROWS;
    Panels right = Panels.columns(b, directB);
    Panels left = Panels.rows(a);
    int depth = depth(k);
    try {
      for (int j = 0; j < n; j += EXTENT) {
        int columns = Math.min(EXTENT, n - j);
        for (int p = 0; p < k; p += depth) {
          right.select(p, Math.min(depth, k - p), j, columns);
          multiply(m, left, right, start, c);
        }
      }
    } finally {
      left.release(pool);
    }
  }

  /** As equal blocks as can be. */
  private static int depth(int k) {
    int blocks = (k + DEPTH - 1) / DEPTH;
    return (k + blocks - 1) / blocks;
  }

  /** All rows of A times a block of B. */
  private void multiply(int m, Panels left, Panels right, Matrix start, Matrix c) {
    int steps = right.steps();
    Matrix from = right.firstStep() > 0 ? c : start;
    for (int i = 0; i < m; i += EXTENT) {
      left.select(right.firstStep(), steps, i, Math.min(EXTENT, m - i));
      Tiles tiles =
          new Tiles(
              left,
              right,
              steps,
              from.from(i, right.firstColumn()),
              c.from(i, right.firstColumn()));
      run(tiles);
    }
  }

  /**
   * Each thread packs what it reads of B, and of A where nobody else reads it; otherwise A is
   * packed before.
   */
  private void run(Tiles tiles) {
    Panels left = tiles.left();
    Panels right = tiles.right();
    var grid = TileGrid.of(left.count(), right.count(), right.steps());
    if (grid.columnGroups() > 1) {
      left.buffer(pool);
      pack(left, PANELS_OF_A);
    }
    if (right.isReady()) {
      grid.forEach((fromRow, toRow, fromColumn, toColumn) ->
          run(tiles, fromRow, toRow, fromColumn, toColumn));
      return;
    }
    var stripes = new Stripes(tiles, pool);
    grid.forEach((fromRow, toRow, fromColumn, toColumn) -> {
      Stripes.Stripe stripe = stripes.take(fromColumn, toColumn);
      run(stripe.tiles(), fromRow, toRow, fromColumn, toColumn);
      stripes.give(stripe);
    });
    stripes.release();
  }

  /** With a copy of what of A is to be packed still. */
  private void run(Tiles tiles, int fromRow, int toRow, int fromColumn, int toColumn) {
    if (tiles.left().isReady()) {
      tiles.run(fromRow, toRow, fromColumn, toColumn, pool);
      return;
    }
    Panels rows = tiles.left().packedCopy(fromRow, toRow, pool);
    tiles.withLeft(rows).run(fromRow, toRow, fromColumn, toColumn, pool);
    rows.release(pool);
  }

  /** The blocks of B, packed for good in the order in which {@link #multiply} reads them. */
  static List<Panels> blocks(int k, int n, Matrix b) {
    List<Panels> blocks = new ArrayList<>();
    int depth = depth(k);
    for (int j = 0; j < n; j += EXTENT) {
      for (int p = 0; p < k; p += depth) {
        Panels right = Panels.columns(b, false);
        right.keep(p, Math.min(depth, k - p), j, Math.min(EXTENT, n - j));
        pack(right, 1);
        blocks.add(right);
      }
    }
    return blocks;
  }

  /** {@code C = S + A B} with the {@link #blocks} of a B of n columns; the same to the bit. */
  void multiply(int m, int n, int k, Matrix a, List<Panels> blocks, Matrix start, Matrix c) {
    Panels left = Panels.rows(a);
    try {
      for (Panels right : blocks) {
        multiply(m, left, right, start, c);
      }
    } finally {
      left.release(pool);
    }
  }

  /** At least so many panels at a time. */
  private static void pack(Panels panels, int least) {
    int from = panels.packedFrom();
    if (from < panels.count()) {
      Parallel.range(
          panels.count() - from,
          Math.max(least, Parallel.ELEMENTS / panels.size(from)),
          (first, last) -> panels.pack(from + first, from + last));
    }
    panels.ready();
  }
}
