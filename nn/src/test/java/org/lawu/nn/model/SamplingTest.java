package org.lawu.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class SamplingTest {
  private static final int DRAWS = 20_000;

  /** Probabilities 0.1, 0.4, 0.2, 0.3. */
  private static final Tensor SCORES =
      Tensor.of(new double[] {0.1, 0.4, 0.2, 0.3}).log().add(7).to(DType.FLOAT32);

  private static double[] shares(Sampling sampling) {
    double[] shares = new double[4];
    Philox random = sampling.random();
    for (int i = 0; i < DRAWS; i++) {
      shares[sampling.choose(SCORES, random)] += 1.0 / DRAWS;
    }
    return shares;
  }

  private static void assertShares(Sampling sampling, double... expected) {
    double[] shares = shares(sampling);
    // Five standard deviations at the most.
    assertThat(shares).containsExactly(expected, within(5 * Math.sqrt(0.25 / DRAWS)));
    for (int i = 0; i < expected.length; i++) {
      assertThat(shares[i] == 0).isEqualTo(expected[i] == 0);
    }
  }

  @Test
  void drawsWithTheProbabilitiesOfTheScores() {
    assertShares(Sampling.seeded(1), 0.1, 0.4, 0.2, 0.3);
  }

  @Test
  void temperatureIsAnExponentOfTheProbabilities() {
    // Squares: 0.01, 0.16, 0.04, 0.09 of 0.30.
    assertShares(Sampling.seeded(2).temperature(0.5), 0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.3);
    assertShares(Sampling.seeded(2).temperature(1e9), 0.25, 0.25, 0.25, 0.25);
  }

  @Test
  void topKKeepsTheMostProbable() {
    assertThat(Sampling.seeded(1).topK(2).seed(3)).isEqualTo(Sampling.seeded(3).topK(2));
    assertShares(Sampling.seeded(3).topK(2), 0, 4.0 / 7, 0, 3.0 / 7);
    assertShares(Sampling.seeded(3).topK(1), 0, 1, 0, 0);
    assertShares(Sampling.seeded(3).topK(100), 0.1, 0.4, 0.2, 0.3);
  }

  @Test
  void topPKeepsTheFewestThatReachIt() {
    assertShares(Sampling.seeded(4).topP(0.65), 0, 4.0 / 7, 0, 3.0 / 7);
    assertShares(Sampling.seeded(4).topP(0.75), 0, 4.0 / 9, 2.0 / 9, 3.0 / 9);
    assertShares(Sampling.seeded(4).topP(1e-9), 0, 1, 0, 0);
    // Of the two that topK leaves, the first has 4/7 = 0.571.
    assertShares(Sampling.seeded(4).topK(2).topP(0.57), 0, 1, 0, 0);
    assertShares(Sampling.seeded(4).topK(2).topP(0.58), 0, 4.0 / 7, 0, 3.0 / 7);
  }

  @Test
  void greedyTakesTheFirstOfTheBest() {
    Philox random = new Philox(1);
    assertThat(Sampling.greedy().choose(Tensor.of(-3f, 2f, 1f, 2f), random)).isEqualTo(1);
    assertThat(random.state()).isEqualTo(new Philox(1).state());
    Tensor hidden = Tensor.of(Float.NEGATIVE_INFINITY, -5f);
    assertThat(Sampling.greedy().choose(hidden, random)).isEqualTo(1);
    assertThat(Sampling.seeded(1).topK(2).choose(hidden, random)).isEqualTo(1);
    Tensor certain = Tensor.of(5f, Float.POSITIVE_INFINITY);
    assertThat(Sampling.seeded(1).choose(certain, random)).isEqualTo(1);
    // Of equals, topK keeps the first.
    Tensor equal = Tensor.of(-0f, 0f, -0f, -7f);
    assertThat(Sampling.seeded(1).topK(1).choose(equal, random)).isZero();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Sampling.seeded(1).temperature(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "sampling: the temperature must be at least 0, got -1.0; 1 leaves the probabilities as"
                + " they are");
    assertThatThrownBy(() -> Sampling.seeded(1).topK(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("sampling: topK must be at least 1, or 0 for all tokens, got -1");
    assertThatThrownBy(() -> Sampling.seeded(1).topP(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("sampling: topP must be above 0 and at most 1, got 0.0");
    assertThatThrownBy(() -> Sampling.greedy().choose(Tensor.of(1f, Float.NaN), new Philox(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "sampling: the score of token 1 is not a number; look for NaN in the model's parameters");
    assertThatThrownBy(() -> Sampling.greedy().choose(Tensor.zeros(0), new Philox(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("sampling: there are no scores to choose from");
  }
}
