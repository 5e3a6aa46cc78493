package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;

class PoolingLayersTest {

  @Nested
  class MaxPool2dTest implements LayerContract {
    @Override
    public Layer create() {
      return new MaxPool2d(3, 2, 1);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 5, 6);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 2, 3, 3);
    }

    @Override
    public List<String> stateNames() {
      return List.of();
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 5, 6);
    }

    @Override
    public String wrongMessage() {
      return "maxPool2d: the input must be [n, channels, height, width], got [4, 5, 6]";
    }
  }

  @Nested
  class AvgPool2dTest implements LayerContract {
    @Override
    public Layer create() {
      return new AvgPool2d(2);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 5, 6);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 2, 2, 3);
    }

    @Override
    public List<String> stateNames() {
      return List.of();
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 2, 1, 6);
    }

    @Override
    public String wrongMessage() {
      return "avgPool2d: the window [2, 2] is larger than the image: input [4, 2, 1, 6], padding [0, 0]";
    }
  }

  @Nested
  class AdaptiveAvgPool2dTest implements LayerContract {
    @Override
    public Layer create() {
      return new AdaptiveAvgPool2d(2, 3);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 5, 7);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 2, 2, 3);
    }

    @Override
    public List<String> stateNames() {
      return List.of();
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 5, 7);
    }

    @Override
    public String wrongMessage() {
      return "adaptiveAvgPool2d: the input must be [n, channels, height, width], got [4, 5, 7]";
    }
  }

  @Nested
  class GlobalAvgPool2dTest implements LayerContract {
    @Override
    public Layer create() {
      return new GlobalAvgPool2d();
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 5, 7);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 2);
    }

    @Override
    public List<String> stateNames() {
      return List.of();
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 5, 7);
    }

    @Override
    public String wrongMessage() {
      return "globalAvgPool2d: the input must be [n, channels, height, width], got [4, 5, 7]";
    }
  }

  private static final Tensor SQUARE =
      Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);

  @Test
  void computesWhatItSays() {
    assertThat(new MaxPool2d(2, 1, 0).predict(SQUARE))
        .isEqualTo(Tensor.of(new float[] {5, 6, 8, 9}, 1, 1, 2, 2));
    assertThat(new AvgPool2d(Window.of(2).stride(1)).predict(SQUARE))
        .isEqualTo(Tensor.of(new float[] {3, 4, 6, 7}, 1, 1, 2, 2));
    assertThat(new AvgPool2d(2, 2, 1).predict(SQUARE))
        .isEqualTo(Tensor.of(new float[] {0.25f, 1.25f, 2.75f, 7}, 1, 1, 2, 2));
    assertThat(new AdaptiveAvgPool2d(2, 2).predict(SQUARE))
        .isEqualTo(Tensor.of(new float[] {3, 4, 6, 7}, 1, 1, 2, 2));
    assertThat(new GlobalAvgPool2d().predict(SQUARE)).isEqualTo(Tensor.of(new float[] {5}, 1, 1));
  }

  @Test
  void theFirstOfSeveralLargestHasTheGradient() {
    Tensor x = Tensor.ones(1, 1, 2, 2).withGradient();
    assertThat(x.maxPool2d(Window.of(2)).sum().backward().of(x))
        .isEqualTo(Tensor.of(new float[] {1, 0, 0, 0}, 1, 1, 2, 2));
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new MaxPool2d(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("window: the size must be at least 1, got [0, 0]");
    assertThatThrownBy(() -> new AvgPool2d(3, 1, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("window: the padding must be from 0 to half the size [3, 3], got [2, 2]");
    assertThatThrownBy(() -> new AdaptiveAvgPool2d(1, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("adaptiveAvgPool2d: the width must be at least 1, got 0");
  }
}
