package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.MaskedAverage;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.Relu;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class SequentialBuilderTest {

  @Test
  void makesTheOrdinaryChain() {
    var built = Sequential.input(784).dense(128).relu().dropout(0.2).dense(10).build();
    var written =
        Sequential.of(new Dense(784, 128), new Relu(), new Dropout(0.2), new Dense(128, 10));
    assertThat(built).hasToString(written.toString());
    assertThat(built.namedParameters().keySet()).isEqualTo(written.namedParameters().keySet());
    Tensor input = Tensor.normal(new Philox(1), 0, 1, 3, 784);
    assertThat(built.initialize(new Philox(2)).predict(input))
        .isEqualTo(written.initialize(new Philox(2)).predict(input));
  }

  @Test
  void infersTheSizesOfImages() {
    var built =
        Sequential.input(1, 28, 28).conv2d(32, 3).relu().maxPool2d(2).flatten().dense(10).build();
    assertThat(built)
        .hasToString(
            Sequential.of(
                    new Conv2d(1, 32, 3),
                    new Relu(),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Dense(32 * 13 * 13, 10))
                .toString());
    assertThat(built.predict(Tensor.zeros(2, 1, 28, 28)).shape()).isEqualTo(Shape.of(2, 10));
  }

  @Test
  void everyStepKnowsTheShapeBeforeIt() {
    var images =
        Sequential.input(3, 16, 12)
            .conv2d(8, 3, Convolution.DEFAULT.padding(1).stride(2))
            .batchNorm()
            .leakyRelu(0.1)
            .avgPool2d(2)
            .silu()
            .adaptiveAvgPool2d(2, 2)
            .gelu();
    assertThat(images.shape()).isEqualTo(Shape.of(8, 2, 2));
    var head = images.globalAvgPool2d().layerNorm().batchNorm().tanh().dense(1).sigmoid();
    assertThat(head.shape()).isEqualTo(Shape.of(1));
    assertThat(head.build().predict(Tensor.zeros(5, 3, 16, 12)).shape()).isEqualTo(Shape.of(5, 1));
    var text =
        Sequential.tokens(20).embedding(50, 4).lstm(6).gru(5).then(new MaskedAverage()).dense(2);
    assertThat(text.shape()).isEqualTo(Shape.of(2));
    Tensor tokens = Tensor.zeros(Shape.of(3, 7), DType.INT32);
    assertThat(text.build().predict(tokens).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(Sequential.input(2, 9).conv1d(4, 3).batchNorm().shape()).isEqualTo(Shape.of(4, 7));
  }

  @Test
  void theSameBeginningServesTwoModels() {
    var body = Sequential.input(4).dense(8).relu();
    var first = body.dense(2).build();
    var second = body.dense(3).build();
    assertThat(first.layers().getFirst()).isSameAs(second.layers().getFirst());
    assertThat(first.layers()).hasSize(3);
    assertThat(second.predict(Tensor.zeros(1, 4)).shape()).isEqualTo(Shape.of(1, 3));
  }

  @Test
  void aStepThatDoesNotFitSaysWhichItIs() {
    assertThatThrownBy(() -> Sequential.input(784).dense(128).conv2d(32, 3))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "at step 1, conv2d(32, 3), after [128]: needs images [channels, height, width], what"
                + " has come out so far is [128]");
    assertThatThrownBy(() -> Sequential.input(1, 4, 4).maxPool2d(3).flatten().dense(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("at step 2, dense(0), after [1]: dense: out must be at least 1, got 0");
    assertThatThrownBy(() -> Sequential.input(4).then(new Dense(5, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "at step 0, Dense(5, 3), after [4]: linear: last axis must be 5, input is [1, 4]"
                + " (weight [3, 5])");
    assertThatThrownBy(() -> Sequential.input(4).relu().then(Sequential.of(new Dense(5, 3))))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("at step 1, Sequential, after [4]: at 0: linear: last axis must");
    assertThatThrownBy(() -> Sequential.input(1, 4, 4).conv2d(3, 5))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("at step 0, conv2d(3, 5), after [1, 4, 4]: conv2d: ");
    assertThatThrownBy(() -> Sequential.input(4).dropout(1))
        .isInstanceOf(ArgumentException.class)
        .hasMessageStartingWith("at step 0, dropout(1.0), after [4]: dropout: the rate must be");
    assertThatThrownBy(() -> Sequential.input(28, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("input: every size must be at least 1, got [28, 0]; leave out the batch");
  }
}
