package org.lawu.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.ArgumentException;

class ScheduleTest {

  /** The rates of the first steps. */
  private static void has(Schedule schedule, double... rates) {
    for (int step = 0; step < rates.length; step++) {
      assertThat(schedule.at(step)).as("step %d", step).isCloseTo(rates[step], within(1e-12));
    }
  }

  @Test
  void fall() {
    has(new Constant(0.5), 0.5, 0.5);
    has(new StepDecay(8, 2, 0.5), 8, 8, 4, 4, 2);
    has(new MultiStep(8, 0.5, 3, 1, 3), 8, 4, 4, 1, 1);
    has(new ExponentialDecay(8, 0.5), 8, 4, 2, 1);
    has(new Polynomial(8, 4, 1), 8, 6, 4, 2, 0, 0);
    has(new Polynomial(9, 2, 2, 1), 9, 3, 1, 1);
  }

  @Test
  void warmUp() {
    has(new LinearWarmup(8, 2, 0.5), 4, 6, 8, 8);
    has(new LinearWarmup(9, 2), 3, 6, 9);
    has(new InverseSquareRoot(8, 4), 2, 4, 6, 8);
    assertThat(new InverseSquareRoot(8, 4).at(15)).isEqualTo(4);
  }

  @Test
  void cosine() {
    has(new CosineAnnealing(4, 2), 4, 2, 0, 2, 4);
    has(new CosineAnnealing(5, 2, 1).restarts(1), 5, 3, 5, 3, 5);
    has(new CosineAnnealing(4, 1).restarts(2), 4, 4, 2, 4, 4 * 0.8535533905932737, 2);
  }

  @Test
  void cycle() {
    has(new Cyclical(1, 5, 2), 1, 3, 5, 3, 1, 3);
    has(new Cyclical(1, 5, 1, 2, 0.5), 1, 5, 3, 1, 3, 2, 1, 2);
    var cycle = new OneCycle(10, 11, 3.0 / 11, 10, 10);
    has(cycle, 1, 5.5, 10);
    assertThat(cycle.at(6)).isCloseTo(5.05, within(1e-12));
    assertThat(cycle.at(10)).isCloseTo(0.1, within(1e-12));
    assertThat(cycle.at(1000)).isCloseTo(0.1, within(1e-12));
    has(new OneCycle(10, 4, 1, 10, 10), 1, 3.25, 7.75, 10, 10);
    has(new OneCycle(10, 1), 10.0 / 25 / 1e4);
  }

  @Test
  void followOneAnother() {
    has(
        new LinearWarmup(8, 2, 0.5).then(2, new Constant(3).then(1, new ExponentialDecay(8, 0.5))),
        4,
        6,
        3,
        8,
        4,
        2);
  }

  @Test
  void plateausAreLeft() {
    var plateau = new ReduceOnPlateau(1).factor(0.5).patience(1).minimum(0.3);
    assertThat(plateau.after(3).after(2).rate()).isEqualTo(1);
    // Twice not lower than 2: neither by a trifle, nor NaN.
    plateau = plateau.after(2).after(1.9999).after(Double.NaN);
    assertThat(plateau.rate()).isEqualTo(0.5);
    assertThat(plateau.after(1).after(1).best()).isEqualTo(1);
    assertThat(plateau.after(2).rate()).isEqualTo(0.5);
    assertThat(plateau.after(2).after(2).rate()).isEqualTo(0.3);
    assertThat(plateau.after(2).after(2).after(2).after(2).rate()).isEqualTo(0.3);
    // A rate that starts below the minimum never rises.
    var low = new ReduceOnPlateau(0.1).patience(0).minimum(0.3);
    assertThat(low.after(1).after(1).rate()).isEqualTo(0.1);
    assertThat(new ReduceOnPlateau(1).patience(0).after(-1).after(-2).rate()).isEqualTo(1);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("schedule: steps count from 0, got -1", () -> new StepDecay(1, 2, 1).at(-1)),
        refused(
            "schedule: steps count from 0, got -1",
            () -> new Constant(1).then(2, step -> 0).at(-1)),
        refused("schedule: steps count from 0, got -3", () -> new MultiStep(1, 0.1, 5, -3)),
        refused(
            "base: must be a finite number and not negative, got -1.0",
            () -> new CosineAnnealing(-1, 10)),
        refused("steps: must be at least 1, got 0", () -> new CosineAnnealing(1, 0)),
        refused("factor: must be at least 1, got 0", () -> new CosineAnnealing(1, 1).restarts(0)),
        refused("every: must be at least 1, got 0", () -> new StepDecay(1, 0, 0.1)),
        refused("power: must be positive and finite, got 0.0", () -> new Polynomial(1, 1, 0)),
        refused("startFactor: must be in 0 to 1, got 2.0", () -> new LinearWarmup(1, 1, 2)),
        refused("div: must be positive and finite, got 0.0", () -> new OneCycle(1, 10, 0.3, 0, 1)),
        refused("stepsDown: must be at least 1, got 0", () -> new Cyclical(0, 1, 1, 0, 1)),
        refused("warmup: must be at least 1, got 0", () -> new InverseSquareRoot(1, 0)),
        refused("steps: must be at least 1, got 0", () -> new Constant(1).then(0, step -> 1)),
        refused("factor: must be in 0 to 1, got 10.0", () -> new ReduceOnPlateau(1).factor(10)));
  }

  private static Arguments refused(String message, ThrowingCallable call) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuse(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(ArgumentException.class).hasMessage(message);
  }

  @Test
  void aPlateauGoesOnWhereItWas() {
    var plateau = new ReduceOnPlateau(0.1).patience(1).factor(0.3);
    assertThat(ReduceOnPlateau.of(plateau.toMap())).isEqualTo(plateau);
    plateau = plateau.after(1.0 / 3).after(1).after(1);
    var again = ReduceOnPlateau.of(plateau.toMap());
    assertThat(again).isEqualTo(plateau);
    assertThat(again.after(1)).isEqualTo(plateau.after(1));
    var map = plateau.toMap();
    map.put("best", "low");
    assertThatThrownBy(() -> ReduceOnPlateau.of(map))
        .hasMessage("reduceOnPlateau: best must be a number, is low");
    map.remove("rate");
    assertThatThrownBy(() -> ReduceOnPlateau.of(map))
        .hasMessage("reduceOnPlateau: rate must be a number, is missing");
  }

  @Test
  void oneCycleInThreePhases() {
    // PyTorch's phases of 10 steps with pct_start 0.3: up to step 2, down to step 4, on to step 9.
    var cycle = new OneCycle(1, 10, 0.3, 10, 10).inThreePhases().alongStraightLines();
    double[] expected = {0.1, 0.55, 1, 0.55, 0.1, 0.082, 0.064, 0.046, 0.028, 0.01};
    for (int step = 0; step < 10; step++) {
      assertThat(cycle.at(step)).isCloseTo(expected[step], within(1e-12));
    }
    assertThat(cycle.at(50)).isCloseTo(0.01, within(1e-12));
    var wave = new OneCycle(1, 10, 0.3, 10, 10).inThreePhases();
    assertThat(wave.at(3)).isCloseTo(0.55, within(1e-12));
    assertThat(wave.at(5)).isCloseTo(0.01 + 0.045 * (1 + Math.cos(Math.PI / 5)), within(1e-12));
    assertThatThrownBy(() -> new OneCycle(1, 10, 0.6, 10, 10).inThreePhases())
        .isInstanceOf(ArgumentException.class)
        .hasMessage("warmupFraction: must be at most 0.5 in three phases, got 0.6");
  }

  @Test
  void oneCycleAlongStraightLines() {
    var cycle = new OneCycle(1, 11, 3.0 / 11, 10, 10).alongStraightLines();
    assertThat(cycle.at(1)).isCloseTo(0.55, within(1e-12));
    assertThat(cycle.at(2)).isCloseTo(1, within(1e-12));
    assertThat(cycle.at(6)).isCloseTo(0.505, within(1e-12));
    assertThat(cycle.at(10)).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void cyclesCanShrinkFromStepToStep() {
    var cycle = new Cyclical(0.1, 1.1, 2).stepFactor(0.9);
    assertThat(cycle.at(0)).isCloseTo(0.1, within(1e-12));
    assertThat(cycle.at(2)).isCloseTo(0.1 + 0.81, within(1e-12));
    assertThat(cycle.at(5)).isCloseTo(0.1 + 0.5 * Math.pow(0.9, 5), within(1e-12));
  }
}
