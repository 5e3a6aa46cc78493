package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lawu.error.DTypeException;
import org.lawu.error.GradientException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;

class AutogradTest {

  @Test
  void differentiatesAProductOfMatrices() {
    Tensor a = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).withGradient();
    Tensor b = Tensor.of(new float[] {5, 6, 7, 8}, 2, 2).withGradient();
    Gradients gradients = a.matmul(b).sum().backward();
    assertThat(gradients.of(a).toFloatArray()).containsExactly(11, 15, 11, 15);
    assertThat(gradients.of(b).toFloatArray()).containsExactly(4, 4, 6, 6);
    assertThat(gradients.of(a).isTracked()).isFalse();
  }

  @Test
  void addsTheGradientsOfATensorUsedTwice() {
    Tensor x = Tensor.of(3f).withGradient();
    Tensor y = x.mul(x).add(x);
    assertThat(y.sum().backward().of(x).item()).isEqualTo(7);
  }

  /** The squares of these divisors are 0 and infinite. */
  @Test
  void dividesByVerySmallAndVeryLargeNumbers() {
    Tensor x = Tensor.of(0f, 1e-30f, 1e30f);
    Tensor y = Tensor.of(1e-23f, 1e-25f, 1e25f).withGradient();
    Tensor gradient = x.div(y).sum().backward().of(y);
    assertThat(gradient.allClose(Tensor.of(0f, -1e20f, -1e-20f), 1e-6, 0)).isTrue();
  }

  @Test
  void differentiatesPowersOfZeroAsPyTorchDoes() {
    Tensor x = Tensor.zeros(3);
    Tensor y = Tensor.of(2f, 0f, -1f).withGradient();
    assertThat(x.pow(y).sum().backward().of(y))
        .isEqualTo(Tensor.of(0f, 0f, Float.NEGATIVE_INFINITY));
  }

  @Test
  void undoesBroadcasting() {
    Tensor x = Tensor.ones(4, 3).withGradient();
    Tensor row = Tensor.of(1f, 2f, 3f).withGradient();
    Tensor column = Tensor.ones(4, 1).withGradient();
    Gradients gradients = x.mul(row).mul(column).sum().backward();
    assertThat(gradients.of(row).toFloatArray()).containsExactly(4, 4, 4);
    assertThat(gradients.of(column)).isEqualTo(Tensor.full(6, Shape.of(4, 1), DType.FLOAT32));
    assertThat(gradients.of(x).shape()).isEqualTo(x.shape());
  }

  @Test
  void aChainOfAHundredThousandOperationsDoesNotOverflowTheStack() {
    Tensor x = Tensor.of(1.0, 2.0).withGradient();
    Tensor y = x;
    for (int i = 0; i < 100_000; i++) {
      y = y.add(1);
    }
    assertThat(y.sum().backward().of(x).toDoubleArray()).containsExactly(1, 1);
  }

  @Test
  void aGraphWithExponentiallyManyPathsIsVisitedOnce() {
    Tensor x = Tensor.of(1.0).withGradient();
    Tensor y = x;
    for (int i = 0; i < 60; i++) {
      y = y.add(y);
    }
    assertThat(y.sum().backward().of(x).item()).isEqualTo(0x1p60);
  }

  @Test
  void differentiatesTwiceAndThrice() {
    Tensor x = Tensor.of(0.7).withGradient();
    Tensor y = x.pow(4).sum();
    Tensor first = Autograd.grad(y, x, true);
    Tensor second = Autograd.grad(first.sum(), x, true);
    Tensor third = Autograd.grad(second.sum(), x, false);
    assertThat(first.item()).isCloseTo(4 * Math.pow(0.7, 3), within(1e-12));
    assertThat(second.item()).isCloseTo(12 * 0.49, within(1e-12));
    assertThat(third.item()).isCloseTo(24 * 0.7, within(1e-12));
    assertThat(third.isTracked()).isFalse();
  }

  @Test
  void findsTheGradientsOfIntermediateResults() {
    Tensor x = Tensor.of(2.0).withGradient();
    Tensor middle = x.square();
    Tensor unused = Tensor.of(5.0).withGradient();
    List<Tensor> gradients = Autograd.grad(middle.mul(3).sum(), List.of(middle, x, unused), false);
    assertThat(gradients.get(0).item()).isEqualTo(3);
    assertThat(gradients.get(1).item()).isEqualTo(12);
    assertThat(gradients.get(2).item()).isZero();
  }

  @Test
  void noGradForgetsAndEnds() {
    Tensor x = Tensor.of(2f).withGradient();
    Tensor inside = Autograd.noGrad(() -> x.square());
    assertThat(inside.isTracked()).isFalse();
    assertThat(x.square().isTracked()).isTrue();
    assertThat(Autograd.isRecording()).isTrue();
    assertThat(Autograd.<Boolean>noGrad(Autograd::isRecording)).isFalse();
  }

  @Test
  void backwardMayBeCalledAgain() {
    Tensor x = Tensor.of(2f).withGradient();
    Tensor y = x.square().sum();
    assertThat(y.backward().of(x)).isEqualTo(y.backward().of(x));
  }

  @Test
  void saysWhyThereIsNoGradient() {
    Tensor x = Tensor.of(1f, 2f).withGradient();
    Tensor y = Tensor.of(1f);
    assertThatThrownBy(x.square()::backward)
        .isInstanceOf(GradientException.class)
        .hasMessage("backward: needs one element, got [2]; reduce it with sum() or mean()");
    assertThatThrownBy(y::backward)
        .hasMessage(
            "backward: the tensor [1] is not tracked: it depends on no parameter and no tensor"
                + " made by withGradient(), or was computed under noGrad");
    Gradients gradients = x.sum().backward();
    assertThatThrownBy(() -> gradients.of(y))
        .hasMessage("gradients: the tensor [1] is not tracked; create it with withGradient()");
    assertThatThrownBy(() -> gradients.of(Tensor.of(1f).withGradient()))
        .hasMessageStartingWith("gradients: no gradient for the tensor [1]:");
    assertThatThrownBy(() -> gradients.of(new Parameter("bias", y)))
        .hasMessage(
            "gradients: the result does not depend on the parameter bias [1]; ask has(parameter)"
                + " first if that is expected");
    assertThatThrownBy(() -> Tensor.of(1).withGradient())
        .isInstanceOf(DTypeException.class)
        .hasMessage("withGradient: needs FLOAT32 or FLOAT64, got INT32 [1]");
    assertThatThrownBy(() -> Autograd.grad(x.sum(), y, false))
        .hasMessage("grad: the tensor [1] is not tracked; create it with withGradient()");
  }

  @Test
  void gradientsNameTheirParameters() {
    var weight = new Parameter("weight", Tensor.of(2f));
    var bias = new Parameter("bias", Tensor.of(1f));
    var unused = new Parameter("unused", Tensor.of(1f));
    Gradients gradients = weight.value().mul(3).add(bias.value()).sum().backward();
    assertThat(gradients.parameters()).containsExactlyInAnyOrder(weight, bias);
    assertThat(gradients.has(unused)).isFalse();
    assertThat(gradients.of(weight).item()).isEqualTo(3);
    weight.set(Tensor.of(9f));
    assertThat(gradients.of(weight).item()).isEqualTo(3);
  }

  @Test
  void aParameterIsReplacedAsAWhole() {
    var weight = new Parameter("weight", Tensor.of(1f, 2f));
    Tensor before = weight.value();
    weight.update(
        Tensor.of(10f, 20f),
        (value, gradient, from, to) -> {
          for (int i = from; i < to; i++) {
            value[i] -= gradient[i];
          }
        });
    assertThat(weight.value().toFloatArray()).containsExactly(-9, -18);
    assertThat(before.toFloatArray()).containsExactly(1, 2);
    assertThat(weight.value().isTracked()).isTrue();
    assertThatThrownBy(() -> weight.update(Tensor.of(1f), (v, g, from, to) -> {}))
        .isInstanceOf(ShapeException.class)
        .hasMessage("parameter weight: the gradient must be [2], got [1]");
    assertThatThrownBy(() -> weight.set(Tensor.of(1f)))
        .hasMessage("parameter weight: shape must stay [2], got [1]");
    assertThatThrownBy(() -> weight.set(Tensor.of(1.0, 2.0)))
        .hasMessage(
            "parameter weight: type must stay FLOAT32, got FLOAT64; convert with"
                + " .to(DType.FLOAT32)");
    assertThat(Parameter.buffer("mean", Tensor.of(0f)).value().isTracked()).isFalse();
  }

  @Test
  void updatesFromAViewOfAGradient() {
    var weight = new Parameter("weight", Tensor.zeros(2, 3));
    Tensor view = Tensor.arange(12).to(DType.FLOAT32).reshape(3, 4).transpose().slice(0, 2, 4);
    weight.update(
        view,
        (value, gradient, from, to) -> System.arraycopy(gradient, from, value, from, to - from));
    assertThat(weight.value().detach()).isEqualTo(view);
  }

  /** {@code x^3} with a gradient rule of its own that can be differentiated again. */
  private record Cube() implements CustomOperation {
    @Override
    public String name() {
      return "cube";
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.getFirst().pow(3);
    }

    @Override
    public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
      return Arrays.asList(inputs.getFirst().square().mul(3).mul(gradient));
    }
  }

  @Test
  void runsCustomOperations() {
    Tensor x = Tensor.of(2.0, 3.0).withGradient();
    Tensor y = Autograd.apply(new Cube(), x);
    Tensor first = Autograd.grad(y.sum(), x, true);
    assertThat(first.toDoubleArray()).containsExactly(12, 27);
    assertThat(Autograd.grad(first.sum(), x, false).toDoubleArray()).containsExactly(12, 18);
  }

  private record Broken(int count, Shape shape) implements CustomOperation {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.getFirst().mul(1);
    }

    @Override
    public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
      List<@Nullable Tensor> gradients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        gradients.add(Tensor.zeros(shape, DType.FLOAT32));
      }
      return gradients;
    }
  }

  @Test
  void refusesGradientsThatDoNotFit() {
    Tensor x = Tensor.of(2f, 3f).withGradient();
    Tensor two = Autograd.apply(new Broken(2, Shape.of(2)), x).sum();
    assertThatThrownBy(two::backward)
        .hasMessage(
            "broken: the gradient rule returned 2 gradients for 1 inputs; return one for each, or"
                + " null");
    Tensor wrong = Autograd.apply(new Broken(1, Shape.of(3)), x).sum();
    assertThatThrownBy(wrong::backward)
        .hasMessage("broken: the gradient rule returned [3] for input 0 of shape [2]");
  }

  @Test
  void oneGraphServesManyThreads() throws Exception {
    var weight = new Parameter("weight", Tensor.normal(new Philox(1), 0, 1, 16, 16));
    Tensor input = Tensor.normal(new Philox(2), 0, 1, 8, 16);
    Tensor loss = input.matmul(weight.value()).tanh().square().mean();
    Tensor expected = loss.backward().of(weight);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Tensor>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        results.add(executor.submit(() -> loss.backward().of(weight)));
      }
      for (Future<Tensor> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    }
  }
}
