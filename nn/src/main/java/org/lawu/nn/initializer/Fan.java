package org.lawu.nn.initializer;

import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Shape;

/** How many inputs each output of a weight {@code [out, in, ...]} has, and the reverse. */
record Fan(int in, int out) {

  static Fan of(String operation, Shape weight) {
    if (weight.rank() < 2) {
      throw new ShapeException(
          "%s: needs a weight of two or more axes [out, in, ...], got %s; use Uniform or Normal"
              .formatted(operation, weight));
    }
    int field = weight.slice(2, weight.rank()).elements();
    return new Fan(weight.size(1) * field, weight.size(0) * field);
  }

  int of(FanMode mode) {
    return switch (mode) {
      case FAN_IN -> in;
      case FAN_OUT -> out;
    };
  }

  static void checkGain(String operation, double gain) {
    if (!(gain > 0 && gain < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "%s: the gain must be positive and finite, got %s".formatted(operation, gain));
    }
  }
}
