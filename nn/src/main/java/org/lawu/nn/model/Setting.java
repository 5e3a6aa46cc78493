package org.lawu.nn.model;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** Checks that models share. */
final class Setting {
  private Setting() {}

  /** The number, which must be at least 1. */
  static int positive(String model, String what, int number) {
    if (number < 1) {
      throw new ArgumentException(
          "%s: %s must be at least 1, got %d".formatted(model, what, number));
    }
    return number;
  }

  /** The input is INT32 {@code [batch, time]}. */
  static void tokens(String model, Tensor input) {
    if (input.dtype() != DType.INT32) {
      throw new DTypeException(
          "%s: tokens must be INT32, got %s %s; convert with .to(DType.INT32)"
              .formatted(model, input.dtype(), input.shape()));
    }
    if (input.rank() != 2) {
      throw new ShapeException(
          "%s: tokens must be [batch, time], got %s".formatted(model, input.shape()));
    }
  }

  /** The input is {@code [batch, channels, height, width]}. */
  static void images(String model, Tensor input, int channels) {
    if (input.rank() != 4 || input.size(1) != channels) {
      throw new ShapeException(
          "%s: input must be [batch, %d, height, width], got %s"
              .formatted(model, channels, input.shape()));
    }
  }
}
