package org.lawu.tensor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;

/**
 * A named value that training changes: the only thing in Lawu that does. Its value is an immutable
 * tensor that {@link #set} and {@link #update} replace as a whole, so a thread that reads it sees
 * one value or the next and never a mixture, and a tensor taken from it stays what it was.
 *
 * <p>A {@link #freeze frozen} parameter takes no part in training: its value is untracked, so that
 * nothing is remembered and no gradient computed for it, and optimizers leave it as it is.
 */
public final class Parameter {
  /** The values that hold on this thread in place of the real ones. */
  private static final ScopedValue<Map<Parameter, Tensor>> OTHERS = ScopedValue.newInstance();

  private final String name;
  private final boolean buffer;

  private final Shape shape;
  private final DType dtype;

  /** Tracked unless this is a buffer or frozen: value and state change together. */
  private final LiveValue value;

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
    this.shape = initial.shape();
    this.dtype = initial.dtype();
    this.value = new LiveValue(this, initial, !buffer);
  }

  /**
   * A value that is saved and loaded with a model but never trained, such as a running mean: it is
   * untracked and no optimizer touches it.
   */
  public static Parameter buffer(String name, Tensor initial) {
    return new Parameter(name, initial, true);
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
  public void freeze() {
    value.track(false);
  }

  /** Lets it be trained again. Does nothing to a buffer, or to what is not frozen. */
  public void unfreeze() {
    value.track(!buffer);
  }

  /**
   * The present value, tracked if trainable; or that of {@link Autograd#withValues}. Taken within
   * {@link Workspace#run} it can be read until the run ends or the parameter is updated, which can
   * then happen in place.
   */
  public Tensor value() {
    Tensor other = OTHERS.isBound() ? OTHERS.get().get(this) : null;
    return other == null ? value.get() : other;
  }

  static <T extends @Nullable Object> T withValues(
      Map<Parameter, Tensor> values, Supplier<T> computation) {
    Map<Parameter, Tensor> others = new HashMap<>(OTHERS.orElse(Map.of()));
    values.forEach((parameter, other) -> {
      parameter.check(other);
      others.put(parameter, other);
    });
    return ScopedValue.where(OTHERS, others).call(computation::get);
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
    check(newValue);
    value.set(newValue);
  }

  private void check(Tensor newValue) {
    if (!newValue.shape().equals(shape())) {
      throw new ShapeException(
          "parameter %s: shape must stay %s, got %s".formatted(name, shape(), newValue.shape()));
    }
    if (newValue.dtype() != dtype()) {
      throw new DTypeException(
          "parameter %s: type must stay %s, got %s; convert with .to(DType.%s)"
              .formatted(name, dtype(), newValue.dtype(), dtype()));
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
   * have the old one. A frozen parameter stays as it is.
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
    NdArray contiguous = gradient.array.contiguous();
    float[] slope = contiguous.offset() == 0 ? contiguous.floats() : gradient.toFloatArray();
    value.update(slope, update);
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
