package org.lawu.tensor;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.Memory;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.Recycler;
import org.lawu.internal.parallel.Parallel;

/**
 * A named value that training changes: the only thing in Lawu that does. Its value is an immutable
 * tensor that {@link #set} and {@link #update} replace as a whole, so a thread that reads it sees
 * one value or the next and never a mixture, and a tensor taken from it stays what it was.
 */
public final class Parameter {
  private final String name;
  private final boolean trainable;
  private final Shape shape;
  private final DType dtype;

  /** The present value's array; guarded by this. */
  private NdArray array;

  /**
   * The value as it was given out, which must stay what it is; null after an update, until somebody
   * asks.
   */
  private volatile @Nullable Tensor published;

  /** The run of a workspace that reads the array, and its number; guarded by this. */
  private @Nullable Recycler reader;

  private int readerRun;

  /** What that run was given to read. */
  private @Nullable Tensor lent;

  /** A parameter with a first value, whose shape and type it keeps. */
  public Parameter(String name, Tensor initial) {
    this(name, initial, true);
  }

  private Parameter(String name, Tensor initial, boolean trainable) {
    if (!initial.dtype().isFloating()) {
      throw new DTypeException(
          "parameter %s: must be FLOAT32 or FLOAT64, got %s".formatted(name, initial.dtype()));
    }
    this.name = name;
    this.trainable = trainable;
    this.shape = initial.shape();
    this.dtype = initial.dtype();
    this.array = lasting(initial);
    this.published = leaf(array);
  }

  /**
   * A value that is saved and loaded with a model but never trained, such as a running mean: it is
   * untracked and no optimizer touches it.
   */
  public static Parameter buffer(String name, Tensor initial) {
    return new Parameter(name, initial, false);
  }

  private static NdArray lasting(Tensor tensor) {
    return Memory.kept(tensor.array.contiguous());
  }

  private Tensor leaf(NdArray elements) {
    return new Tensor(elements, trainable ? Node.leaf(this) : null);
  }

  /** The name within its layer, such as {@code weight}. */
  public String name() {
    return name;
  }

  /** Whether it is trained; false for a {@link #buffer}. */
  public boolean isTrainable() {
    return trainable;
  }

  /**
   * The present value, tracked if trainable. Taken within {@link Workspace#run} it can be read
   * until the run ends or the parameter is updated, which can then happen in place.
   */
  public Tensor value() {
    Tensor known = published;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      Recycler run = Recycler.current();
      if (run != null && dtype == DType.FLOAT32 && !isReadByAnother(run)) {
        if (lent == null || reader != run || readerRun != run.number()) {
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
  }

  private boolean isReadByAnother(@Nullable Recycler run) {
    return reader != null && reader != run && reader.isRunning(readerRun);
  }

  /** The shape, which never changes. */
  public Shape shape() {
    return shape;
  }

  /** The element type, which never changes. */
  public DType dtype() {
    return dtype;
  }

  /**
   * Replaces the value.
   *
   * @throws ShapeException if the shape differs
   * @throws DTypeException if the type differs
   */
  public void set(Tensor newValue) {
    if (!newValue.shape().equals(shape())) {
      throw new ShapeException(
          "parameter %s: shape must stay %s, got %s".formatted(name, shape(), newValue.shape()));
    }
    if (newValue.dtype() != dtype()) {
      throw new DTypeException(
          "parameter %s: type must stay %s, got %s; convert with .to(DType.%s)"
              .formatted(name, dtype(), newValue.dtype(), dtype()));
    }
    NdArray lasting = lasting(newValue);
    synchronized (this) {
      array = lasting;
      published = leaf(lasting);
      lent = null;
    }
  }

  /** One step of an optimizer on a range of a parameter's elements. */
  @FunctionalInterface
  public interface Update {
    /**
     * Changes {@code value[i]} for {@code from <= i < to}, reading {@code gradient[i]} and state of
     * the optimizer's own. Ranges are disjoint and may run on several threads at once.
     */
    void apply(float[] value, float[] gradient, int from, int to);
  }

  /**
   * Replaces the value by an updated one, in one pass over the elements; in place if nobody can
   * have the old one.
   *
   * @throws ShapeException if the gradient's shape differs
   * @throws DTypeException if the parameter or the gradient is not FLOAT32
   * @throws ArgumentException if this is a buffer
   */
  public void update(Tensor gradient, Update update) {
    if (!trainable) {
      throw new ArgumentException("parameter %s: a buffer is not trained; use set".formatted(name));
    }
    if (dtype() != DType.FLOAT32 || gradient.dtype() != DType.FLOAT32) {
      throw new DTypeException(
          "parameter %s: updates need FLOAT32, the value is %s and the gradient %s"
              .formatted(name, dtype(), gradient.dtype()));
    }
    if (!gradient.shape().equals(shape())) {
      throw new ShapeException(
          "parameter %s: the gradient must be %s, got %s"
              .formatted(name, shape(), gradient.shape()));
    }
    NdArray contiguous = gradient.array.contiguous();
    float[] slope = contiguous.offset() == 0 ? contiguous.floats() : gradient.toFloatArray();
    replace(slope, update);
  }

  private synchronized void replace(float[] gradient, Update update) {
    float[] old = array.floats();
    int start = array.offset();
    int elements = shape.elements();
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
      array = NdArray.of(next, shape);
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

  @Override
  public String toString() {
    return (trainable ? "Parameter " : "Buffer ") + name + " " + shape();
  }
}
