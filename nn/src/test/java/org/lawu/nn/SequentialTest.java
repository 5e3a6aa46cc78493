package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ShapeException;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.LayerContract;
import org.lawu.nn.layer.Relu;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class SequentialTest implements LayerContract {

  @Override
  public Layer create() {
    return Sequential.of(new Dense(3, 4), new Relu(), new Dropout(0.2), new Dense(4, 2));
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 5, 3);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(5, 2);
  }

  @Override
  public List<String> stateNames() {
    return List.of("0.weight", "0.bias", "3.weight", "3.bias");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(5, 4);
  }

  @Override
  public String wrongPlace() {
    return "0";
  }

  @Override
  public String wrongMessage() {
    return "linear: last axis must be 3, input is [5, 4] (weight [4, 3])";
  }

  /** A convolution, without a bias or with, and what comes after it. */
  private static Sequential convolutions() {
    return Sequential.of(
            Conv2d.withoutBias(3, 4, 3, Convolution.DEFAULT),
            new Relu(),
            new Conv2d(4, 5, 3),
            new Relu(),
            new Conv2d(5, 2, 1))
        .initialize(new Philox(7));
  }

  private static Tensor oneByOne(Sequential model, Tensor images) {
    Tensor x = images;
    for (Layer layer : model.layers()) {
      x = layer.forward(x, Pass.inference());
    }
    return x;
  }

  @Test
  void aConvolutionAndReluAtOnceAreWhatTheyAreOneByOne() {
    Sequential model = convolutions();
    Tensor images = Tensor.normal(new Philox(2), 0, 1, 3, 3, 9, 8).withGradient();

    Tensor atOnce = model.forward(images, Pass.inference());
    Tensor oneByOne = oneByOne(model, images);

    assertThat(atOnce.toFloatArray()).isEqualTo(oneByOne.toFloatArray());
    var actual = atOnce.square().sum().backward();
    var expected = oneByOne.square().sum().backward();
    assertThat(actual.of(images).toFloatArray()).isEqualTo(expected.of(images).toFloatArray());
    for (Parameter parameter : model.parameters()) {
      assertThat(actual.of(parameter).toFloatArray())
          .isEqualTo(expected.of(parameter).toFloatArray());
    }
  }

  @Test
  void whoLooksAtLayersSeesAllOfThem() {
    Sequential model = convolutions();
    List<Layer> seen = new ArrayList<>();

    model.forward(Tensor.zeros(1, 3, 9, 8), Pass.observed((layer, output) -> seen.add(layer)));

    assertThat(seen).containsSubsequence(model.layers());
  }

  @Test
  void aFaultInALayerOfTwoNamesTheConvolution() {
    assertThatThrownBy(() -> convolutions().predict(Tensor.zeros(1, 3, 4, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("at 2: conv2d: the kernel is larger than the image");
  }
}
