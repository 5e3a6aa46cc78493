package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ParameterTest {
  private static final Parameter.Update ADD_ONE =
      (value, gradient, from, to) -> {
        for (int i = from; i < to; i++) {
          value[i] += 1;
        }
      };

  @Test
  void aFrozenParameterGetsNoGradient() {
    var frozen = new Parameter("a", Tensor.of(2f));
    var trained = new Parameter("b", Tensor.of(3f));
    frozen.freeze();
    assertThat(frozen.isFrozen()).isTrue();
    assertThat(frozen.isTrainable()).isFalse();
    assertThat(frozen.isBuffer()).isFalse();
    assertThat(frozen.value().isTracked()).isFalse();
    assertThat(frozen).hasToString("Parameter a [1] frozen");
    Gradients gradients = frozen.value().mul(trained.value()).sum().backward();
    assertThat(gradients.parameters()).containsExactly(trained);
    assertThat(gradients.of(trained)).isEqualTo(Tensor.of(2f));
    frozen.unfreeze();
    assertThat(frozen.isTrainable()).isTrue();
    assertThat(frozen.value().mul(trained.value()).sum().backward().of(frozen))
        .isEqualTo(Tensor.of(3f));
  }

  @Test
  void anUpdateLeavesAFrozenParameterAndSetDoesNot() {
    var parameter = new Parameter("a", Tensor.of(2f));
    Tensor gradient = parameter.value().sum().backward().of(parameter);
    parameter.freeze();
    parameter.update(gradient, ADD_ONE);
    assertThat(parameter.value()).isEqualTo(Tensor.of(2f));
    parameter.set(Tensor.of(5f));
    assertThat(parameter.value()).isEqualTo(Tensor.of(5f));
    assertThat(parameter.isFrozen()).isTrue();
    parameter.unfreeze();
    parameter.update(gradient, ADD_ONE);
    assertThat(parameter.value()).isEqualTo(Tensor.of(6f));
  }

  /** As when another thread predicts with a model between its forward pass and its update. */
  @Test
  void aRunSeesAnUpdateOfWhatOthersRead() throws InterruptedException {
    var parameter = new Parameter("a", Tensor.zeros(2000));
    Tensor gradient = Tensor.ones(2000);
    parameter.update(gradient, ADD_ONE);
    var reader = Thread.ofVirtual().unstarted(parameter::value);
    Tensor after =
        new Workspace()
            .run(() -> {
              Tensor before = parameter.value();
              reader.start();
              try {
                reader.join();
              } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
              }
              parameter.update(gradient, ADD_ONE);
              assertThat(before.get(1999)).isEqualTo(1);
              return Workspace.keep(parameter.value());
            });
    assertThat(after.get(1999)).isEqualTo(2);
    assertThat(parameter.value().get(0)).isEqualTo(2);
  }

  @Test
  void theGraphOfBeforeKeepsItsGradient() {
    var parameter = new Parameter("a", Tensor.of(2f));
    Tensor loss = parameter.value().square().sum();
    parameter.freeze();
    assertThat(loss.backward().of(parameter)).isEqualTo(Tensor.of(4f));
  }

  @Test
  void aBufferIsNeitherFrozenNorTrained() {
    Parameter buffer = Parameter.buffer("a", Tensor.of(2f));
    buffer.freeze();
    assertThat(buffer.isFrozen()).isFalse();
    buffer.unfreeze();
    assertThat(buffer.isTrainable()).isFalse();
    assertThat(buffer.isBuffer()).isTrue();
    assertThat(buffer).hasToString("Buffer a [1]");
  }

  @Test
  void freezingWaitsForAnUpdateThatHasBegun() throws InterruptedException {
    var parameter = new Parameter("a", Tensor.of(2f));
    Tensor gradient = Tensor.of(1f);
    var begun = new CountDownLatch(1);
    Thread freezing =
        Thread.ofPlatform()
            .start(() -> {
              try {
                begun.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              parameter.freeze();
            });
    for (int i = 0; i < 10_000; i++) {
      parameter.update(
          gradient,
          (value, slope, from, to) -> {
            begun.countDown();
            value[from] += 1;
          });
      if (parameter.isFrozen()) {
        break;
      }
    }
    freezing.join();
    Tensor frozen = parameter.value();
    assertThat(frozen.isTracked()).isFalse();
    parameter.update(gradient, (value, slope, from, to) -> value[from] += 1);
    assertThat(parameter.value()).isEqualTo(frozen);
  }
}
