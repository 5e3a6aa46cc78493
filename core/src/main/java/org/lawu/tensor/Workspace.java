package org.lawu.tensor;

import java.util.function.BiFunction;
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
 * Parameter#set}, and of course numbers. A part of a run that is {@link #tidy} gives back its
 * intermediate results before: the layers of a {@code Sequential} are. A workspace keeps the memory
 * of its largest runs until it is itself forgotten. It serves one thread at a time, and makes no
 * difference to what other threads compute.
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

  /** The bytes of the arrays that it keeps for its next run; ask between runs. */
  public long bytes() {
    return recycler.elements() * Float.BYTES;
  }

  /**
   * Runs a computation and gives back at once what it allocated in the run that this thread is in,
   * for the rest of the run to use: all that is neither its result, nor kept, nor saved by a graph
   * for backpropagation. TensorFlow.js has a function of this name.
   *
   * <pre>{@code
   * Tensor hidden = Workspace.tidy(() -> x.linear(weight, bias).relu());
   * }</pre>
   *
   * <p>Any other tensor computed in it cannot be read afterwards, so {@link #keep} what is put
   * aside. If the computation fails, its memory goes back when the run ends; outside of a run it is
   * just the computation.
   */
  public static Tensor tidy(Supplier<Tensor> computation) {
    Recycler run = Recycler.current();
    if (run == null) {
      return computation.get();
    }
    int lentBefore = run.lentSoFar();
    Tensor result = computation.get();
    run.tidy(lentBefore, result.array.storage());
    return result;
  }

  /**
   * Takes steps one after another, each from the result of the one before, which is given back like
   * all that a step allocates: as soon as the next step is done, if it is neither kept nor saved by
   * a graph. See {@link #tidy(Supplier)}.
   *
   * <pre>{@code
   * Tensor output = Workspace.tidy(input, layers, (x, layer) -> layer.forward(x, pass));
   * }</pre>
   *
   * @return the result of the last step, or the input if there is none
   */
  public static <S> Tensor tidy(
      Tensor input, Iterable<S> steps, BiFunction<Tensor, ? super S, Tensor> step) {
    Recycler run = Recycler.current();
    int lentBefore = run == null ? 0 : run.lentSoFar();
    Tensor result = input;
    for (S next : steps) {
      result = step.apply(result, next);
      if (run != null) {
        run.tidy(lentBefore, result.array.storage());
      }
    }
    return result;
  }

  /**
   * The same tensor in memory that outlives the run in which it was computed, if it was in one; not
   * so what it was computed from, so differentiate it within the run.
   */
  public static Tensor keep(Tensor tensor) {
    return new Tensor(Memory.kept(tensor.array), tensor.node);
  }
}
