package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;

class OtherValuesTest {
  private final Parameter a = new Parameter("a", Tensor.of(1f, 2f));
  private final Parameter b = new Parameter("b", Tensor.of(3f, 4f));

  @Test
  void holdForTheComputationAlone() {
    Tensor product =
        Autograd.withValues(Map.of(a, Tensor.of(5f, 6f)), () -> a.value().mul(b.value()));
    assertThat(product).isEqualTo(Tensor.of(15f, 24f));
    assertThat(a.value()).isEqualTo(Tensor.of(1f, 2f));
  }

  @Test
  void nest() {
    Tensor sum =
        Autograd.withValues(
            Map.of(a, Tensor.of(0f, 0f), b, Tensor.of(1f, 1f)),
            () ->
                Autograd.withValues(Map.of(a, Tensor.of(5f, 6f)), () -> a.value().add(b.value())));
    assertThat(sum).isEqualTo(Tensor.of(6f, 7f));
  }

  @Test
  void areDifferentiatedThroughIfTracked() {
    Tensor leaf = Tensor.of(5f, 6f).withGradient();
    Gradients gradients =
        Autograd.withValues(Map.of(a, leaf), () -> a.value().mul(b.value()).sum()).backward();
    assertThat(gradients.of(leaf)).isEqualTo(b.value());
    assertThat(gradients.has(a)).isFalse();
    assertThat(gradients.of(b)).isEqualTo(leaf);
  }

  @Test
  void doNotTakeWhatIsSetMeanwhile() {
    Tensor seen =
        Autograd.withValues(
            Map.of(a, Tensor.of(5f, 6f)),
            () -> {
              a.set(Tensor.of(8f, 8f));
              return a.value();
            });
    assertThat(seen).isEqualTo(Tensor.of(5f, 6f));
    assertThat(a.value()).isEqualTo(Tensor.of(8f, 8f));
  }

  @Test
  void mustFit() {
    assertThatThrownBy(() -> Autograd.withValues(Map.of(a, Tensor.of(1f)), a::value))
        .isInstanceOf(ShapeException.class)
        .hasMessage("parameter a: shape must stay [2], got [1]");
    assertThatThrownBy(() -> Autograd.withValues(Map.of(a, Tensor.of(1.0, 2.0)), a::value))
        .isInstanceOf(DTypeException.class);
  }

  @Test
  void gradientsAddUp() {
    Gradients first = a.value().square().sum().backward();
    Gradients second = a.value().mul(b.value()).sum().backward();
    Gradients both = first.plus(second);
    assertThat(both.parameters()).containsExactlyInAnyOrder(a, b);
    assertThat(both.of(a)).isEqualTo(Tensor.of(5f, 8f));
    assertThat(both.of(b)).isEqualTo(a.value());
    assertThat(first.of(a)).isEqualTo(Tensor.of(2f, 4f));
  }
}
