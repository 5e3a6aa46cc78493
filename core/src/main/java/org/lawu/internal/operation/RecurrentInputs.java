package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.RightMatrix;

/**
 * The inputs of a recurrent operation by their names, and how its work is cut. Rows of the batch do
 * not depend on each other: chunks of rows run through time by themselves. Time is cut into blocks
 * that stay in the cache between the products over all their steps and the recurrence.
 *
 * @param state contiguous, as biases and lengths are
 */
record RecurrentInputs(
    boolean reverse,
    NdArray x,
    NdArray weightIh,
    NdArray weightHh,
    NdArray biasIh,
    NdArray biasHh,
    NdArray[] state,
    @Nullable NdArray lengths) {

  /** Rows of a block of steps: with four gates of 128, two megabytes. */
  private static final int BLOCK = 1024;

  /** Rows of a chunk: enough for a good tile of the product, few enough to share small batches. */
  private static final int ROWS = 16;

  /** Multiply-adds worth another thread. */
  private static final long WORK = 1 << 19;

  /** Products with the same matrix that are worth laying it out for them. */
  private static final int PACKED = 8;

  static RecurrentInputs of(Recurrent cell, NdArray... inputs) {
    int end = Recurrent.STATE + cell.parts();
    NdArray[] state = new NdArray[cell.parts()];
    for (int part = 0; part < state.length; part++) {
      state[part] = inputs[Recurrent.STATE + part].contiguous();
    }
    return new RecurrentInputs(
        cell.reverse(),
        inputs[0],
        inputs[1],
        inputs[2],
        inputs[3].contiguous(),
        inputs[4].contiguous(),
        state,
        inputs.length > end ? inputs[end].contiguous() : null);
  }

  int steps() {
    return x.shape().size(0);
  }

  int batch() {
    return x.shape().size(1);
  }

  int in() {
    return x.shape().size(2);
  }

  int hidden() {
    return weightHh.shape().size(1);
  }

  /** The columns of all gates. */
  int columns() {
    return weightHh.shape().size(0);
  }

  int length(int row) {
    return lengths == null ? steps() : lengths.ints()[lengths.offset() + row];
  }

  /** Whether some of the rows have a step at this time. */
  boolean anyRuns(int at, int first, int last) {
    for (int row = first; row < last; row++) {
      if (at < length(row)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a row begins with the step at this time. */
  boolean begins(int at, int row) {
    return at == (reverse ? length(row) - 1 : 0);
  }

  /** The time of the step before the one at this time. */
  int before(int at) {
    return reverse ? at + 1 : at - 1;
  }

  /** The number of steps of a block. */
  int blockSteps() {
    return Math.clamp(BLOCK / Math.max(1, batch()), 1, Math.max(1, steps()));
  }

  /** The rows of a chunk, which depends on nothing but sizes. */
  int chunkRows() {
    int n = batch();
    if ((long) n * blockSteps() * columns() * hidden() < 2 * WORK) {
      return Math.max(1, n);
    }
    int chunks = Math.max(2, (n + ROWS - 1) / ROWS);
    return ((n + chunks - 1) / chunks + 3) / 4 * 4;
  }

  /** The rows {@code from..to-1} of weight_hh. */
  Matrix weightHh(int from) {
    return Gemm.matrix(weightHh).from(from, 0);
  }

  /** Lays a matrix out for the products of all steps, unless they are few. */
  RightMatrix right(Kernels kernels, int k, int n, Matrix b) {
    return steps() < PACKED
        ? (m, a, c, accumulate) -> kernels.gemm(m, n, k, a, b, c, accumulate)
        : kernels.recurrence().pack(k, n, b);
  }
}
