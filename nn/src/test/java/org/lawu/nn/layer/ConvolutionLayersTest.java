package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class ConvolutionLayersTest {

  @Nested
  class Conv2dTest implements LayerContract {
    @Override
    public Layer create() {
      return new Conv2d(2, 3, 3, Convolution.DEFAULT.stride(2).padding(1));
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 5, 6);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 3, 3, 3);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight", "bias");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 3, 5, 6);
    }

    @Override
    public String wrongMessage() {
      return "conv2d: axis 1 must be 2, input is [4, 3, 5, 6] (weight [3, 2, 3, 3], groups 1)";
    }
  }

  @Nested
  class RectangularConv2dTest implements LayerContract {
    @Override
    public Layer create() {
      return Conv2d.withoutBias(4, 2, 1, 3, Convolution.DEFAULT.groups(2));
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 4, 2, 5);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 2, 2, 3);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 4, 5);
    }

    @Override
    public String wrongMessage() {
      return "conv2d: the input must be [n, channels, height, width], got [4, 4, 5]";
    }
  }

  @Nested
  class Conv1dTest implements LayerContract {
    @Override
    public Layer create() {
      return new Conv1d(2, 3, 3, Convolution.DEFAULT.stride(1, 2).padding(0, 1));
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 7);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 3, 4);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight", "bias");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 2, 7, 1);
    }

    @Override
    public String wrongMessage() {
      return "conv1d: the input must be [n, channels, length], got [4, 2, 7, 1]";
    }
  }

  @Nested
  class ConvTranspose2dTest implements LayerContract {
    @Override
    public Layer create() {
      return new ConvTranspose2d(2, 4, 3, Convolution.DEFAULT.stride(2).padding(1).groups(2), 1);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 3, 4);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 4, 6, 8);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight", "bias");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 3, 5, 6);
    }

    @Override
    public String wrongMessage() {
      return "convTranspose2d: axis 1 must be 2 and divide into 2 groups, input is [4, 3, 5, 6] (weight [2, 2, 3, 3])";
    }
  }

  @Test
  void conv1dSlidesItsKernel() {
    var difference = Conv1d.withoutBias(1, 1, 2, Convolution.DEFAULT);
    difference.namedParameters().get("weight").set(Tensor.of(new float[] {-1, 1}, 1, 1, 2));
    assertThat(difference.predict(Tensor.of(new float[] {1, 4, 9, 16}, 1, 1, 4)))
        .isEqualTo(Tensor.of(new float[] {3, 5, 7}, 1, 1, 3));
  }

  @Test
  void convTranspose2dSpreadsItsKernel() {
    var copies = new ConvTranspose2d(1, 1, 2, Convolution.DEFAULT.stride(2), 0);
    copies.namedParameters().get("weight").set(Tensor.ones(1, 1, 2, 2));
    copies.namedParameters().get("bias").set(Tensor.of(1f));
    assertThat(copies.predict(Tensor.of(new float[] {1, 2}, 1, 1, 1, 2)))
        .isEqualTo(Tensor.of(new float[] {2, 2, 3, 3, 2, 2, 3, 3}, 1, 1, 2, 4));
  }

  @Test
  void startsWithinPyTorchsBound() {
    var layer = new Conv2d(8, 128, 5, Convolution.DEFAULT.groups(2)).initialize(new Philox(5));
    double bound = 1 / Math.sqrt(4 * 25);
    for (Parameter parameter : layer.parameters()) {
      assertThat(parameter.value().abs().max().item()).isBetween(0.9 * bound, bound);
      assertThat(parameter.value().mean().item()).isBetween(-0.02, 0.02);
    }
  }

  @Test
  void saysWhatItIs() {
    assertThat(new Conv2d(3, 8, 3)).hasToString("Conv2d(3, 8, kernel 3x3)");
    var all = Convolution.DEFAULT.stride(2).padding(0, 1).dilation(2, 1).groups(2);
    assertThat(Conv2d.withoutBias(4, 8, 1, 5, all))
        .hasToString(
            "Conv2d(4, 8, kernel 1x5, stride 2x2, padding 0x1, dilation 2x1, groups 2, without"
                + " bias)");
    assertThat(new Conv1d(4, 8, 3, Convolution.DEFAULT.stride(1, 2)))
        .hasToString("Conv1d(4, 8, kernel 3, stride 2)");
    assertThat(new ConvTranspose2d(4, 8, 3)).hasToString("ConvTranspose2d(4, 8, kernel 3x3)");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new Conv2d(0, 3, 3))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("conv2d: in must be at least 1, got 0");
    assertThatThrownBy(() -> new Conv2d(3, 3, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("conv2d: the kernel must be at least 1, got 0");
    assertThatThrownBy(() -> new Conv2d(4, 6, 3, Convolution.DEFAULT.groups(4)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("conv2d: the channels, 4 and 6, must divide by the groups, 4");
    assertThatThrownBy(() -> new Conv1d(4, 6, 3, Convolution.DEFAULT.stride(2)))
        .isInstanceOf(ArgumentException.class)
        .hasMessageStartingWith(
            "conv1d: there is no height; set the width alone, as in .stride(1, 2).padding(0, 1),"
                + " got Convolution[strideHeight=2");
    assertThatThrownBy(() -> new ConvTranspose2d(4, 6, 3, Convolution.DEFAULT.stride(2), 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "convTranspose2d: the output padding must be from 0 to below the stride [2, 2], got"
                + " [2, 2]");
  }
}
