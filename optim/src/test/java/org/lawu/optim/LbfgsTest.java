package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.GradientException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

class LbfgsTest {
  private static final Lbfgs EXACT = new Lbfgs().lossTolerance(0).iterations(1000);

  private static Parameter wide(double... elements) {
    return new Parameter("x", Tensor.of(elements));
  }

  /** {@code sum_i 100 (x_(i+1) - x_i^2)^2 + (1 - x_i)^2}, lowest at ones. */
  private static Tensor rosenbrock(Tensor x) {
    int n = x.size(0);
    Tensor first = x.slice(0, 0, n - 1);
    Tensor next = x.slice(0, 1, n);
    Tensor valley = next.sub(first.square()).square().mul(100);
    return valley.add(first.neg().add(1).square()).sum();
  }

  /** What Commons Math finds, by Powell's quadratic models without derivatives. */
  private static double[] reference(Function<Tensor, Tensor> loss, double... start) {
    return new BOBYQAOptimizer(2 * start.length + 1, 1, 1e-10)
        .optimize(
            new MaxEval(100_000),
            GoalType.MINIMIZE,
            new InitialGuess(start),
            SimpleBounds.unbounded(start.length),
            new ObjectiveFunction(point -> loss.apply(Tensor.of(point)).item()))
        .getPoint();
  }

  private static void isCloseTo(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 50})
  void findsTheMinimumOfRosenbrocksFunction(int n) {
    double[] start = new double[n];
    for (int i = 0; i < n; i++) {
      start[i] = i % 2 == 0 ? -1.2 : 1;
    }
    var x = wide(start);
    var minimum = EXACT.minimize(() -> rosenbrock(x.value()));
    assertThat(minimum.ending()).isEqualTo(Lbfgs.Ending.FLAT);
    assertThat(minimum.iterations()).isLessThan(40 + 5 * n);
    // From this start some of its dimensions have a second minimum, near -1 in the first element.
    assertThat(minimum.loss()).isLessThan(4);
    if (n == 2) {
      isCloseTo(x.value().toDoubleArray(), new double[] {1, 1}, 1e-8);
      isCloseTo(x.value().toDoubleArray(), reference(LbfgsTest::rosenbrock, start), 1e-5);
    }
  }

  /** The mean of {@code softplus(-t x w)} and a penalty, for the weights of 4 features. */
  private static Tensor logistic(Tensor weights) {
    var random = new Philox(7);
    Tensor features = Tensor.normal(random, 0, 1, 200, 4).to(DType.FLOAT64);
    Tensor truth = Tensor.of(new double[] {1, -2, 0.5, 0}, 4, 1);
    Tensor noise = Tensor.normal(random, 0, 1, 200, 1).to(DType.FLOAT64);
    Tensor signs = features.matmul(truth).add(noise).sign().to(weights.dtype());
    Tensor scores = features.to(weights.dtype()).matmul(weights.reshape(4, 1));
    Tensor penalty = weights.square().sum().mul(0.005);
    return scores.mul(signs).neg().softplus().mean().add(penalty);
  }

  @Test
  void findsTheWeightsOfALogisticRegression() {
    var weights = wide(0, 0, 0, 0);
    var minimum = EXACT.minimize(() -> logistic(weights.value()));
    assertThat(minimum.ending()).isEqualTo(Lbfgs.Ending.FLAT);
    assertThat(minimum.evaluations()).isLessThan(40);
    isCloseTo(weights.value().toDoubleArray(), reference(LbfgsTest::logistic, 0, 0, 0, 0), 1e-6);
  }

  @Test
  void trainsFloat32AsFarAsRoundingLets() {
    var weights = new Parameter("weights", Tensor.zeros(4));
    var minimum = new Lbfgs().minimize(() -> logistic(weights.value()));
    assertThat(minimum.iterations()).isLessThan(30);
    isCloseTo(weights.value().toDoubleArray(), reference(LbfgsTest::logistic, 0, 0, 0, 0), 2e-3);
  }

  @Test
  void changesSeveralParametersOfAnyShape() {
    var matrix = new Parameter("matrix", Tensor.zeros(2, 3).to(DType.FLOAT64));
    var scalar = new Parameter("scalar", Tensor.scalar(5, DType.FLOAT64));
    var empty = new Parameter("empty", Tensor.zeros(0, 2).to(DType.FLOAT64));
    Tensor aim = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    EXACT.minimize(() ->
        matrix
            .value()
            .sub(aim)
            .square()
            .sum()
            .add(scalar.value().sub(1).square())
            .add(empty.value().sum()));
    assertThat(matrix.value().allClose(aim, 1e-9, 1e-9)).isTrue();
    assertThat(scalar.value().item()).isCloseTo(1, within(1e-9));
  }

  @Test
  void changesOnlyTheParametersItIsGiven() {
    var x = wide(3);
    var y = wide(3);
    EXACT.minimize(List.of(x), () -> x.value().square().add(y.value().square()).sum());
    assertThat(x.value().item()).isCloseTo(0, within(1e-8));
    assertThat(y.value().item()).isEqualTo(3);
  }

  @Test
  void stopsWhereItStartsAtAMinimum() {
    var x = wide(1, 1);
    var minimum = EXACT.minimize(() -> rosenbrock(x.value()));
    assertThat(minimum).isEqualTo(new Lbfgs.Minimum(0, 0, 1, Lbfgs.Ending.FLAT));
  }

  @Test
  void stopsAfterTheIterations() {
    var x = wide(-1.2, 1);
    var minimum = new Lbfgs().iterations(3).minimize(() -> rosenbrock(x.value()));
    assertThat(minimum.ending()).isEqualTo(Lbfgs.Ending.SPENT);
    assertThat(minimum.iterations()).isEqualTo(3);
    assertThat(rosenbrock(x.value()).item()).isEqualTo(minimum.loss());
  }

  @Test
  void stepsBackFromWhereTheLossIsNotFinite() {
    // Defined for positive numbers alone, lowest at 1.
    var x = wide(0.01);
    Supplier<Tensor> loss = () -> x.value().sub(x.value().log()).sum();
    EXACT.minimize(loss);
    assertThat(x.value().item()).isCloseTo(1, within(1e-7));
  }

  @Test
  void aLineWithoutEndIsLeft() {
    var x = wide(0);
    var minimum = new Lbfgs().iterations(5).minimize(() -> x.value().sum());
    assertThat(minimum.loss()).isLessThan(-1000);
  }

  @Test
  void keepsTheLastWholeStepWhenTheLossThrows() {
    var x = wide(-1.2, 1);
    int[] calls = {0};
    assertThatThrownBy(() ->
            EXACT.minimize(
                List.of(x),
                () -> {
                  if (++calls[0] == 2) {
                    throw new IllegalStateException("no more");
                  }
                  return rosenbrock(x.value());
                }))
        .hasMessage("no more");
    assertThat(x.value()).isEqualTo(Tensor.of(-1.2, 1.0));
  }

  @Test
  void saysWhatIsWrong() {
    var x = wide(-1);
    assertThatThrownBy(() -> EXACT.minimize(() -> x.value().log().sum()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "lbfgs: the loss and its gradient must be finite at the start, the loss is NaN");
    assertThatThrownBy(() -> EXACT.minimize(List.of(), () -> x.value().sum()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("lbfgs: there is no parameter to change");
    assertThatThrownBy(() -> EXACT.minimize(() -> Tensor.of(1.0)))
        .isInstanceOf(GradientException.class);
    assertThatThrownBy(() -> new Lbfgs().history(0))
        .hasMessage("lbfgs: history must be at least 1 step, got 0");
    assertThatThrownBy(() -> new Lbfgs().iterations(0))
        .hasMessage("lbfgs: iterations must be at least 1, got 0");
    assertThatThrownBy(() -> new Lbfgs().gradientTolerance(-1))
        .hasMessage("gradientTolerance: must be a finite number and not negative, got -1.0");
    assertThatThrownBy(() -> new Lbfgs().lossTolerance(Double.NaN))
        .hasMessage("lossTolerance: must be a finite number and not negative, got NaN");
  }
}
