package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

class FrozenParametersTest {

  @Test
  void noOptimizerTouchesThem() {
    var frozen = new Parameter("a", Tensor.of(2f, 3f));
    var trained = new Parameter("b", Tensor.of(4f, 5f));
    Tensor loss = frozen.value().mul(trained.value()).sum();
    // With a gradient from before, and with momentum and weight decay that would move it without.
    Gradients gradients = loss.backward();
    for (Optimizer optimizer :
        new Optimizer[] {
          new AdamW(0.1), new Sgd(0.1).momentum(0.9).weightDecay(0.1), new RmsProp(0.1)
        }) {
      optimizer.step(gradients);
      frozen.freeze();
      Tensor before = frozen.value();
      Tensor other = trained.value();
      optimizer.step(gradients);
      assertThat(frozen.value()).isSameAs(before);
      assertThat(trained.value()).isNotEqualTo(other);
      frozen.unfreeze();
      optimizer.step(gradients);
      assertThat(frozen.value()).isNotEqualTo(before);
    }
  }
}
