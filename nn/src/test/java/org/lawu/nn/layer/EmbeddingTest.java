package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class EmbeddingTest implements LayerContract {

  @Override
  public Layer create() {
    return new Embedding(5, 3, 0);
  }

  @Override
  public Tensor input() {
    return Tensor.of(new int[] {1, 4, 0, 2, 2, 0}, 3, 2);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(3, 2, 3);
  }

  @Override
  public List<String> stateNames() {
    return List.of("weight");
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(2, 2);
  }

  @Override
  public String wrongMessage() {
    return "embedding: tokens must be INT32, got FLOAT32 [2, 2]; convert with .to(DType.INT32)";
  }

  @Test
  void looksRowsUp() {
    var embedding = new Embedding(3, 2);
    embedding.parameters().getFirst().set(Tensor.of(new float[] {0, 1, 10, 11, 20, 21}, 3, 2));
    assertThat(embedding.predict(Tensor.of(2, 0)))
        .isEqualTo(Tensor.of(new float[] {20, 21, 0, 1}, 2, 2));
  }

  @Test
  void startsWithAPaddingRowOfZerosAlone() {
    Tensor weight = new Embedding(4, 3, 2).parameters().getFirst().value();
    assertThat(weight.abs().sum(-1).equal(0).toBooleanArray())
        .containsExactly(false, false, true, false);
  }

  @Test
  void givesThePaddingRowNoGradient() {
    var embedding = new Embedding(3, 2, 1);
    Parameter weight = embedding.parameters().getFirst();
    weight.set(Tensor.ones(3, 2));
    Tensor output = embedding.forward(Tensor.of(1, 2, 2, 1), Pass.training(new Philox(0)));
    assertThat(output).isEqualTo(Tensor.ones(4, 2));
    assertThat(output.sum().backward().of(weight))
        .isEqualTo(Tensor.of(new float[] {0, 0, 0, 0, 2, 2}, 3, 2));
  }

  @Test
  void givesEveryRowAGradientWithoutPadding() {
    var embedding = new Embedding(2, 2);
    Parameter weight = embedding.parameters().getFirst();
    Tensor loss = embedding.forward(Tensor.of(0, 1, 1), Pass.inference()).sum();
    assertThat(loss.backward().of(weight)).isEqualTo(Tensor.of(new float[] {1, 1, 2, 2}, 2, 2));
  }

  @Test
  void refusesTokensOutOfRange() {
    assertThatThrownBy(() -> new Embedding(5, 3).predict(Tensor.of(1, 5)))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("5 at position [1] is out of range 0 to 4");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new Embedding(5, 3, 5))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("embedding: the padding index must be in 0 to 4, got 5");
    assertThatThrownBy(() -> new Embedding(5, 3, -1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("embedding: the padding index must be in 0 to 4, got -1");
    assertThatThrownBy(() -> new Embedding(0, 3))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("embedding: count must be at least 1, got 0");
    assertThatThrownBy(() -> new Embedding(5, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("embedding: dim must be at least 1, got 0");
  }
}
