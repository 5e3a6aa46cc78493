package org.lawu.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.CustomOperation;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class GradientCheckTest {

  /** {@code x^2 y} with gradients {@code slopeX x y} and {@code slopeY x^2}; 2 and 1 are right. */
  private record SquareTimes(double slopeX, double slopeY) implements CustomOperation {
    @Override
    public String name() {
      return "squareTimes";
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).square().mul(inputs.get(1));
    }

    @Override
    public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
      Tensor x = inputs.get(0);
      Tensor y = inputs.get(1);
      return Arrays.asList(
          gradient.mul(x).mul(y).mul(slopeX), gradient.mul(x.square()).mul(slopeY));
    }
  }

  private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
  private static final Tensor Y = Tensor.of(new float[] {-1, 0.5f, 2, 3}, 2, 2);

  private static GradientCheck check(CustomOperation operation) {
    return GradientCheck.of(in -> Autograd.apply(operation, in.get(0), in.get(1)), X, Y);
  }

  @Test
  void rightGradientsPass() {
    check(new SquareTimes(2, 1)).check();
    check(new SquareTimes(2, 1)).checkSecondOrder();
  }

  @Test
  void wrongGradientsAreNamed() {
    assertThatThrownBy(() -> check(new SquareTimes(2.5, 1)).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "gradient of input 0 at \\[0, 0\\]: analytic -\\d.\\d+, numeric -\\d.\\d+;"
                + " they may differ by .+");
    assertThatThrownBy(() -> check(new SquareTimes(2, 1.5)).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("gradient of input 1 at [0, 0]: analytic ");
  }

  /** Its gradient is right at first order, but hides from the second that it depends on x. */
  @Test
  void wrongSecondGradientsAreNamed() {
    var forgetful =
        new CustomOperation() {
          @Override
          public String name() {
            return "forgetfulSquare";
          }

          @Override
          public Tensor forward(List<Tensor> inputs) {
            return inputs.getFirst().square();
          }

          @Override
          public List<@Nullable Tensor> gradients(
              List<Tensor> inputs, Tensor output, Tensor gradient) {
            return List.of(gradient.mul(inputs.getFirst().detach()).mul(2));
          }
        };
    var check = GradientCheck.of(in -> Autograd.apply(forgetful, in.getFirst()), X);
    check.check();
    assertThatThrownBy(check::checkSecondOrder)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("second gradient of input 0 at [0, 0]: analytic 0.0, numeric ");
  }

  @Test
  void linearFunctionsHaveNoSecondGradient() {
    GradientCheck.of(in -> in.getFirst().mul(3), X).checkSecondOrder();
    GradientCheck.of(in -> in.getFirst().sum(), X).checkSecondOrder();
  }

  @Test
  void passesOtherInputsOn() {
    GradientCheck.of(in -> in.get(1).indexSelect(0, in.get(0)), Tensor.of(1, 1, 0), X).check();
  }

  @Test
  void theToleranceCanBeChanged() {
    var wrong = check(new SquareTimes(2.0001, 1));
    assertThatThrownBy(wrong::check).isInstanceOf(AssertionError.class);
    assertThatCode(wrong.tolerance(1e-3)::check).doesNotThrowAnyException();
  }

  @Test
  void needsAFloatingInput() {
    assertThatThrownBy(() -> GradientCheck.of(in -> in.getFirst(), Tensor.of(1, 2)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("gradient check: needs an input of FLOAT32 or FLOAT64");
  }

  @Test
  void needsAResultOfTheInputsType() {
    assertThatThrownBy(() -> GradientCheck.of(in -> in.getFirst().to(DType.FLOAT32), X).check())
        .isInstanceOf(AssertionError.class)
        .hasMessage("gradient check: FLOAT64 inputs give a result of type FLOAT32");
  }
}
