package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.lawu.error.GradientException;
import org.lawu.random.Philox;

class CheckpointTest {
  private final Parameter weight =
      new Parameter("weight", Tensor.normal(new Philox(1), 0, 0.5, 7, 7));
  private final Parameter bias = new Parameter("bias", Tensor.normal(new Philox(2), 0, 1, 7));
  private final Tensor x = Tensor.normal(new Philox(3), 0, 1, 5, 7).withGradient();

  private Tensor block(Tensor input) {
    Tensor hidden = input.linear(weight.value(), bias.value()).tanh();
    return hidden.add(input).mul(hidden.sigmoid()).add(input.mul(bias.value()));
  }

  private Tensor kept(Tensor input) {
    return Autograd.checkpoint(inputs -> block(inputs.getFirst()), input);
  }

  /** Parameters and inputs are used inside and outside, once and again. */
  private Tensor loss(Function<Tensor, Tensor> block) {
    Tensor first = block.apply(x);
    Tensor second = block.apply(first.mul(bias.value()).add(x));
    Tensor branch = x.linear(weight.value()).relu();
    return block.apply(second).add(branch).add(second).add(first).square().mean();
  }

  @Test
  void givesTheSameBits() {
    Tensor plain = loss(this::block);
    Tensor checkpointed = loss(this::kept);
    assertThat(checkpointed).isEqualTo(plain);
    Gradients expected = plain.backward();
    for (int i = 0; i < 2; i++) { // A graph may be differentiated more than once.
      Gradients actual = checkpointed.backward();
      assertThat(actual.parameters()).isEqualTo(expected.parameters());
      assertThat(actual.of(weight)).isEqualTo(expected.of(weight));
      assertThat(actual.of(bias)).isEqualTo(expected.of(bias));
      assertThat(actual.of(x)).isEqualTo(expected.of(x));
    }
  }

  /** Sums of three round by their order, which must be that of the plain graph. */
  @Test
  void addsGradientsInTheSameOrder() {
    Function<Function<Tensor, Tensor>, Tensor> three =
        first -> Tensor.concat(0, first.apply(x), x.sin(), x.tanh()).square().sum();
    Tensor plain = three.apply(Tensor::exp);
    Tensor kept = three.apply(in -> Autograd.checkpoint(all -> all.getFirst().exp(), in));
    assertThat(kept.backward().of(x)).isEqualTo(plain.backward().of(x));
  }

  @Test
  void liesInsideAnother() {
    Tensor plain = block(block(block(x))).sum();
    Tensor nested = Autograd.checkpoint(in -> kept(kept(kept(in.getFirst()))), x).sum();
    assertThat(nested.backward().of(x)).isEqualTo(plain.backward().of(x));
    assertThat(nested.backward().of(weight)).isEqualTo(plain.backward().of(weight));
  }

  @Test
  void canBeDifferentiatedTwice() {
    BiFunction<Function<Tensor, Tensor>, Tensor, Tensor> second =
        (block, at) -> {
          Tensor slope = Autograd.grad(block.apply(at).square().sum(), at, true);
          return Autograd.grad(slope.square().sum(), at, false);
        };
    assertClose(second.apply(this::kept, x), second.apply(this::block, x));
    Tensor slope = Autograd.grad(kept(x).square().sum(), weight.value(), true);
    Tensor expected = Autograd.grad(block(x).square().sum(), weight.value(), true);
    assertThat(slope).isEqualTo(expected);
    assertClose(
        slope.square().sum().backward().of(bias), expected.square().sum().backward().of(bias));
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    assertThat(actual.allClose(expected, 1e-4, 1e-4)).isTrue();
  }

  @Test
  void givesGradientsOfWhatLiesBetween() {
    Tensor inside = x.mul(2);
    Tensor output = kept(inside);
    var gradients = Autograd.grad(output.mul(output).sum(), List.of(inside, output), false);
    Tensor plainInside = x.mul(2);
    Tensor plain = block(plainInside);
    assertThat(gradients)
        .isEqualTo(Autograd.grad(plain.mul(plain).sum(), List.of(plainInside, plain), false));
  }

  @Test
  void takesSeveralInputsTrackedOrNot() {
    Tensor y = Tensor.normal(new Philox(4), 0, 1, 5, 7);
    Tensor loss = Autograd.checkpoint(in -> in.get(0).mul(in.get(1)).exp(), x, y).sum();
    assertThat(loss.backward().of(x)).isEqualTo(x.mul(y).exp().sum().backward().of(x));
    Tensor ofParameters = Autograd.checkpoint(in -> block(in.getFirst()), y).sum();
    assertThat(ofParameters.backward().parameters()).containsExactlyInAnyOrder(weight, bias);
    assertThat(Autograd.checkpoint(in -> in.getFirst().exp(), y).isTracked()).isFalse();
    assertThat(Autograd.checkpoint(List::getFirst, x).sum().backward().of(x))
        .isEqualTo(Tensor.ones(5, 7));
  }

  @Test
  void computesOnceWhereNothingIsRemembered() {
    var runs = new AtomicInteger();
    Function<List<Tensor>, Tensor> counted =
        in -> {
          runs.incrementAndGet();
          return block(in.getFirst());
        };
    assertThat(Autograd.noGrad(() -> Autograd.checkpoint(counted, x)).isTracked()).isFalse();
    assertThat(runs).hasValue(1);
    Autograd.checkpoint(counted, x).sum().backward();
    assertThat(runs).hasValue(3);
  }

  @Test
  void refusesToDifferentiateWhatHasChanged() {
    Tensor loss = kept(x).sum();
    bias.set(bias.value().add(1).detach());
    assertThatThrownBy(loss::backward)
        .isInstanceOf(GradientException.class)
        .hasMessage(
            "checkpoint: computing [5, 7] again gave another result; a parameter was changed"
                + " before backward, or the function draws random numbers that it does not repeat");
    var random = new Philox(1);
    Tensor noisy =
        Autograd.checkpoint(in -> in.getFirst().mul(Tensor.uniform(random, 0, 1, 7)), x).sum();
    assertThatThrownBy(noisy::backward).isInstanceOf(GradientException.class);
    var calls = new AtomicInteger();
    Tensor shrinking =
        Autograd.checkpoint(in -> in.getFirst().slice(0, calls.getAndIncrement(), 5), x).sum();
    assertThatThrownBy(shrinking::backward)
        .isInstanceOf(GradientException.class)
        .hasMessageStartingWith("checkpoint: computing [5, 7] again gave another result");
  }
}
