package org.lawu.tensor;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;

/**
 * A named value that training changes: the only thing in Lawu that does. Its value is an immutable
 * tensor that {@link #set} and {@link #update} replace as a whole, so a thread that reads it sees
 * one value or the next and never a mixture, and a tensor taken from it stays what it was.
 *
 * <p>A {@link #freeze frozen} parameter takes no part in training: its value is untracked, so that
 * nothing is remembered and no gradient computed for it, and optimizers leave it as it is.
 */
public final class Parameter {
  private final String name;
  private final boolean buffer;

  /** Tracked unless this is a buffer or frozen: value and state change together. */
  private volatile Tensor value;

  /** A parameter with a first value, whose shape and type it keeps. */
  public Parameter(String name, Tensor initial) {
    this(name, initial, false);
  }

  private Parameter(String name, Tensor initial, boolean buffer) {
    if (!initial.dtype().isFloating()) {
      throw new DTypeException(
          "parameter %s: must be FLOAT32 or FLOAT64, got %s".formatted(name, initial.dtype()));
    }
    this.name = name;
    this.buffer = buffer;
    this.value = leaf(initial, !buffer);
  }

  /**
   * A value that is saved and loaded with a model but never trained, such as a running mean: it is
   * untracked and no optimizer touches it.
   */
  public static Parameter buffer(String name, Tensor initial) {
    return new Parameter(name, initial, true);
  }

  private Tensor leaf(Tensor tensor, boolean tracked) {
    return new Tensor(tensor.array.contiguous(), tracked ? Node.leaf(this) : null);
  }

  /** The name within its layer, such as {@code weight}. */
  public String name() {
    return name;
  }

  /** Whether it is trained: neither a {@link #buffer} nor {@link #freeze frozen}. */
  public boolean isTrainable() {
    return value.isTracked();
  }

  /** Whether it is saved and loaded but never trained; see {@link #buffer}. */
  public boolean isBuffer() {
    return buffer;
  }

  /** Whether it takes no part in training for now; see {@link #freeze}. */
  public boolean isFrozen() {
    return !buffer && !isTrainable();
  }

  /**
   * Takes it out of training until {@link #unfreeze}: what is computed from now on gives it no
   * gradient, and {@link #update} leaves it as it is, even with gradients from before. {@link #set}
   * still replaces the value. Does nothing to a buffer.
   */
  public synchronized void freeze() {
    value = leaf(value, false);
  }

  /** Lets it be trained again. Does nothing to a buffer, or to what is not frozen. */
  public synchronized void unfreeze() {
    if (isFrozen()) {
      value = leaf(value, true);
    }
  }

  /** The present value, tracked if trainable. */
  public Tensor value() {
    return value;
  }

  /** The shape, which never changes. */
  public Shape shape() {
    return value.shape();
  }

  /** The element type, which never changes. */
  public DType dtype() {
    return value.dtype();
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
    replace(newValue);
  }

  /** A frozen parameter stays frozen. */
  private synchronized void replace(Tensor next) {
    value = leaf(next, isTrainable());
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
   * Replaces the value by an updated copy, in one pass over the elements; a frozen parameter stays
   * as it is.
   *
   * @throws ShapeException if the gradient's shape differs
   * @throws DTypeException if the parameter or the gradient is not FLOAT32
   * @throws ArgumentException if this is a buffer
   */
  public void update(Tensor gradient, Update update) {
    if (buffer) {
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
    if (isFrozen()) {
      return;
    }
    float[] next = value.toFloatArray();
    NdArray contiguous = gradient.array.contiguous();
    float[] slope = contiguous.offset() == 0 ? contiguous.floats() : gradient.toFloatArray();
    Parallel.range(
        next.length, Parallel.ELEMENTS, (from, to) -> update.apply(next, slope, from, to));
    replaceUnlessFrozen(new Tensor(NdArray.of(next, shape()), null));
  }

  /** Another thread may have frozen it while the update was computed. */
  private synchronized void replaceUnlessFrozen(Tensor next) {
    if (!isFrozen()) {
      value = leaf(next, true);
    }
  }

  @Override
  public String toString() {
    return (buffer ? "Buffer " : "Parameter ")
        + name
        + " "
        + shape()
        + (isFrozen() ? " frozen" : "");
  }
}
