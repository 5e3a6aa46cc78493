package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.ShapeException;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.Relu;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class SummaryTest {

  @Test
  void showsLayersShapesAndCounts() {
    var model =
        Sequential.of(
            new Flatten(), new Dense(784, 128), new Relu(), new Dropout(0.2), new Dense(128, 10));
    assertThat(model.summary(28, 28))
        .isEqualTo(
            """
            Name  Layer            Output    Parameters
            -------------------------------------------
            0     Flatten          [1, 784]           0
            1     Dense(784, 128)  [1, 128]     100,480
            2     Relu             [1, 128]           0
            3     Dropout(0.2)     [1, 128]           0
            4     Dense(128, 10)   [1, 10]        1,290
            -------------------------------------------
            101,770 trainable parameters
            Output [1, 10] for a batch of 1
            """);
  }

  @Test
  void showsNestedLayersByTheirFullNames() {
    var model = Sequential.of(Sequential.of(new Embedding(100, 4), new Flatten()), new Relu());
    assertThat(model.summary(Shape.of(6), DType.INT32))
        .isEqualTo(
            """
            Name  Layer              Output     Parameters
            ----------------------------------------------
            0     Sequential         [1, 24]             0
            0.0   Embedding(100, 4)  [1, 6, 4]         400
            0.1   Flatten            [1, 24]             0
            1     Relu               [1, 24]             0
            ----------------------------------------------
            400 trainable parameters
            Output [1, 24] for a batch of 1
            """);
  }

  @Test
  void takesAModelWithSeveralInputs() {
    var model = new LayerTest.Recommender();
    Tensor token = Tensor.of(1);
    assertThat(model.summary(pass -> model.forward(token, token, pass)))
        .isEqualTo(
            """
            Name    Layer            Output  Parameters
            -------------------------------------------
                    Recommender      -                1
            users   Embedding(4, 3)  [1, 3]          12
            films   Embedding(5, 3)  [1, 3]          15
            head    Sequential       [1, 1]           0
            head.0  Dense(6, 8)      [1, 8]          56
            head.1  Relu             [1, 8]           0
            head.2  Dense(8, 1)      [1, 1]           9
            -------------------------------------------
            93 trainable parameters, 1 in buffers
            Output [1] for a batch of 1
            """);
  }

  @Test
  void countsASharedLayerOnce() {
    var shared = new Dense(3, 3);
    assertThat(Sequential.of(shared, shared).summary(3))
        .contains("12 trainable parameters")
        .doesNotContain("\n1 ");
  }

  @Test
  void namesThePlaceOfAWrongInput() {
    assertThatThrownBy(() -> Sequential.of(new Dense(3, 3)).summary(4))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("at 0: linear: last axis must be 3");
  }
}
