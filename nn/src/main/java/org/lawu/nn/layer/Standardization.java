package org.lawu.nn.layer;

import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** What the normalizing layers share. */
final class Standardization {
  private Standardization() {}

  /** The number, which must be positive and finite. */
  static double epsilon(String layer, double epsilon) {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "%s: epsilon must be positive and finite, got %s".formatted(layer, epsilon));
    }
    return epsilon;
  }

  /** Refuses an input that has no floating type. */
  static void checkFloating(String layer, Tensor input) {
    if (!input.dtype().isFloating()) {
      throw new DTypeException(
          "%s: needs FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(layer, input.dtype(), input.shape()));
    }
  }

  /** Refuses an input that has not that many channels on axis 1. */
  static void checkChannels(String layer, int channels, Tensor input) {
    if (input.rank() < 2 || input.size(1) != channels) {
      throw new ShapeException(
          "%s: axis 1 must be %d, input is %s".formatted(layer, channels, input.shape()));
    }
  }

  /** A value for each channel, to be broadcast over an input. */
  static Tensor perChannel(Parameter parameter, Tensor input) {
    int channels = parameter.shape().elements();
    int[] sizes = IntStream.range(1, input.rank()).map(i -> i == 1 ? channels : 1).toArray();
    return parameter.value().reshape(sizes).to(input.dtype());
  }

  /** The shape, which must have axes and elements. */
  static Shape checkShape(String layer, Shape shape) {
    if (shape.rank() == 0 || shape.elements() == 0) {
      throw new ArgumentException(
          "%s: the shape must have axes and elements, got %s".formatted(layer, shape));
    }
    return shape;
  }

  /** Refuses an input whose last axes have not the shape. */
  static void checkLastAxes(String layer, Shape shape, Tensor input) {
    checkFloating(layer, input);
    int first = input.rank() - shape.rank();
    if (first < 0 || !input.shape().slice(first, input.rank()).equals(shape)) {
      throw new ShapeException(
          "%s: the last axes must be %s, input is %s".formatted(layer, shape, input.shape()));
    }
  }
}
