package org.lawu.tensor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.Memory;
import org.lawu.internal.array.Recycler;

/**
 * Memory for a computation that repeats, such as the steps of training: what one run allocates, the
 * next uses again, instead of new memory that the garbage collector has to clear and collect. On
 * large tensors that is up to twice as fast. A trainer does this by itself; a loop of your own asks
 * for it:
 *
 * <pre>{@code
 * var workspace = new Workspace();
 * for (Batch batch : loader) {
 *   double loss = workspace.run(() -> {
 *     Tensor batchLoss = crossEntropy.of(model.forward(batch.features(), pass), batch.labels());
 *     optimizer.step(batchLoss.backward());
 *     return batchLoss.item();
 *   });
 * }
 * }</pre>
 *
 * <p>A tensor computed within a run ends with it, and reading it afterwards is an error, not other
 * numbers. What stays: the tensor that the run returns, what is given to {@link #keep} or to {@link
 * Parameter#set}, and of course numbers. A workspace keeps the memory of its largest runs until it
 * is itself forgotten. It serves one thread at a time, and makes no difference to what other
 * threads compute.
 */
public final class Workspace {
  private final Recycler recycler = new Recycler();

  /** A workspace without memory yet. */
  public Workspace() {}

  /**
   * Runs a computation in this workspace and returns its result.
   *
   * @throws org.lawu.error.LawuException if another thread is using this workspace
   */
  public <T extends @Nullable Object> T run(Supplier<T> computation) {
    return recycler.run(() -> {
      T result = computation.get();
      if (result instanceof Tensor tensor) {
        @SuppressWarnings("unchecked") // a tensor for a tensor
        T kept = (T) keep(tensor);
        return kept;
      }
      return result;
    });
  }

  /**
   * The same tensor in memory that outlives the run in which it was computed, if it was in one; not
   * so what it was computed from, so differentiate it within the run.
   */
  public static Tensor keep(Tensor tensor) {
    return new Tensor(Memory.kept(tensor.array), tensor.node);
  }
}
