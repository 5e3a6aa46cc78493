package org.lawu.testkit.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.DType;
import org.lawu.tensor.DotProductAttention;
import org.lawu.tensor.Tensor;

/**
 * Attention of more queries than a block has, which FLOAT32 computes block by block and FLOAT64 in
 * small operations: the gradients agree.
 */
class AttentionBlocksTest {

  static Stream<UnaryOperator<DotProductAttention>> settings() {
    Tensor some = Tensor.bernoulli(new Philox(9), 0.6, 270, 600).greater(0.5);
    return Stream.of(
        how -> how,
        how -> how.causal(),
        how -> how.allowed(some),
        how -> how.dropout(0.3, new Philox(5)),
        how -> how.causal().allowed(some).dropout(0.3, new Philox(5)));
  }

  private static List<Tensor> gradients(
      UnaryOperator<DotProductAttention> setting, DType type, Tensor... parts) {
    Tensor[] inputs = new Tensor[parts.length];
    for (int i = 0; i < parts.length; i++) {
      inputs[i] = parts[i].to(type).withGradient();
    }
    var attention = setting.apply(DotProductAttention.scaled(0.5));
    Tensor y = attention.of(inputs[0], inputs[1], inputs[2]);
    return Autograd.grad(y.mul(y.add(1)).sum(), List.of(inputs), false);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void gradientsOfManyBlocks(UnaryOperator<DotProductAttention> setting) {
    Philox random = new Philox(4);
    Tensor query = Tensor.normal(random, 0, 1, 270, 2, 5).transpose(0, 1);
    Tensor key = Tensor.normal(random, 0, 1, 2, 5, 600).transpose();
    Tensor value = Tensor.normal(random, 0, 1, 2, 600, 3);
    var actual = gradients(setting, DType.FLOAT32, query, key, value);
    var expected = gradients(setting, DType.FLOAT64, query, key, value);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).allClose(expected.get(i).to(DType.FLOAT32), 1e-4, 1e-5)).isTrue();
    }
  }

  @Test
  void gradientsOfMoreQueriesThanKeys() {
    Philox random = new Philox(4);
    Tensor query = Tensor.normal(random, 0, 1, 600, 2);
    Tensor key = Tensor.normal(random, 0, 1, 599, 2);
    Tensor value = Tensor.normal(random, 0, 1, 599, 2);
    UnaryOperator<DotProductAttention> causal = how -> how.causal();
    var actual = gradients(causal, DType.FLOAT32, query, key, value);
    var expected = gradients(causal, DType.FLOAT64, query, key, value);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).allClose(expected.get(i).to(DType.FLOAT32), 1e-4, 1e-5)).isTrue();
    }
  }
}
