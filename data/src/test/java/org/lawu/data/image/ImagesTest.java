package org.lawu.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class ImagesTest {
  private final Tensor image =
      Tensor.of(
          new float[] {0.1f, 0.9f, 0.3f, 0.7f, 0.5f, 0.2f, 0.8f, 0.4f, 0.6f, 1, 0, 0.25f}, 1, 3, 4);

  /** Two pictures of three channels, all different. */
  private final Tensor batch = Tensor.stack(0, colours(), colours().mul(0.5));

  private Tensor colours() {
    return Tensor.concat(0, image, image.mul(0.8), image.mul(-1).add(1));
  }

  private static void assertClose(Tensor actual, int height, int width, double... expected) {
    float[] elements = new float[expected.length];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) expected[i];
    }
    Tensor wanted = Tensor.of(elements, 1, height, width);
    assertThat(actual.allClose(wanted, 0, 2e-6)).as("%s", actual).isTrue();
  }

  /** Values of Pillow 9.4 (BILINEAR, mode F) and of PyTorch's formula in NumPy. */
  @Test
  void growsBetweenPixels() {
    assertClose(
        Images.resize(image, 5, 6),
        5,
        6,
        0.1,
        0.5,
        0.8,
        0.4,
        0.5,
        0.7,
        0.26,
        0.44,
        0.6,
        0.52,
        0.54,
        0.58,
        0.5,
        0.35,
        0.3,
        0.7,
        0.6,
        0.4,
        0.56,
        0.62,
        0.62,
        0.38,
        0.315,
        0.31,
        0.6,
        0.8,
        0.833333,
        0.166667,
        0.125,
        0.25);
    assertThat(Images.resize(image, 5, 6, Interpolation.BILINEAR))
        .isEqualTo(Images.resize(image, 5, 6));
  }

  /** Values of PyTorch's formula for {@code align_corners=False}, computed in NumPy. */
  @Test
  void shrinksBetweenPixelsIfAsked() {
    assertClose(
        Images.resize(image, 2, 3, Interpolation.BILINEAR),
        2,
        3,
        0.2875,
        0.575,
        0.591667,
        0.6125,
        0.5,
        0.272917);
  }

  /** Values from interpolated cumulative sums in NumPy; those of 3 x 2 also of Pillow (BOX). */
  @Test
  void shrinksByTheMeanOfWhatIsCovered() {
    assertClose(
        Images.resize(image, 2, 3), 2, 3, 0.341667, 0.566667, 0.566667, 0.608333, 0.5, 0.291667);
    assertClose(Images.resize(image, 3, 2), 3, 2, 0.5, 0.5, 0.35, 0.6, 0.8, 0.125);
    assertClose(
        Images.resize(image, 5, 6, Interpolation.AREA),
        5,
        6,
        0.1,
        0.5,
        0.9,
        0.3,
        0.5,
        0.7,
        0.233333,
        0.45,
        0.666667,
        0.466667,
        0.533333,
        0.6,
        0.5,
        0.35,
        0.2,
        0.8,
        0.6,
        0.4,
        0.566667,
        0.65,
        0.733333,
        0.266667,
        0.283333,
        0.3,
        0.6,
        0.8,
        1,
        0,
        0.125,
        0.25);
  }

  @Test
  void aMeanStaysWhateverTheSize() {
    for (int size = 1; size <= 12; size++) {
      Tensor small = Images.resize(Images.resize(image, 12, 12), size, 12 - size + 1);
      assertThat(small.mean().item())
          .isCloseTo(Images.resize(image, 12, 12).mean().item(), offset(1e-5));
      Tensor even = Images.resize(Tensor.ones(1, 7, 5).mul(0.3), size, size);
      assertThat(even.allClose(Tensor.ones(1, size, size).mul(0.3), 0, 1e-6)).isTrue();
    }
  }

  @Test
  void theSameSizeIsTheSamePicture() {
    assertThat(Images.resize(image, 3, 4)).isEqualTo(image);
    assertThat(Images.resize(image, 1, 1).item()).isCloseTo(image.mean().item(), offset(1e-6));
  }

  @Test
  void doesWithSeveralWhatItDoesWithOne() {
    Tensor one = batch.select(0, 1);
    assertThat(Images.resize(batch, 5, 2).select(0, 1)).isEqualTo(Images.resize(one, 5, 2));
    assertThat(Images.rotate(batch, 20).select(0, 1)).isEqualTo(Images.rotate(one, 20));
    assertThat(Images.crop(batch, 1, 2, 2, 1).select(0, 1)).isEqualTo(Images.crop(one, 1, 2, 2, 1));
    assertThat(Images.flipHorizontally(batch).select(0, 1)).isEqualTo(Images.flipHorizontally(one));
    assertThat(Images.flipVertically(batch).select(0, 1)).isEqualTo(Images.flipVertically(one));
    assertThat(Images.brightness(batch, 1.5).select(0, 1)).isEqualTo(Images.brightness(one, 1.5));
    assertThat(Images.contrast(batch, 0.5).select(0, 1)).isEqualTo(Images.contrast(one, 0.5));
    assertThat(Images.grayscale(batch).select(0, 1)).isEqualTo(Images.grayscale(one));
  }

  @Test
  void cutsOut() {
    assertClose(Images.crop(image, 1, 2, 2, 2), 2, 2, 0.8, 0.4, 0, 0.25);
    assertClose(Images.centerCrop(image, 1, 2), 1, 2, 0.2, 0.8);
    assertClose(Images.centerCrop(image, 2, 3), 2, 3, 0.1, 0.9, 0.3, 0.5, 0.2, 0.8);
    assertThat(Images.centerCrop(image, 3, 4)).isEqualTo(image);
  }

  @Test
  void mirrors() {
    Tensor rows = Tensor.of(new float[] {1, 2, 3, 4}, 1, 2, 2);
    assertClose(Images.flipHorizontally(rows), 2, 2, 2, 1, 4, 3);
    assertClose(Images.flipVertically(rows), 2, 2, 3, 4, 1, 2);
  }

  /** Values of SciPy 1.17: {@code ndimage.rotate(reshape=False, order=1, mode="grid-constant")}. */
  @Test
  void turns() {
    assertClose(
        Images.rotate(image, 30),
        3,
        4,
        0.253719,
        0.494856,
        0.53218,
        0.304784,
        0.305505,
        0.395096,
        0.586603,
        0.269916,
        0.358614,
        0.636001,
        0.501202,
        0.028706);
    assertClose(
        Images.rotate(image, -100),
        3,
        4,
        0.31781,
        0.666682,
        0.394187,
        0.211561,
        0.125222,
        0.48369,
        0.548449,
        0.395376,
        0.12976,
        0.43478,
        0.519843,
        0.136072);
  }

  @Test
  void quarterTurnsAreExact() {
    Tensor square = Tensor.arange(9).to(DType.FLOAT32).reshape(1, 3, 3);
    assertClose(Images.rotate(square, 90), 3, 3, 2, 5, 8, 1, 4, 7, 0, 3, 6);
    assertThat(Images.rotate(square, -270)).isEqualTo(Images.rotate(square, 90));
    assertThat(Images.rotate(square, 180)).isEqualTo(square.flip(-1, -2));
    assertThat(Images.rotate(image, 180)).isEqualTo(image.flip(-1, -2));
    assertThat(Images.rotate(image, 360)).isEqualTo(image);
    assertThat(Images.rotate(image, 0)).isEqualTo(image);
  }

  @Test
  void normalizes() {
    Tensor normal =
        Images.normalize(batch, new double[] {0.5, 0.25, 0}, new double[] {0.5, 0.1, 2});

    assertThat(normal.get(1, 0, 0, 1)).isEqualTo((0.45f - 0.5f) / 0.5f);
    assertThat(normal.get(0, 1, 2, 1)).isEqualTo((0.8f - 0.25f) / 0.1f);
    assertThat(normal.get(0, 2, 0, 0)).isEqualTo(0.9f / 2f);
  }

  @Test
  void changesLightAndContrast() {
    Tensor grey = Tensor.of(new float[] {0.2f, 0.4f, 0.6f}, 1, 1, 3);
    assertClose(Images.brightness(grey, 2), 1, 3, 0.4, 0.8, 1);
    assertClose(Images.brightness(grey, 0), 1, 3, 0, 0, 0);
    assertClose(Images.contrast(grey, 0.5), 1, 3, 0.3, 0.4, 0.5);
    assertClose(Images.contrast(grey, 4), 1, 3, 0, 0.4, 1);
    Tensor red = Tensor.of(new float[] {1, 0, 0}, 3, 1, 1);
    assertThat(Images.contrast(red, 0).toFloatArray()).containsOnly(0.299f);
  }

  @Test
  void takesColourOut() {
    Tensor colour = Tensor.of(new float[] {0.5f, 1, 0.25f}, 3, 1, 1);
    assertThat(Images.grayscale(colour).item()).isCloseTo(0.765, offset(1e-6));
    assertThat(Images.grayscale(image)).isSameAs(image);
    assertClose(Images.invert(Tensor.of(new float[] {0, 0.25f}, 1, 1, 2)), 1, 2, 1, 0.75);
  }

  private static void assertFault(
      Class<? extends Throwable> type, String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessage(message);
  }

  @Test
  void refusesWhatIsNoPicture() {
    assertFault(
        DTypeException.class,
        "flip horizontally: pictures must be FLOAT32, got INT32 [1, 2, 2]; convert with"
            + " .to(DType.FLOAT32)",
        () -> Images.flipHorizontally(Tensor.arange(4).reshape(1, 2, 2)));
    assertFault(
        ShapeException.class,
        "resize: pictures must be [channels, height, width] or [n, channels, height, width], got"
            + " [2, 2]",
        () -> Images.resize(Tensor.zeros(2, 2), 1, 1));
    assertFault(
        ShapeException.class,
        "rotate: pictures must have at least one pixel, got [1, 0, 2]",
        () -> Images.rotate(Tensor.zeros(1, 0, 2), 1));
    assertFault(
        ShapeException.class,
        "grayscale: pictures must have 3 channels (red, green, blue) or 1, got [2, 4, 4]",
        () -> Images.grayscale(Tensor.zeros(2, 4, 4)));
  }

  @Test
  void refusesSizesAndNumbersThatMakeNoSense() {
    assertFault(
        ArgumentException.class,
        "resize: height and width must be at least 1, got 0 x 3",
        () -> Images.resize(image, 0, 3));
    assertFault(
        ArgumentException.class,
        "crop: 2 x 2 from row 2 and column 0 on is no part of pictures of 3 x 4",
        () -> Images.crop(image, 2, 0, 2, 2));
    assertFault(
        ArgumentException.class,
        "center crop: 4 x 1 is larger than pictures of 3 x 4; resize them first",
        () -> Images.centerCrop(image, 4, 1));
    assertFault(
        ArgumentException.class,
        "rotate: the angle must be finite, got NaN",
        () -> Images.rotate(image, Double.NaN));
    assertFault(
        ArgumentException.class,
        "brightness: the factor must be finite and not negative, got -1.0",
        () -> Images.brightness(image, -1));
    assertFault(
        ArgumentException.class,
        "normalize: there must be a mean and a deviation above 0 for each channel, all finite, got"
            + " means [0.5] and deviations [0.0]",
        () -> Images.normalize(image, new double[] {0.5}, new double[] {0}));
    assertFault(
        ShapeException.class,
        "normalize: there are means for 1 channels, and pictures [2, 3, 3, 4]",
        () -> Images.normalize(batch, new double[] {0.5}, new double[] {1}));
  }
}
