package org.lawu.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

class ImagePreprocessingTest {

  /** White in the middle third of the columns, red elsewhere. */
  private static BufferedImage wide() {
    var image = new BufferedImage(12, 4, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 12; x++) {
      for (int y = 0; y < 4; y++) {
        image.setRGB(x, y, x >= 4 && x < 8 ? 0xFFFFFF : 0xFF0000);
      }
    }
    return image;
  }

  private static BufferedImage grey() {
    var image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {0, 51, 102, 255});
    return image;
  }

  @Test
  void makesColoursOfOneSize() {
    Tensor features = ImagePreprocessing.rgb(2, 6).apply(List.of(wide(), grey()));

    assertThat(features.shape().toArray()).containsExactly(2, 3, 2, 6);
    assertThat(features.slice(0, 0, 1).select(2, 0).squeeze(0))
        .isEqualTo(
            Tensor.of(new float[] {1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0}, 3, 6));
    assertThat(features.get(1, 2, 1, 0)).isEqualTo(0.4f);
    assertThat(features.get(1, 0, 1, 0)).isEqualTo(0.4f);
  }

  @Test
  void makesGrey() {
    Tensor features = ImagePreprocessing.grayscale(2, 2).apply(List.of(grey(), wide()));

    assertThat(features.select(0, 0)).isEqualTo(Tensor.of(new float[] {0, 0.2f, 0.4f, 1}, 1, 2, 2));
    // A third of each half is white, and the rest red.
    assertThat(features.get(1, 0, 0, 0)).isCloseTo((1 + 2 * 0.299) / 3, offset(1e-6));
  }

  @Test
  void cropsInsteadOfStretching() {
    assertThat(ImagePreprocessing.rgb(2, 2).crop().apply(List.of(wide())))
        .isEqualTo(Tensor.ones(1, 3, 2, 2));
    Tensor high = Pixels.of(wide()).transpose(1, 2);
    assertThat(ImagePreprocessing.rgb(5, 5).crop().apply(high)).isEqualTo(Tensor.ones(3, 5, 5));
    assertThat(ImagePreprocessing.rgb(1, 100).crop().apply(high).shape().toArray())
        .containsExactly(3, 1, 100);
  }

  @Test
  void invertsAndThenNormalizes() {
    Tensor features =
        ImagePreprocessing.grayscale(2, 2)
            .normalize(new double[] {0.5}, new double[] {0.25})
            .invert()
            .apply(List.of(grey()));

    assertThat(features.allClose(Tensor.of(new float[] {2, 1.2f, 0.4f, -2}, 1, 1, 2, 2), 0, 1e-6))
        .isTrue();
    assertThat(ImagePreprocessing.rgb(4, 4).invert().invert())
        .isEqualTo(ImagePreprocessing.rgb(4, 4));
  }

  @Test
  void isReadBackFromItsConfig() {
    var all =
        ImagePreprocessing.rgb(3, 5)
            .crop()
            .invert()
            .normalize(new double[] {0.1, 0.2, 0.3}, new double[] {1, 2, 3});
    for (ImagePreprocessing one : List.of(all, ImagePreprocessing.grayscale(28, 28))) {
      Config config = Config.parse("file", one.config().toString());
      assertThat(ImagePreprocessing.of(config)).isEqualTo(one).hasSameHashCodeAs(one);
      assertThat(ImagePreprocessing.of(config).apply(List.of(wide())))
          .isEqualTo(one.apply(List.of(wide())));
    }
    assertThat(ImagePreprocessing.grayscale(2, 3))
        .hasToString(
            "ImagePreprocessing{\"kind\":\"image\",\"channels\":1,\"height\":2,\"width\":3,"
                + "\"crop\":false,\"invert\":false}");
    assertThat(all).isNotEqualTo(ImagePreprocessing.rgb(3, 5));
    assertThat(all.channels() + all.height() + all.width()).isEqualTo(11);
  }

  @Test
  void refusesABadConfig() {
    Config config = ImagePreprocessing.grayscale(2, 3).config();
    assertThatThrownBy(() -> ImagePreprocessing.of(Config.of("kind", "text")))
        .isInstanceOf(FormatException.class)
        .hasMessage("image preprocessing: \"kind\" must be \"image\", not \"text\"");
    assertThatThrownBy(() -> ImagePreprocessing.of(Config.of("kind", "image").with("channels", 2)))
        .isInstanceOf(FormatException.class)
        .hasMessage("image preprocessing: \"channels\" must be 1 or 3, not 2");
    assertThatThrownBy(() ->
            ImagePreprocessing.of(config.with("means", 0.5, 0.5).with("deviations", 1.0, 1.0)))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "image preprocessing: there must be a mean and a deviation for each of 1 channels, got"
                + " 2");
    assertThatThrownBy(() -> ImagePreprocessing.of(config.with("means", new double[] {0.5})))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("\"deviations\" is missing");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> ImagePreprocessing.rgb(0, 4))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("image preprocessing: height and width must be at least 1, got 0 x 4");
    assertThatThrownBy(() -> ImagePreprocessing.rgb(4, 4).apply(Tensor.zeros(2, 4, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "image preprocessing: a picture must be [1, height, width] or [3, height, width], got"
                + " [2, 4, 4]");
    assertThat(ImagePreprocessing.rgb(4, 5).apply(List.of()).shape().toArray())
        .containsExactly(0, 3, 4, 5);
  }
}
