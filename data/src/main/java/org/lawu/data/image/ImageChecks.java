package org.lawu.data.image;

import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** What every change of pictures asks of them. */
final class ImageChecks {
  private ImageChecks() {}

  /** FLOAT32 with at least the axes of channels, rows and columns. */
  static void pictures(String operation, Tensor images) {
    if (images.dtype() != DType.FLOAT32) {
      throw new DTypeException(
          "%s: pictures must be FLOAT32, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(operation, images.dtype(), images.shape()));
    }
    if (images.rank() != 3 && images.rank() != 4) {
      throw new ShapeException(
          "%s: pictures must be [channels, height, width] or [n, channels, height, width], got %s"
              .formatted(operation, images.shape()));
    }
    if (height(images) == 0 || width(images) == 0) {
      throw new ShapeException(
          "%s: pictures must have at least one pixel, got %s".formatted(operation, images.shape()));
    }
  }

  static int channels(Tensor images) {
    return images.size(images.rank() - 3);
  }

  static int height(Tensor images) {
    return images.size(images.rank() - 2);
  }

  static int width(Tensor images) {
    return images.size(images.rank() - 1);
  }

  static void sizes(String operation, int height, int width) {
    if (height < 1 || width < 1) {
      throw new ArgumentException(
          "%s: height and width must be at least 1, got %d x %d"
              .formatted(operation, height, width));
    }
  }

  static void probability(String operation, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new ArgumentException(
          "%s: the probability must be in [0, 1], got %s".formatted(operation, probability));
    }
  }

  /** A strength or an angle: at least 0 and at most a limit. */
  static void between(String operation, String name, double value, double limit) {
    if (!(value >= 0 && value <= limit)) {
      throw new ArgumentException(
          "%s: %s must be in [0, %s], got %s".formatted(operation, name, limit, value));
    }
  }
}
