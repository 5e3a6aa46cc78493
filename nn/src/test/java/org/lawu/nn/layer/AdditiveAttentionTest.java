package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class AdditiveAttentionTest extends LayerCase {
  private static final Pass PASS = Pass.inference();

  AdditiveAttentionTest() {
    super(
        () -> new AdditiveAttention(3, 3, 5),
        Tensor.normal(new Philox(1), 0, 1, 4, 6, 3),
        Shape.of(4, 6, 3),
        List.of("query.weight", "memory.weight", "score.weight"),
        Tensor.zeros(4, 6, 2),
        "additiveAttention: query must be [batch, time, 3], got [4, 6, 2]");
  }

  @Test
  void computesItsFormula() {
    var attention = new AdditiveAttention(1, 2, 1);
    attention.namedParameters().get("query.weight").set(Tensor.of(new float[] {2}, 1, 1));
    attention.namedParameters().get("memory.weight").set(Tensor.of(new float[] {1, -1}, 1, 2));
    attention.namedParameters().get("score.weight").set(Tensor.of(new float[] {3}, 1, 1));
    Tensor query = Tensor.of(new float[] {0.5f}, 1, 1, 1);
    Tensor memory = Tensor.of(new float[] {0.1f, 0.2f, 0.5f, -0.5f}, 1, 2, 2);
    double first = Math.exp(3 * Math.tanh(2 * 0.5 + 0.1 - 0.2));
    double second = Math.exp(3 * Math.tanh(2 * 0.5 + 0.5 + 0.5));
    Tensor y = attention.forward(query, memory, AttentionMask.none(), PASS);
    assertThat(y.shape()).isEqualTo(Shape.of(1, 1, 2));
    assertThat(y.get(0, 0, 0))
        .isCloseTo((0.1 * first + 0.5 * second) / (first + second), within(1e-6));
    assertThat(y.get(0, 0, 1))
        .isCloseTo((0.2 * first - 0.5 * second) / (first + second), within(1e-6));
  }

  @Test
  void aMaskHidesMemory() {
    var attention = new AdditiveAttention(2, 3, 4);
    Tensor query = Tensor.normal(new Philox(1), 0, 1, 5, 2, 2);
    Tensor memory = Tensor.normal(new Philox(2), 0, 1, 5, 6, 3);
    var mask = AttentionMask.padding(Tensor.arange(6).less(4).expand(5, 6));
    Tensor masked = attention.forward(query, memory, mask, PASS);
    Tensor cut = attention.forward(query, memory.slice(1, 0, 4), AttentionMask.none(), PASS);
    assertThat(masked.allClose(cut, 1e-6, 1e-6)).isTrue();
  }

  @Test
  void refusesWhatDoesNotFit() {
    var attention = new AdditiveAttention(2, 3, 4);
    Tensor query = Tensor.zeros(5, 2, 2);
    assertThatThrownBy(
            () -> attention.forward(query, Tensor.zeros(5, 6, 2), AttentionMask.none(), PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage("additiveAttention: memory must be [batch, time, 3], got [5, 6, 2]");
    assertThatThrownBy(
            () -> attention.forward(query, Tensor.zeros(4, 6, 3), AttentionMask.none(), PASS))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "additiveAttention: query and memory must have one batch size, got [5, 2, 2] and"
                + " [4, 6, 3]");
    assertThatThrownBy(() -> new AdditiveAttention(2, 3, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("additiveAttention: hidden must be at least 1, got 0");
    assertThat(attention.toString()).startsWith("AdditiveAttention(2, 3, hidden 4)");
  }
}
