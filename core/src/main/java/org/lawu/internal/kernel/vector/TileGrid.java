package org.lawu.internal.kernel.vector;

import org.lawu.internal.parallel.Parallel;
import org.lawu.internal.parallel.RangeBody;

/**
 * A block of C, cut into groups of panels of A times groups of panels of B. Each pair of groups is
 * a chunk of work for a thread, all groups of A for one of B before the next, so that a thread
 * packs few of B; how they are cut depends on the sizes alone.
 */
record TileGrid(int rowPanels, int rowGroups, int columnPanels, int columnGroups, boolean small) {

  /** Elements of A, 256 KB, that stay in the second-level cache while panels of B pass by. */
  private static final int GROUP = 1 << 16;

  /** Elements of a few panels of B, 512 KB, that stay there too while groups of A pass by. */
  private static final int STRIPE = 1 << 17;

  /** Multiply-adds below which a product is done sooner than a second thread is awake. */
  private static final int SMALL = 1 << 20;

  /** With fewer columns of B, rows are divided too. */
  private static final int FEW_COLUMNS = 8 * Tiles.LANES;

  /** Does the panels {@code fromRow..toRow-1} of A times {@code fromColumn..toColumn-1} of B. */
  @FunctionalInterface
  interface Chunk {
    void run(int fromRow, int toRow, int fromColumn, int toColumn);
  }

  static TileGrid of(int rowPanels, int columnPanels, int steps) {
    long tile = (long) Tiles.ROWS * Tiles.COLUMNS * steps;
    long work = tile * rowPanels * columnPanels;
    boolean small = work < SMALL;
    long grains = work / VectorGemm.GRAIN;
    int rowGroups;
    int columnGroups;
    if (steps <= Tiles.SHALLOW) {
      // From four on half as many, since each has to find its B and to pack its A.
      rowGroups = groups(rowPanels, Math.max(grains / 2, Math.min(grains, 2)));
      columnGroups = 1;
    } else {
      long filled = ((long) rowPanels * Tiles.ROWS * steps + GROUP / 2) / GROUP;
      long divided = columnPanels * Tiles.COLUMNS < FEW_COLUMNS ? grains / columnPanels : 1;
      rowGroups = groups(rowPanels, Math.max(filled, divided));
      int stripe = rowGroups == 1 ? 1 : Math.max(1, STRIPE / (steps * Tiles.COLUMNS));
      columnGroups =
          groups(columnPanels, Math.min(grains / rowGroups, Math.ceilDiv(columnPanels, stripe)));
    }
    return new TileGrid(rowPanels, rowGroups, columnPanels, columnGroups, small);
  }

  /** At most so many groups, one at least. */
  private static int groups(int panels, long most) {
    return Math.clamp(most, 1, panels);
  }

  /** The first panel of a group; groups are as equal as can be. */
  private static int first(int panels, int groups, int group) {
    return (int) ((long) panels * group / groups);
  }

  void forEach(Chunk chunk) {
    RangeBody body =
        (from, to) -> {
          for (int group = from; group < to; group++) {
            int i = group % rowGroups;
            int j = group / rowGroups;
            chunk.run(
                first(rowPanels, rowGroups, i),
                first(rowPanels, rowGroups, i + 1),
                first(columnPanels, columnGroups, j),
                first(columnPanels, columnGroups, j + 1));
          }
        };
    if (small) {
      Parallel.shortRange(rowGroups * columnGroups, 1, body);
    } else {
      Parallel.range(rowGroups * columnGroups, 1, body);
    }
  }
}
