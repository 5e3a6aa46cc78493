package org.lawu.tensor;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.Memory;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.Recycler;
import org.lawu.internal.parallel.Parallel;

/**
 * The present value of a parameter. Tensors given out must stay what they are, so an update writes
 * a new array; but what was given to the run of a workspace ends with it, so if that is all there
 * is, the update happens in place.
 */
final class LiveValue {
  private final Parameter owner;

  /** Whether the tensors given out are leaves of graphs; guarded by this. */
  private boolean tracked;

  /** Guarded by this. */
  private NdArray array;

  /** The value as it was given out for good; null after an update, until somebody asks. */
  private volatile @Nullable Tensor published;

  /** The run that reads the array, and its number; guarded by this. */
  private @Nullable Recycler reader;

  private int readerRun;

  /** What that run was given; guarded by this. */
  private @Nullable Tensor lent;

  LiveValue(Parameter owner, Tensor initial, boolean tracked) {
    this.owner = owner;
    this.tracked = tracked;
    this.array = lasting(initial);
    this.published = leaf(array);
  }

  private static NdArray lasting(Tensor tensor) {
    return Memory.kept(tensor.array.contiguous());
  }

  private Tensor leaf(NdArray elements) {
    return new Tensor(elements, tracked ? Node.leaf(owner) : null);
  }

  Tensor get() {
    Tensor known = published;
    return known == null ? lend() : known;
  }

  private synchronized Tensor lend() {
    Recycler run = Recycler.current();
    if (run != null && !isReadByAnother(run) && !isForInference(run)) {
      if (lent == null || !isReadBy(run)) {
        lent = leaf(run.borrow(array));
        reader = run;
        readerRun = run.number();
      }
      return lent;
    }
    Tensor value = published;
    if (value == null) {
      value = leaf(array);
      published = value;
    }
    return value;
  }

  /**
   * Whether a second run reads the value without recording: the model is in use, not in training,
   * and its weights may stay where they are, which lets products keep them as they like them best.
   */
  private boolean isForInference(Recycler run) {
    return lent != null && !isReadBy(run) && !Engine.isRecording();
  }

  private boolean isReadBy(Recycler run) {
    return reader == run && readerRun == run.number();
  }

  private boolean isReadByAnother(@Nullable Recycler run) {
    return reader != null && reader != run && reader.isRunning(readerRun);
  }

  synchronized boolean isTracked() {
    return tracked;
  }

  /** Whether the tensors given out from now on are leaves of graphs. */
  synchronized void track(boolean on) {
    if (tracked != on) {
      tracked = on;
      Tensor value = published;
      published = value == null ? null : leaf(value.array);
      lent = lent == null ? null : leaf(lent.array);
    }
  }

  synchronized void set(Tensor newValue) {
    array = lasting(newValue);
    published = leaf(array);
    lent = null;
  }

  /** Updates a tracked value in one pass over the elements; any other stays as it is. */
  synchronized void update(float[] gradient, Parameter.Update update) {
    if (!tracked) {
      return;
    }
    float[] old = array.floats();
    int start = array.offset();
    int elements = array.elements();
    boolean inPlace = published == null && start == 0 && !isReadByAnother(Recycler.current());
    float[] next = inPlace ? old : new float[elements];
    Parallel.range(
        elements,
        Parallel.ELEMENTS,
        (from, to) -> {
          if (!inPlace) {
            System.arraycopy(old, start + from, next, from, to - from);
          }
          update.apply(next, gradient, from, to);
        });
    if (inPlace) {
      revoke();
    } else {
      array = NdArray.of(next, array.shape());
      // It stays what it is, but from now on the run is given the new value.
      lent = null;
    }
    published = null;
  }

  /** What the run has of the value before an update in place must not be taken for it. */
  private void revoke() {
    if (lent != null) {
      Memory.revoke(lent.array);
      lent = null;
    }
  }
}
