package org.lawu.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lawu.data.Augmentation;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class RandomChangesTest {
  private final Tensor image = Tensor.uniform(new Philox(7), 0, 1, 3, 4, 5);

  /** How many of 1,000 changes give what the picture is otherwise. */
  private int count(Augmentation augmentation, Tensor changed) {
    Philox random = new Philox(1);
    int count = 0;
    for (int i = 0; i < 1000; i++) {
      Tensor result = augmentation.apply(image, random);
      if (result.equals(changed)) {
        count++;
      } else {
        assertThat(result).isEqualTo(image);
      }
    }
    return count;
  }

  @Test
  void mirrorsSomeOfThem() {
    assertThat(count(new RandomHorizontalFlip(), image.flip(-1))).isBetween(450, 550);
    assertThat(count(new RandomVerticalFlip(), image.flip(-2))).isBetween(450, 550);
    assertThat(count(new RandomHorizontalFlip(0.1), image.flip(-1))).isBetween(70, 130);
    assertThat(count(new RandomVerticalFlip(1), image.flip(-2))).isEqualTo(1000);
    assertThat(count(new RandomHorizontalFlip(0), image.flip(-1))).isZero();
  }

  @Test
  void takesColourOutOfSome() {
    Tensor grey = Images.grayscale(image).expand(3, 4, 5);
    assertThat(count(new RandomGrayscale(0.2), grey)).isBetween(160, 240);
  }

  @Test
  void cropsAnywhere() {
    var crop = new RandomCrop(4, 5, 2);
    Tensor padded = image.pad(new int[] {0, 2, 2}, new int[] {0, 2, 2}, 0);
    Philox random = new Philox(1);
    Set<List<Integer>> places = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      Tensor part = crop.apply(image, random);
      for (int top = 0; top <= 4; top++) {
        for (int left = 0; left <= 4; left++) {
          if (part.equals(Images.crop(padded, top, left, 4, 5))) {
            places.add(List.of(top, left));
          }
        }
      }
    }
    assertThat(places).hasSize(25);
    assertThat(new RandomCrop(4, 5).apply(image, random)).isEqualTo(image);
    assertThat(new RandomCrop(2, 2).apply(image, random).shape().toArray())
        .containsExactly(3, 2, 2);
  }

  @Test
  void turnsWithinTheAngle() {
    Tensor turned = new RandomRotation(10).apply(image, new Philox(3));
    double angle = 10 * (2 * new Philox(3).nextDouble() - 1);

    assertThat(angle).isBetween(-10.0, 10.0).isNotZero();
    assertThat(turned).isEqualTo(Images.rotate(image, angle)).isNotEqualTo(image);
    assertThat(new RandomRotation(0).apply(image, new Philox(3))).isEqualTo(image);
  }

  @Test
  void changesLightAndContrast() {
    Tensor changed = new ColorJitter(0.4, 0.2).apply(image, new Philox(3));
    Philox random = new Philox(3);
    Tensor lit = Images.brightness(image, 1 + 0.4 * (2 * random.nextDouble() - 1));

    assertThat(changed)
        .isEqualTo(Images.contrast(lit, 1 + 0.2 * (2 * random.nextDouble() - 1)))
        .isNotEqualTo(image);
    assertThat(new ColorJitter(0, 0).apply(image, random).allClose(image, 0, 1e-6)).isTrue();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new RandomHorizontalFlip(1.5))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("random horizontal flip: the probability must be in [0, 1], got 1.5");
    assertThatThrownBy(() -> new RandomVerticalFlip(Double.NaN))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("random vertical flip: the probability must be in [0, 1], got NaN");
    assertThatThrownBy(() -> new RandomGrayscale(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("random grayscale: the probability must be in [0, 1], got -1.0");
    assertThatThrownBy(() -> new RandomRotation(200))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("random rotation: the angle must be in [0, 180.0], got 200.0");
    assertThatThrownBy(() -> new ColorJitter(0.1, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("color jitter: contrast must be in [0, 1.0], got 2.0");
    assertThatThrownBy(() -> new RandomCrop(4, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("random crop: height and width must be at least 1, got 4 x 0");
    assertThatThrownBy(() -> new RandomCrop(4, 4, -1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("random crop: padding must not be negative, got -1");
    assertThatThrownBy(() -> new RandomCrop(9, 4, 2).apply(image, new Philox(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("random crop: 9 x 4 is larger than pictures [3, 4, 5] with a border of 2");
  }
}
