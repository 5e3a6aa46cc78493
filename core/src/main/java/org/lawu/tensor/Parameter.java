package org.lawu.tensor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.parallel.Parallel;

/**
 * A named value that training changes: the only thing in Lawu that does. Its value is an immutable
 * tensor that {@link #set} and {@link #update} replace as a whole, so a thread that reads it sees
 * one value or the next and never a mixture, and a tensor taken from it stays what it was.
 */
public final class Parameter {
  /** The values that hold on this thread in place of the real ones. */
  private static final ScopedValue<Map<Parameter, Tensor>> OTHERS = ScopedValue.newInstance();

  private final String name;
  private final boolean trainable;
  private volatile Tensor value;

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
    this.value = leaf(initial);
  }

  /**
   * A value that is saved and loaded with a model but never trained, such as a running mean: it is
   * untracked and no optimizer touches it.
   */
  public static Parameter buffer(String name, Tensor initial) {
    return new Parameter(name, initial, false);
  }

  private Tensor leaf(Tensor tensor) {
    return new Tensor(tensor.array.contiguous(), trainable ? Node.leaf(this) : null);
  }

  /** The name within its layer, such as {@code weight}. */
  public String name() {
    return name;
  }

  /** Whether it is trained; false for a {@link #buffer}. */
  public boolean isTrainable() {
    return trainable;
  }

  /** The present value, tracked if trainable; or that of {@link Autograd#withValues}. */
  public Tensor value() {
    return OTHERS.isBound() ? OTHERS.get().getOrDefault(this, value) : value;
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
    check(newValue);
    value = leaf(newValue);
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
   * Replaces the value by an updated copy, in one pass over the elements.
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
    float[] next = value.toFloatArray();
    NdArray contiguous = gradient.array.contiguous();
    float[] slope = contiguous.offset() == 0 ? contiguous.floats() : gradient.toFloatArray();
    Parallel.range(
        next.length, Parallel.ELEMENTS, (from, to) -> update.apply(next, slope, from, to));
    value = leaf(new Tensor(NdArray.of(next, shape()), null));
  }

  @Override
  public String toString() {
    return (trainable ? "Parameter " : "Buffer ") + name + " " + shape();
  }
}
