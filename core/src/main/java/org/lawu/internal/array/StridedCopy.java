package org.lawu.internal.array;

import org.lawu.internal.array.Storage.Booleans;
import org.lawu.internal.array.Storage.Doubles;
import org.lawu.internal.array.Storage.Floats;
import org.lawu.internal.array.Storage.Ints;
import org.lawu.internal.parallel.Parallel;

/** Copies elements from one layout into another of the same shape and type. */
public final class StridedCopy {
  /** Elements below which dividing a copy among threads costs more than it gains. */
  private static final int GRAIN = 1 << 16;

  /**
   * The side of the square tiles in which a matrix is transposed, so that both sides stay cached.
   */
  private static final int TILE = 16;

  private StridedCopy() {}

  /** Copies every element of {@code from} to the same position of {@code to}. */
  public static void copy(NdArray from, NdArray to) {
    if (from.elements() == 0) {
      return;
    }
    var nest = LoopNest.of(from.layout(), to.layout());
    int length = nest.runLength();
    if (nest.runStride(0) == 1 && nest.runStride(1) == 1) {
      copyRuns(nest, from.storage().array(), to.storage().array(), length);
    } else if (!transpose(from, to)) {
      copyStrided(nest, from.storage(), to.storage(), length);
    }
  }

  private static void copyRuns(LoopNest nest, Object from, Object to, int length) {
    Parallel.range(
        nest.runs(),
        Math.max(1, GRAIN / length),
        (first, last) ->
            nest.forEachRun(
                first, last, (run, at) -> System.arraycopy(from, at[0], to, at[1], length)));
  }

  /** A FLOAT32 matrix whose source runs down the columns, in tiles; false for anything else. */
  private static boolean transpose(NdArray from, NdArray to) {
    int rank = from.shape().rank();
    if (rank < 2
        || !(from.storage() instanceof Floats source)
        || !(to.storage() instanceof Floats target)
        || from.stride(rank - 2) != 1
        || to.stride(rank - 1) != 1) {
      return false;
    }
    int rows = from.shape().size(rank - 2);
    int columns = from.shape().size(rank - 1);
    int sourceColumn = from.stride(rank - 1);
    int targetRow = to.stride(rank - 2);
    int[] starts = new int[] {from.offset(), to.offset()};
    if (rank == 2) {
      int tiles = (rows + TILE - 1) / TILE;
      Parallel.range(
          tiles,
          (int) Math.max(1, GRAIN / ((long) TILE * Math.max(1, columns))),
          (first, last) ->
              transposeRows(
                  source.data(),
                  starts[0],
                  sourceColumn,
                  target.data(),
                  starts[1],
                  targetRow,
                  first * TILE,
                  Math.min(rows, last * TILE),
                  columns));
      return true;
    }
    var nest = LoopNest.of(from.layout().leading(rank - 2), to.layout().leading(rank - 2));
    int length = nest.runLength();
    int fromStep = nest.runStride(0);
    int toStep = nest.runStride(1);
    Parallel.range(
        nest.runs() * length,
        Math.max(1, GRAIN / Math.max(1, rows * columns)),
        (first, last) ->
            nest.forEachRun(
                first / length,
                (last + length - 1) / length,
                (run, at) -> {
                  int low = Math.max(first - run * length, 0);
                  int high = Math.min(last - run * length, length);
                  for (int i = low; i < high; i++) {
                    transposeRows(
                        source.data(),
                        at[0] + i * fromStep,
                        sourceColumn,
                        target.data(),
                        at[1] + i * toStep,
                        targetRow,
                        0,
                        rows,
                        columns);
                  }
                }));
    return true;
  }

  private static void transposeRows(
      float[] source,
      int sourceAt,
      int sourceColumn,
      float[] target,
      int targetAt,
      int targetRow,
      int fromRow,
      int toRow,
      int columns) {
    for (int row = fromRow; row < toRow; row += TILE) {
      int rowEnd = Math.min(row + TILE, toRow);
      for (int column = 0; column < columns; column += TILE) {
        int columnEnd = Math.min(column + TILE, columns);
        for (int r = row; r < rowEnd; r++) {
          for (int c = column; c < columnEnd; c++) {
            target[targetAt + r * targetRow + c] = source[sourceAt + r + c * sourceColumn];
          }
        }
      }
    }
  }

  private static void copyStrided(LoopNest nest, Storage from, Storage to, int length) {
    int fromStep = nest.runStride(0);
    int toStep = nest.runStride(1);
    Parallel.range(
        nest.runs(),
        Math.max(1, GRAIN / length),
        (first, last) ->
            nest.forEachRun(
                first,
                last,
                (run, at) -> copyRun(from, at[0], fromStep, to, at[1], toStep, length)));
  }

  private static void copyRun(
      Storage from, int fromAt, int fromStep, Storage to, int toAt, int toStep, int length) {
    switch (from) {
      case Floats floats -> {
        float[] source = floats.data();
        float[] target = ((Floats) to).data();
        for (int i = 0; i < length; i++) {
          target[toAt + i * toStep] = source[fromAt + i * fromStep];
        }
      }
      case Doubles(var source) -> {
        double[] target = ((Doubles) to).data();
        for (int i = 0; i < length; i++) {
          target[toAt + i * toStep] = source[fromAt + i * fromStep];
        }
      }
      case Ints(var source) -> {
        int[] target = ((Ints) to).data();
        for (int i = 0; i < length; i++) {
          target[toAt + i * toStep] = source[fromAt + i * fromStep];
        }
      }
      case Booleans(var source) -> {
        boolean[] target = ((Booleans) to).data();
        for (int i = 0; i < length; i++) {
          target[toAt + i * toStep] = source[fromAt + i * fromStep];
        }
      }
    }
  }
}
