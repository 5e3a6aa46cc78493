package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class ShapeLayersTest {
  private static final Tensor IMAGES = Tensor.normal(new Philox(1), 0, 1, 4, 2, 3, 5);

  @Nested
  class ReshapeContract extends LayerCase {
    ReshapeContract() {
      super(
          () -> new Reshape(2, -1),
          Tensor.normal(new Philox(1), 0, 1, 4, 6),
          Shape.of(4, 2, 3),
          List.of(),
          Tensor.zeros(4, 5),
          "reshape: ");
    }
  }

  @Nested
  class PermuteContract extends LayerCase {
    PermuteContract() {
      super(
          () -> new Permute(0, 2, 3, 1),
          IMAGES,
          Shape.of(4, 3, 5, 2),
          List.of(),
          Tensor.zeros(4, 5),
          "permute: ");
    }
  }

  @Nested
  class ZeroPad2dContract extends LayerCase {
    ZeroPad2dContract() {
      super(
          () -> new ZeroPad2d(1, 2, 0, 3),
          IMAGES,
          Shape.of(4, 2, 6, 8),
          List.of(),
          Tensor.zeros(4, 5),
          "zeroPad2d: the input must be [n, channels, height, width], got [4, 5]");
    }
  }

  @Nested
  class NearestContract extends LayerCase {
    NearestContract() {
      super(
          () -> Upsample.nearest(2, 3),
          IMAGES,
          Shape.of(4, 2, 6, 15),
          List.of(),
          Tensor.zeros(4, 2, 0, 5),
          "upsample: the input must be [n, channels, height, width] with pixels, got [4, 2, 0, 5]");
    }
  }

  @Nested
  class BilinearUpsampleContract extends LayerCase {
    BilinearUpsampleContract() {
      super(
          () -> Upsample.bilinearTo(7, 4),
          IMAGES,
          Shape.of(4, 2, 7, 4),
          List.of(),
          Tensor.zeros(2, 3, 5),
          "upsample: the input must be [n, channels, height, width] with pixels, got [2, 3, 5]");
    }
  }

  @Test
  void reshapeAndPermuteMoveElements() {
    Tensor x = Tensor.arange(6).reshape(1, 6);
    assertThat(new Reshape(2, 3).predict(x))
        .isEqualTo(Tensor.of(new int[] {0, 1, 2, 3, 4, 5}, 1, 2, 3));
    assertThat(new Permute(0, 2, 1).predict(x.reshape(1, 2, 3)))
        .isEqualTo(Tensor.of(new int[] {0, 3, 1, 4, 2, 5}, 1, 3, 2));
    assertThatThrownBy(() -> new Reshape(4).predict(x))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("reshape: ");
    assertThatThrownBy(() -> new Reshape(1).predict(Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("reshape: the input must have a batch axis, got []");
    assertThat(new Reshape(2, -1)).hasToString("Reshape(2, -1)");
    assertThat(new Permute(0, 2, 1)).hasToString("Permute(0, 2, 1)");
  }

  @Test
  void zeroPadPutsZerosOnEachSide() {
    assertThat(new ZeroPad2d(1, 0, 0, 1).predict(Tensor.of(new float[] {1, 2}, 1, 1, 1, 2)))
        .isEqualTo(Tensor.of(new float[] {0, 1, 2, 0, 0, 0}, 1, 1, 2, 3));
    assertThat(new ZeroPad2d(1).predict(Tensor.ones(1, 1, 1, 1)).sum().item()).isEqualTo(1);
    assertThatThrownBy(() -> new ZeroPad2d(1, -1, 0, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "zeroPad2d: padding must not be negative, got left 1, right -1, top 0, bottom 0");
    assertThat(new ZeroPad2d(1)).hasToString("ZeroPad2d(1, 1, 1, 1)");
  }

  private static Tensor row(double... values) {
    return Tensor.of(values, 1, 1, 1, values.length);
  }

  @Test
  void nearestRepeatsPixels() {
    assertThat(Upsample.nearest(2).predict(Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2)))
        .isEqualTo(
            Tensor.of(new float[] {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4}, 1, 1, 4, 4));
    // floor(i 3 / 5) is 0, 0, 1, 1, 2, and floor(i 5 / 3) is 0, 1, 3.
    assertThat(Upsample.nearestTo(1, 5).predict(row(1, 2, 3))).isEqualTo(row(1, 1, 2, 2, 3));
    assertThat(Upsample.nearestTo(1, 3).predict(row(1, 2, 3, 4, 5))).isEqualTo(row(1, 2, 4));
    // A place that falls on a pixel's edge belongs to the pixel, for every size.
    for (int in = 1; in < 60; in++) {
      Tensor x = Tensor.arange(in).reshape(1, 1, 1, in);
      int[] y = Upsample.nearestTo(1, 3 * in).predict(x).toIntArray();
      for (int i = 0; i < y.length; i++) {
        assertThat(y[i]).isEqualTo(i / 3);
      }
    }
  }

  /** Places are read at (i + 0.5) / 2 - 0.5: -0.25 (at the border), 0.25, 0.75, 1.25 and so on. */
  @Test
  void bilinearWeighsNeighbours() {
    assertThat(Upsample.bilinear(1, 2).predict(row(0, 4, 8))).isEqualTo(row(0, 1, 3, 5, 7, 8));
    // Columns 0, 0.25, 0.75, 1 of rows 0, 0.25, 0.75, 1: x + 2 y + 1 is linear in both.
    assertThat(Upsample.bilinear(2).predict(Tensor.of(new double[] {1, 2, 3, 4}, 1, 1, 2, 2)))
        .isEqualTo(
            Tensor.of(
                new double[] {
                  1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4
                },
                1,
                1,
                4,
                4));
    // Smaller: read at 0.5 and 2.5.
    assertThat(Upsample.bilinearTo(1, 2).predict(row(0, 4, 8, 16))).isEqualTo(row(2, 12));
    // Aligned: read at 0, 2/3, 4/3, 2.
    assertThat(
            Upsample.bilinearTo(1, 4)
                .alignedCorners()
                .predict(row(0, 3, 6))
                .allClose(row(0, 2, 4, 6), 1e-12, 1e-12))
        .isTrue();
    assertThat(Upsample.bilinearTo(1, 1).alignedCorners().predict(row(5, 3, 6))).isEqualTo(row(5));
  }

  @Test
  void upsampleRefusesWhatMakesNoSense() {
    assertThatThrownBy(() -> Upsample.nearest(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("upsample: the factor must be at least 1, got 0");
    assertThatThrownBy(() -> Upsample.bilinearTo(3, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("upsample: the width must be at least 1, got 0");
    assertThatThrownBy(() -> Upsample.nearest(2).alignedCorners())
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "upsample: corners are aligned between pixels only; use bilinear, or leave it out");
    assertThatThrownBy(() -> Upsample.bilinear(2).predict(Tensor.arange(1).reshape(1, 1, 1, 1)))
        .isInstanceOf(DTypeException.class)
        .hasMessageStartingWith("upsample: needs FLOAT32 or FLOAT64, got INT32 [1, 1, 1, 1]");
    assertThat(Upsample.nearest(2)).hasToString("Upsample(nearest, factor 2x2)");
    assertThat(Upsample.bilinearTo(8, 9).alignedCorners())
        .hasToString("Upsample(bilinear, to 8x9, aligned corners)");
  }
}
