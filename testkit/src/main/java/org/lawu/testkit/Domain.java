package org.lawu.testkit;

import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** What values an operation's input is tested with, and of what type it is. */
public sealed interface Domain {

  /** A tensor of the shape with values of this domain. */
  Tensor draw(Shape shape, Philox random);

  /** FLOAT32 numbers uniform in {@code [low, high)}. */
  static Domain reals(double low, double high) {
    return new Reals(low, high);
  }

  /** FLOAT32 numbers uniform in {@code [low, high)}, none within 0.01 of a point. */
  static Domain realsAwayFrom(double low, double high, double point) {
    return new RealsAwayFrom(low, high, point);
  }

  /** FLOAT32 numbers evenly spaced from {@code low} to {@code high}, in random order. */
  static Domain distinctReals(double low, double high) {
    return new DistinctReals(low, high);
  }

  /** INT32 numbers from {@code low} (inclusive) to {@code high} (exclusive). */
  static Domain integers(int low, int high) {
    return new Integers(low, high);
  }

  /** BOOL. */
  static Domain truths() {
    return new Truths();
  }

  /** See {@link #reals}. */
  record Reals(double low, double high) implements Domain {
    @Override
    public Tensor draw(Shape shape, Philox random) {
      return Tensor.uniform(random, low, high, shape.toArray());
    }
  }

  /** See {@link #realsAwayFrom}: for functions with a kink, where they have no derivative. */
  record RealsAwayFrom(double low, double high, double point) implements Domain {
    private static final double DISTANCE = 0.01;

    @Override
    public Tensor draw(Shape shape, Philox random) {
      Tensor x = new Reals(low, high).draw(shape, random);
      Tensor beyond = Tensor.full(point + DISTANCE, shape, DType.FLOAT32);
      return Tensor.where(x.sub(point).abs().less(DISTANCE), beyond, x);
    }
  }

  /** See {@link #distinctReals}: for functions that choose an element, which change at ties. */
  record DistinctReals(double low, double high) implements Domain {
    @Override
    public Tensor draw(Shape shape, Philox random) {
      Tensor order = Tensor.of(random.permutation(shape.elements()), shape.toArray());
      return order.to(DType.FLOAT32).mul((high - low) / Math.max(1, shape.elements())).add(low);
    }
  }

  /** See {@link #integers}. */
  record Integers(int low, int high) implements Domain {
    @Override
    public Tensor draw(Shape shape, Philox random) {
      return Tensor.of(random.ints(shape.elements(), low, high).toArray(), shape.toArray());
    }
  }

  /** See {@link #truths}. */
  record Truths() implements Domain {
    @Override
    public Tensor draw(Shape shape, Philox random) {
      return Tensor.bernoulli(random, 0.5, shape.toArray()).to(DType.BOOL);
    }
  }
}
