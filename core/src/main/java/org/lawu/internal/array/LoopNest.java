package org.lawu.internal.array;

import java.util.Arrays;
import org.lawu.tensor.Shape;

/**
 * One walk over several layouts of the same shape: axes that are adjacent in every layout are
 * merged, so that what is left is an inner run that a kernel handles in one call and an outer
 * counter over the starts of the runs.
 */
public final class LoopNest {
  private final int[] sizes;
  private final int[][] strides;
  private final int[] offsets;
  private final int runs;

  private LoopNest(int[] sizes, int[][] strides, int[] offsets) {
    this.sizes = sizes;
    this.strides = strides;
    this.offsets = offsets;
    int count = 1;
    for (int i = 0; i < sizes.length - 1; i++) {
      count *= sizes[i];
    }
    this.runs = count;
  }

  /** The walk over layouts of one common shape, which has at least one element. */
  public static LoopNest of(Layout... layouts) {
    Shape shape = layouts[0].shape();
    int rank = shape.rank();
    int[] sizes = new int[rank + 1];
    int[][] strides = new int[layouts.length][rank + 1];
    int[] offsets = new int[layouts.length];
    for (int k = 0; k < layouts.length; k++) {
      offsets[k] = layouts[k].offset();
    }
    int depth = 0;
    for (int axis = 0; axis < rank; axis++) {
      int size = shape.size(axis);
      if (size == 1) {
        continue;
      }
      boolean merges = depth > 0;
      for (int k = 0; k < layouts.length && merges; k++) {
        merges = strides[k][depth - 1] == layouts[k].strides()[axis] * size;
      }
      int at = merges ? depth - 1 : depth++;
      sizes[at] = merges ? sizes[at] * size : size;
      for (int k = 0; k < layouts.length; k++) {
        strides[k][at] = layouts[k].strides()[axis];
      }
    }
    if (depth == 0) {
      sizes[depth++] = 1;
    }
    for (int k = 0; k < layouts.length; k++) {
      strides[k] = Arrays.copyOf(strides[k], depth);
    }
    return new LoopNest(Arrays.copyOf(sizes, depth), strides, offsets);
  }

  /** The number of inner runs. */
  public int runs() {
    return runs;
  }

  /** The number of elements of an inner run. */
  public int runLength() {
    return sizes[sizes.length - 1];
  }

  /** The stride of layout {@code k} along the inner run. */
  public int runStride(int k) {
    return strides[k][sizes.length - 1];
  }

  /**
   * What to do with an inner run: its number and the offset of its first element in each layout.
   */
  @FunctionalInterface
  public interface RunBody {
    /** Handles run number {@code run}; {@code at[k]} is its start in layout {@code k}. */
    void run(int run, int[] at);
  }

  /** Visits the runs from {@code from} (inclusive) to {@code to} (exclusive), in order. */
  public void forEachRun(int from, int to, RunBody body) {
    int outer = sizes.length - 1;
    int[] index = new int[outer];
    int[] at = offsets.clone();
    int rest = from;
    for (int axis = outer - 1; axis >= 0; axis--) {
      index[axis] = rest % sizes[axis];
      rest /= sizes[axis];
      for (int k = 0; k < at.length; k++) {
        at[k] += index[axis] * strides[k][axis];
      }
    }
    for (int run = from; run < to; run++) {
      body.run(run, at);
      for (int axis = outer - 1; axis >= 0; axis--) {
        for (int k = 0; k < at.length; k++) {
          at[k] += strides[k][axis];
        }
        if (++index[axis] < sizes[axis]) {
          break;
        }
        for (int k = 0; k < at.length; k++) {
          at[k] -= sizes[axis] * strides[k][axis];
        }
        index[axis] = 0;
      }
    }
  }
}
