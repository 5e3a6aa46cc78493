package org.lawu.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.operation.Cast;
import org.lawu.internal.operation.Concat;
import org.lawu.internal.operation.CrossEntropy;
import org.lawu.internal.operation.Linear;
import org.lawu.internal.operation.Where;
import org.lawu.random.Philox;

/**
 * An immutable array of numbers with a shape, and, where it depends on a {@link Parameter} or a
 * tensor made by {@link #withGradient()}, the memory of how it was computed, so that {@link
 * #backward()} can differentiate it. Safe for use by any number of threads.
 *
 * <p>Methods return new tensors; {@code reshape}, {@code permute}, {@code slice} and {@code expand}
 * return views that share the elements. Axes may be negative and then count from the end. Every
 * method checks its arguments before it works, and throws a subclass of {@link
 * org.lawu.error.LawuException} that names the operation and the shapes.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).withGradient();
 * Tensor y = x.matmul(x.transpose()).relu().sum();
 * Tensor dx = y.backward().of(x);
 * }</pre>
 */
public final class Tensor
    implements Arithmetic,
        Comparisons,
        Activations,
        Reductions,
        ShapeMethods,
        Indexing,
        Convolutions,
        Normalizations {
  final NdArray array;
  final @Nullable Node node;

  Tensor(NdArray array, @Nullable Node node) {
    this.array = array;
    this.node = node;
  }

  private static Tensor untracked(NdArray array) {
    return new Tensor(array, null);
  }

  // ---- creation

  /** A FLOAT32 vector of the given elements, which are copied. */
  public static Tensor of(float... elements) {
    return of(elements, elements.length);
  }

  /** A FLOAT32 tensor of the given sizes; the elements, in row-major order, are copied. */
  public static Tensor of(float[] elements, int... sizes) {
    return untracked(NdArray.of(elements.clone(), fitting(elements.length, sizes)));
  }

  /** A FLOAT64 vector of the given elements, which are copied. */
  public static Tensor of(double... elements) {
    return of(elements, elements.length);
  }

  /** A FLOAT64 tensor of the given sizes; the elements, in row-major order, are copied. */
  public static Tensor of(double[] elements, int... sizes) {
    return untracked(NdArray.of(elements.clone(), fitting(elements.length, sizes)));
  }

  /** An INT32 vector of the given elements, which are copied. */
  public static Tensor of(int... elements) {
    return of(elements, elements.length);
  }

  /** An INT32 tensor of the given sizes; the elements, in row-major order, are copied. */
  public static Tensor of(int[] elements, int... sizes) {
    return untracked(NdArray.of(elements.clone(), fitting(elements.length, sizes)));
  }

  /** A BOOL vector of the given elements, which are copied. */
  public static Tensor of(boolean... elements) {
    return of(elements, elements.length);
  }

  /** A BOOL tensor of the given sizes; the elements, in row-major order, are copied. */
  public static Tensor of(boolean[] elements, int... sizes) {
    return untracked(NdArray.of(elements.clone(), fitting(elements.length, sizes)));
  }

  private static Shape fitting(int elements, int... sizes) {
    Shape shape = Shape.of(sizes);
    if (shape.elements() != elements) {
      throw new ShapeException(
          "of: %d elements do not fill the shape %s, which has %d"
              .formatted(elements, shape, shape.elements()));
    }
    return shape;
  }

  /** A FLOAT32 scalar. */
  public static Tensor scalar(double value) {
    return scalar(value, DType.FLOAT32);
  }

  /** A scalar of a type. */
  public static Tensor scalar(double value, DType dtype) {
    return full(value, Shape.SCALAR, dtype);
  }

  /** FLOAT32 zeros. */
  public static Tensor zeros(int... sizes) {
    return zeros(Shape.of(sizes), DType.FLOAT32);
  }

  /** Zeros (or false) of a type. */
  public static Tensor zeros(Shape shape, DType dtype) {
    return untracked(NdArray.zeros(dtype, shape));
  }

  /** FLOAT32 ones. */
  public static Tensor ones(int... sizes) {
    return full(1, Shape.of(sizes), DType.FLOAT32);
  }

  /**
   * One value everywhere; BOOL is true unless the value is 0.
   *
   * @throws DTypeException if the type is INT32 and the value is not a whole number it can hold
   */
  public static Tensor full(double value, Shape shape, DType dtype) {
    if (dtype == DType.INT32 && value != (int) value) {
      throw new DTypeException(
          "full: %s is no INT32 value; convert the tensor with .to(DType.FLOAT32) first"
              .formatted(value));
    }
    NdArray array = NdArray.allocate(dtype, shape);
    switch (dtype) {
      case FLOAT32 -> Arrays.fill(array.floats(), (float) value);
      case FLOAT64 -> Arrays.fill(array.doubles(), value);
      case INT32 -> Arrays.fill(array.ints(), (int) value);
      case BOOL -> Arrays.fill(array.booleans(), value != 0);
    }
    return untracked(array);
  }

  /** A scalar of a tensor's type, for arithmetic with numbers. */
  static Tensor like(TensorMethods tensor, double value) {
    return scalar(value, ((Tensor) tensor).dtype());
  }

  /** The INT32 vector {@code 0, 1, ..., end - 1}. */
  public static Tensor arange(int end) {
    return arange(0, end, 1);
  }

  /**
   * The INT32 vector {@code start, start + step, ...} up to but without {@code end}.
   *
   * @throws ArgumentException if the step is 0, or there are more elements than a tensor holds
   */
  public static Tensor arange(int start, int end, int step) {
    if (step == 0) {
      throw new ArgumentException("arange: the step must not be 0");
    }
    long span = (long) end - start;
    long count = Math.max(0, (span + step - Integer.signum(step)) / step);
    if (count > Integer.MAX_VALUE) {
      throw new ArgumentException(
          "arange: %d to %d by %d are %d elements; a tensor holds at most %d"
              .formatted(start, end, step, count, Integer.MAX_VALUE));
    }
    int[] elements = new int[(int) count];
    Arrays.setAll(elements, i -> start + i * step);
    return untracked(NdArray.of(elements, Shape.of(elements.length)));
  }

  /**
   * The FLOAT32 vector of {@code count} evenly spaced numbers from {@code start} to {@code end},
   * both included.
   *
   * @throws ArgumentException if the count is below 1
   */
  public static Tensor linspace(double start, double end, int count) {
    if (count < 1) {
      throw new ArgumentException("linspace: the count must be at least 1, got " + count);
    }
    float[] elements = new float[count];
    for (int i = 0; i < count; i++) {
      double part = count == 1 ? 0 : (double) i / (count - 1);
      elements[i] = (float) (start * (1 - part) + end * part);
    }
    return untracked(NdArray.of(elements, Shape.of(count)));
  }

  /** The FLOAT32 identity matrix. */
  public static Tensor eye(int size) {
    return arange(size).oneHot(size);
  }

  /** FLOAT32 numbers uniform in {@code [low, high)}. */
  public static Tensor uniform(Philox random, double low, double high, int... sizes) {
    NdArray array = NdArray.allocate(DType.FLOAT32, Shape.of(sizes));
    random.fillUniform(array.floats(), (float) low, (float) high);
    return untracked(array);
  }

  /** Normally distributed FLOAT32 numbers. */
  public static Tensor normal(Philox random, double mean, double standardDeviation, int... sizes) {
    NdArray array = NdArray.allocate(DType.FLOAT32, Shape.of(sizes));
    random.fillNormal(array.floats(), (float) mean, (float) standardDeviation);
    return untracked(array);
  }

  /** FLOAT32 numbers that are 1 with the given probability and 0 otherwise. */
  public static Tensor bernoulli(Philox random, double probability, int... sizes) {
    NdArray array = NdArray.allocate(DType.FLOAT32, Shape.of(sizes));
    random.fillBernoulli(array.floats(), probability);
    return untracked(array);
  }

  // ---- what it is

  /** The sizes. */
  public Shape shape() {
    return array.shape();
  }

  /** The number of axes. */
  public int rank() {
    return array.shape().rank();
  }

  /** The size along an axis. */
  public int size(int axis) {
    return array.shape().size(axis);
  }

  /** The type of the elements. */
  public DType dtype() {
    return array.dtype();
  }

  // ---- elements

  /**
   * The element of a tensor that has one, as a number; true is 1.
   *
   * @throws ShapeException if there is not exactly one element
   */
  public double item() {
    if (shape().elements() != 1) {
      throw new ShapeException(
          "item: needs one element, got %s; reduce it or use get".formatted(shape()));
    }
    return elementAt(array.offset());
  }

  /**
   * One element, as a number; true is 1.
   *
   * @throws IndexException if there is not one index for each axis, within its size
   */
  public double get(int... indices) {
    if (indices.length != rank()) {
      throw new IndexException(
          "get: needs %d indices for %s, got %s"
              .formatted(rank(), shape(), Arrays.toString(indices)));
    }
    int at = array.offset();
    for (int axis = 0; axis < indices.length; axis++) {
      if (indices[axis] < 0 || indices[axis] >= size(axis)) {
        throw new IndexException(
            "get: index %d is out of range for axis %d of %s"
                .formatted(indices[axis], axis, shape()));
      }
      at += indices[axis] * array.stride(axis);
    }
    return elementAt(at);
  }

  private double elementAt(int at) {
    return switch (dtype()) {
      case FLOAT32 -> array.floats()[at];
      case FLOAT64 -> array.doubles()[at];
      case INT32 -> array.ints()[at];
      case BOOL -> array.booleans()[at] ? 1 : 0;
    };
  }

  /** A copy of the elements of a FLOAT32 tensor in row-major order. */
  public float[] toFloatArray() {
    requireType("toFloatArray", DType.FLOAT32);
    NdArray dense = array.contiguous();
    return Arrays.copyOfRange(dense.floats(), dense.offset(), dense.offset() + dense.elements());
  }

  /** The elements of a tensor of any type as {@code double}s in row-major order; true is 1. */
  public double[] toDoubleArray() {
    NdArray dense = new Cast(DType.FLOAT64).forward(array);
    return Arrays.copyOfRange(dense.doubles(), dense.offset(), dense.offset() + dense.elements());
  }

  /** A copy of the elements of an INT32 tensor in row-major order. */
  public int[] toIntArray() {
    requireType("toIntArray", DType.INT32);
    NdArray dense = array.contiguous();
    return Arrays.copyOfRange(dense.ints(), dense.offset(), dense.offset() + dense.elements());
  }

  /** A copy of the elements of a BOOL tensor in row-major order. */
  public boolean[] toBooleanArray() {
    requireType("toBooleanArray", DType.BOOL);
    NdArray dense = array.contiguous();
    return Arrays.copyOfRange(dense.booleans(), dense.offset(), dense.offset() + dense.elements());
  }

  private void requireType(String operation, DType expected) {
    if (dtype() != expected) {
      throw new DTypeException(
          "%s: the tensor is %s %s; convert with .to(DType.%s) first"
              .formatted(operation, dtype(), shape(), expected));
    }
  }

  /** Converted to a type; this tensor itself where it has it. Between floats, gradients pass. */
  public Tensor to(DType dtype) {
    return dtype == dtype() ? this : Engine.apply(new Cast(dtype), this);
  }

  // ---- several tensors

  /**
   * Matrix product over the last two axes, the others being broadcast. A vector on the left counts
   * as one row and on the right as one column, and that axis goes away again.
   *
   * @throws ShapeException if the inner sizes differ
   */
  public Tensor matmul(Tensor other) {
    return Composed.matmul(this, other);
  }

  /** {@code x W^T}, for {@code x [..., in]} (this) and {@code weight [out, in]}. */
  public Tensor linear(Tensor weight) {
    return Engine.apply(new Linear(), this, weight);
  }

  /**
   * {@code x W^T + b}, for {@code x [..., in]} (this), {@code weight [out, in]}, {@code bias
   * [out]}.
   */
  public Tensor linear(Tensor weight, Tensor bias) {
    return Engine.apply(new Linear(), this, weight, bias);
  }

  /**
   * Cross-entropy of each row of logits {@code [n, classes]} (this) with an INT32 label {@code
   * [n]}: {@code -log softmax(x_r)[label_r]}, of shape {@code [n]}.
   */
  public Tensor crossEntropy(Tensor labels) {
    return Engine.apply(new CrossEntropy(), this, labels);
  }

  /**
   * Einstein summation of two tensors: the letters name their axes, what is absent after the arrow
   * is summed over, and a letter that both have names equal sizes. Runs as one batched matrix
   * product.
   *
   * <pre>{@code
   * Tensor scores = Tensor.einsum("bhid,bhjd->bhij", queries, keys);
   * }</pre>
   *
   * <p>Without an arrow, the result has the letters that occur once, in alphabetical order. {@code
   * "...ij,...jk->...ik"} leaves leading axes open, which are broadcast; a letter that an operand
   * repeats is its diagonal, as in {@code "ii->"}, the trace.
   *
   * @throws ArgumentException if the equation is malformed
   * @throws ShapeException if it does not fit the shapes
   */
  public static Tensor einsum(String equation, Tensor x, Tensor y) {
    return EinsumNotation.evaluate(equation, x, y);
  }

  /** Einstein summation of one tensor: {@code "ij->j"} sums the columns, {@code "ij->ji"} turns. */
  public static Tensor einsum(String equation, Tensor x) {
    return EinsumNotation.evaluate(equation, x);
  }

  /** {@code mask ? x : y}, elementwise; all three are broadcast to each other. */
  public static Tensor where(Tensor mask, Tensor x, Tensor y) {
    return Engine.apply(new Where(), mask, x, y);
  }

  /** Tensors one after another along an axis; their other sizes are equal. */
  public static Tensor concat(int axis, List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      throw new ArgumentException("concat: needs at least one tensor");
    }
    return Engine.apply(new Concat(axis), tensors.toArray(new Tensor[0]));
  }

  /** Tensors one after another along an axis; their other sizes are equal. */
  public static Tensor concat(int axis, Tensor... tensors) {
    return concat(axis, List.of(tensors));
  }

  /** Tensors of one shape along a new axis. */
  public static Tensor stack(int axis, List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      throw new ArgumentException("stack: needs at least one tensor");
    }
    return Composed.stack(axis, tensors);
  }

  /** Tensors of one shape along a new axis. */
  public static Tensor stack(int axis, Tensor... tensors) {
    return stack(axis, List.of(tensors));
  }

  // ---- gradients

  /**
   * The same elements as a leaf whose gradient can be asked for.
   *
   * @throws DTypeException if the type is not a floating one
   */
  public Tensor withGradient() {
    if (!dtype().isFloating()) {
      throw new DTypeException(
          "withGradient: needs FLOAT32 or FLOAT64, got %s %s".formatted(dtype(), shape()));
    }
    return new Tensor(array, Node.leaf(null));
  }

  /** Whether operations on this tensor are remembered for its gradient. */
  public boolean isTracked() {
    return node != null;
  }

  /** The same elements without the memory of how they came to be. */
  public Tensor detach() {
    return node == null ? this : untracked(array);
  }

  /**
   * The gradients of this scalar with respect to every parameter and every {@link #withGradient()}
   * leaf that it depends on.
   *
   * @throws org.lawu.error.GradientException if it is untracked or has more than one element
   */
  public Gradients backward() {
    return Autograd.backward(this);
  }

  // ---- as a value

  /**
   * Whether every element is close to the other's: {@code |x - y| <= absolute + relative |y|}. NaN
   * is close to NaN, and an infinity to itself.
   */
  public boolean allClose(Tensor other, double relative, double absolute) {
    if (!shape().equals(other.shape())) {
      return false;
    }
    double[] x = toDoubleArray();
    double[] y = other.toDoubleArray();
    for (int i = 0; i < x.length; i++) {
      boolean same = Double.compare(x[i], y[i]) == 0;
      if (!same && !(Math.abs(x[i] - y[i]) <= absolute + relative * Math.abs(y[i]))) {
        return false;
      }
    }
    return true;
  }

  /** Equal type, shape and elements, as {@link Double#equals} compares them: NaN equals NaN. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tensor tensor
        && dtype() == tensor.dtype()
        && shape().equals(tensor.shape())
        && Arrays.equals(toDoubleArray(), tensor.toDoubleArray());
  }

  @Override
  public int hashCode() {
    return 31 * shape().hashCode() + Arrays.hashCode(toDoubleArray());
  }

  /** The elements as NumPy prints them, summarised when there are more than a thousand. */
  @Override
  public String toString() {
    return TensorFormat.format(this);
  }
}
