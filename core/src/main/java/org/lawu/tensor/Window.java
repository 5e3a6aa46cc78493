package org.lawu.tensor;

import org.lawu.error.ArgumentException;

/**
 * The window that pooling moves over an image: its size, how far it moves, and how far it may begin
 * outside the image.
 *
 * <pre>{@code
 * Window.of(2)                      // 2 x 2, side by side
 * Window.of(3).stride(2).padding(1) // 3 x 3, overlapping
 * }</pre>
 *
 * @param height rows of the window, at least 1
 * @param width columns of the window, at least 1
 * @param strideHeight rows from one place to the next, at least 1
 * @param strideWidth columns from one place to the next, at least 1
 * @param paddingHeight rows around the image, at most half the height
 * @param paddingWidth columns around the image, at most half the width
 */
public record Window(
    int height, int width, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth) {

  /**
   * Checks the numbers.
   *
   * @throws ArgumentException if one is out of its range
   */
  public Window {
    if (height < 1 || width < 1) {
      throw new ArgumentException(
          "window: the size must be at least 1, got [%d, %d]".formatted(height, width));
    }
    if (strideHeight < 1 || strideWidth < 1) {
      throw new ArgumentException(
          "window: the stride must be at least 1, got [%d, %d]"
              .formatted(strideHeight, strideWidth));
    }
    // So that no window lies outside the image altogether.
    if (paddingHeight < 0
        || paddingWidth < 0
        || paddingHeight > height / 2
        || paddingWidth > width / 2) {
      throw new ArgumentException(
          "window: the padding must be from 0 to half the size [%d, %d], got [%d, %d]"
              .formatted(height, width, paddingHeight, paddingWidth));
    }
  }

  /** A square window; the places lie side by side. */
  public static Window of(int size) {
    return of(size, size);
  }

  /** A window; the places lie side by side. */
  public static Window of(int height, int width) {
    return new Window(height, width, height, width, 0, 0);
  }

  /** With a stride for both axes. */
  public Window stride(int stride) {
    return stride(stride, stride);
  }

  /** With a stride for each axis. */
  public Window stride(int rows, int columns) {
    return new Window(height, width, rows, columns, paddingHeight, paddingWidth);
  }

  /** With a padding for both axes. */
  public Window padding(int padding) {
    return padding(padding, padding);
  }

  /** With a padding for each axis. */
  public Window padding(int rows, int columns) {
    return new Window(height, width, strideHeight, strideWidth, rows, columns);
  }
}
