package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.DTypeException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Elementwise comparison of two tensors broadcast to each other, giving BOOL. Comparisons with NaN
 * are false, except {@code notEqual}. Without a gradient.
 */
public record Compare(Relation relation) implements Operation {

  /** Which comparison. */
  public enum Relation {
    /** {@code x == y}. */
    EQUAL("equal"),
    /** {@code x != y}. */
    NOT_EQUAL("notEqual"),
    /** {@code x < y}. */
    LESS("less"),
    /** {@code x <= y}. */
    LESS_EQUAL("lessEqual"),
    /** {@code x > y}. */
    GREATER("greater"),
    /** {@code x >= y}. */
    GREATER_EQUAL("greaterEqual");

    private final String title;

    Relation(String title) {
      this.title = title;
    }

    boolean holds(double x, double y) {
      return switch (this) {
        case EQUAL -> x == y;
        case NOT_EQUAL -> x != y;
        case LESS -> x < y;
        case LESS_EQUAL -> x <= y;
        case GREATER -> x > y;
        case GREATER_EQUAL -> x >= y;
      };
    }
  }

  @Override
  public String name() {
    return relation.title;
  }

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0];
    NdArray y = inputs[1];
    Check.sameType(name(), x, y);
    boolean ordered = relation != Relation.EQUAL && relation != Relation.NOT_EQUAL;
    if (x.dtype() == DType.BOOL && ordered) {
      throw new DTypeException(name() + ": BOOL has no order; use equal or notEqual");
    }
    NdArray out = NdArray.allocate(DType.BOOL, Shape.broadcast(name(), x.shape(), y.shape()));
    boolean[] to = out.booleans();
    Elementwise.broadcast(
        x,
        y,
        out,
        (a, b) ->
            switch (a.dtype()) {
              case FLOAT32 -> floats(a.floats(), b.floats(), to);
              case FLOAT64 -> doubles(a.doubles(), b.doubles(), to);
              case INT32 -> ints(a.ints(), b.ints(), to);
              case BOOL -> booleans(a.booleans(), b.booleans(), to);
            });
    return out;
  }

  private Elementwise.Run2 floats(float[] x, float[] y, boolean[] to) {
    return (xAt, xStep, yAt, yStep, outAt, n) -> {
      for (int i = 0; i < n; i++) {
        to[outAt + i] = relation.holds(x[xAt + i * xStep], y[yAt + i * yStep]);
      }
    };
  }

  private Elementwise.Run2 doubles(double[] x, double[] y, boolean[] to) {
    return (xAt, xStep, yAt, yStep, outAt, n) -> {
      for (int i = 0; i < n; i++) {
        to[outAt + i] = relation.holds(x[xAt + i * xStep], y[yAt + i * yStep]);
      }
    };
  }

  private Elementwise.Run2 ints(int[] x, int[] y, boolean[] to) {
    return (xAt, xStep, yAt, yStep, outAt, n) -> {
      for (int i = 0; i < n; i++) {
        to[outAt + i] = relation.holds(x[xAt + i * xStep], y[yAt + i * yStep]);
      }
    };
  }

  private Elementwise.Run2 booleans(boolean[] x, boolean[] y, boolean[] to) {
    return (xAt, xStep, yAt, yStep, outAt, n) -> {
      for (int i = 0; i < n; i++) {
        boolean same = x[xAt + i * xStep] == y[yAt + i * yStep];
        to[outAt + i] = same == (relation == Relation.EQUAL);
      }
    };
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[2];
  }
}
