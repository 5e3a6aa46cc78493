package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class WeightsTest {
  private static final double TOLERANCE = 1e-12;

  private static final Tensor WEIGHTS = Tensor.of(0.5, 0.0, 2.0, 3.0);
  private static final Tensor MASK = Tensor.of(true, false, true, false);

  /** A loss with any reduction and something of four records to use it on. */
  record Case(String name, Function<Reduction, Loss> loss, Tensor prediction, Tensor target) {
    Tensor of(Reduction reduction) {
      return loss.apply(reduction).of(prediction, target);
    }

    Tensor of(Reduction reduction, Tensor weights) {
      return loss.apply(reduction).of(prediction, target, weights);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Tensor x = LossChecks.normal(1, 4, 3);
    Tensor y = LossChecks.normal(2, 4, 3);
    Tensor signs = y.sign();
    Tensor labels = Tensor.of(2, 0, 1, 2);
    Tensor yes = y.greater(0).to(DType.FLOAT64);
    return Stream.of(
        new Case("MeanSquaredError", MeanSquaredError::new, x, y),
        new Case("MeanAbsoluteError", MeanAbsoluteError::new, x, y),
        new Case("Huber", reduction -> new Huber(0.5, reduction), x, y),
        new Case("LogCosh", LogCosh::new, x, y),
        new Case("Hinge", Hinge::new, x, signs),
        new Case("SquaredHinge", SquaredHinge::new, x, signs),
        new Case("PoissonNll", PoissonNll::new, x, y.abs()),
        new Case("Focal", new Focal()::reduction, x, yes),
        new Case("BinaryCrossEntropy", new BinaryCrossEntropy()::reduction, x, yes),
        new Case(
            "BinaryCrossEntropy of probabilities",
            new BinaryCrossEntropy().fromProbabilities()::reduction,
            x.sigmoid(),
            yes),
        new Case(
            "KullbackLeibler over elements",
            reduction -> new KullbackLeibler(true, reduction),
            x.logSoftmax(-1),
            y.softmax(-1)),
        new Case("CrossEntropy", new CrossEntropy()::reduction, x, labels),
        new Case(
            "CrossEntropy, smoothed", new CrossEntropy().labelSmoothing(0.2)::reduction, x, labels),
        new Case("CrossEntropy of probabilities", new CrossEntropy()::reduction, x, y.softmax(-1)),
        new Case(
            "NegativeLogLikelihood",
            new NegativeLogLikelihood()::reduction,
            x.logSoftmax(-1),
            labels));
  }

  private static Tensor rows(Tensor weights, Tensor losses) {
    return losses.rank() == 1 ? weights : weights.unsqueeze(-1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weightsMultiplyAndTheMeanCountsAll(Case of) {
    Tensor losses = of.of(Reduction.NONE);
    Tensor weighed = losses.mul(rows(WEIGHTS, losses));
    assertThat(of.of(Reduction.NONE, WEIGHTS).allClose(weighed, TOLERANCE, TOLERANCE)).isTrue();
    assertThat(of.of(Reduction.SUM, WEIGHTS).item())
        .isCloseTo(weighed.sum().item(), within(TOLERANCE));
    assertThat(of.of(Reduction.MEAN, WEIGHTS).item())
        .isCloseTo(weighed.mean().item(), within(TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalWeightsAreNone(Case of) {
    Tensor ones = Tensor.ones(4);
    for (Reduction reduction : Reduction.values()) {
      assertThat(of.of(reduction, ones).allClose(of.of(reduction), TOLERANCE, TOLERANCE)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theMeanUnderAMaskIsThatOfWhatIsKept(Case of) {
    Tensor kept = Tensor.of(0, 2);
    var part =
        new Case(
            of.name(),
            of.loss(),
            of.prediction().indexSelect(0, kept),
            of.target().indexSelect(0, kept));
    for (Reduction reduction : List.of(Reduction.MEAN, Reduction.SUM)) {
      assertThat(of.of(reduction, MASK).item())
          .isCloseTo(part.of(reduction).item(), within(TOLERANCE));
    }
    Tensor losses = of.of(Reduction.NONE, MASK);
    assertThat(losses.shape()).isEqualTo(of.of(Reduction.NONE).shape());
    assertThat(losses.indexSelect(0, kept)).isEqualTo(part.of(Reduction.NONE));
    assertThat(losses.indexSelect(0, Tensor.of(1, 3)).abs().max().item()).isZero();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachLossCanHaveItsWeight(Case of) {
    Tensor losses = of.of(Reduction.NONE);
    Tensor weights = LossChecks.normal(9, losses.shape().toArray());
    assertThat(of.of(Reduction.SUM, weights).item())
        .isCloseTo(losses.mul(weights).sum().item(), within(TOLERANCE));
    Tensor mask = weights.greater(0);
    double count = mask.to(DType.FLOAT64).sum().item();
    assertThat(of.of(Reduction.MEAN, mask).item())
        .isCloseTo(losses.mul(mask.to(DType.FLOAT64)).sum().item() / count, within(TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreThoseOfDifferences(Case of) {
    for (Tensor weights : List.of(WEIGHTS, MASK)) {
      LossChecks.hasGradient(
          (x, y) -> of.loss().apply(Reduction.MEAN).of(x, y, weights),
          (x, y) -> of.loss().apply(Reduction.SUM).of(x, y, weights),
          (x, y) -> of.loss().apply(Reduction.NONE).of(x, y, weights),
          of.prediction(),
          of.target());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatIsWrong(Case of) {
    String shape = of.of(Reduction.NONE).shape().toString();
    assertThatThrownBy(() -> of.of(Reduction.MEAN, Tensor.ones(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "loss: weights must have the shape of the losses, %s, or of their first axes, got [3]"
                .formatted(shape));
    assertThatThrownBy(() -> of.of(Reduction.MEAN, Tensor.ones(4, 3, 1)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> of.of(Reduction.MEAN, Tensor.of(1, 1, 1, 1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "loss: weights must be floating numbers or a BOOL mask, got INT32 [4]; convert with"
                + " .to(...)");
  }

  @Test
  void nothingKeptHasNoMean() {
    var loss = new MeanSquaredError();
    Tensor x = Tensor.of(1f, 2f);
    assertThat(loss.of(x, x, Tensor.of(false, false)).item()).isNaN();
    assertThat(loss.reduction(Reduction.SUM).of(x, x, Tensor.of(false, false)).item()).isZero();
  }

  @Test
  void whatIsMaskedMayBeAnything() {
    Tensor x = Tensor.of(1f, Float.NaN);
    Tensor loss = new MeanSquaredError().of(x, Tensor.of(3f, 0f), Tensor.of(true, false));
    assertThat(loss.item()).isEqualTo(4);
  }

  @Test
  void classWeightsStayInTheDivisor() {
    Tensor x = LossChecks.normal(3, 4, 3);
    Tensor labels = Tensor.of(2, 0, -100, 1);
    var loss = new CrossEntropy().classWeights(Tensor.of(1f, 2f, 4f));
    Tensor losses = loss.reduction(Reduction.NONE).of(x, labels);
    double weighed = losses.mul(WEIGHTS).sum().item();
    assertThat(loss.of(x, labels, WEIGHTS).item()).isCloseTo(weighed / 7, within(TOLERANCE));
    double kept = losses.get(0) + losses.get(2);
    assertThat(loss.of(x, labels, MASK).item()).isCloseTo(kept / 4, within(TOLERANCE));
  }

  @Test
  void aDivergenceIsThatOfTheRowsThatAreKept() {
    Tensor x = LossChecks.normal(3, 4, 3).logSoftmax(-1);
    Tensor y = LossChecks.normal(4, 4, 3).softmax(-1);
    Tensor kept = Tensor.of(0, 2);
    double expected =
        new KullbackLeibler().of(x.indexSelect(0, kept), y.indexSelect(0, kept)).item();
    assertThat(new KullbackLeibler().of(x, y, MASK).item()).isCloseTo(expected, within(TOLERANCE));
    double sum = new KullbackLeibler(Reduction.SUM).of(x, y, WEIGHTS).item();
    assertThat(new KullbackLeibler().of(x, y, WEIGHTS).item())
        .isCloseTo(sum / 4, within(TOLERANCE));
  }

  @Test
  void lossesOfSeveralTensorsTakeWeightsToo() {
    Tensor a = LossChecks.normal(1, 4, 5);
    Tensor b = LossChecks.normal(2, 4, 5);
    Tensor c = LossChecks.normal(3, 4, 5);
    Tensor triplets = new Triplet().reduction(Reduction.NONE).of(a, b, c);
    assertThat(new Triplet().of(a, b, c, WEIGHTS).item())
        .isCloseTo(triplets.mul(WEIGHTS).mean().item(), within(TOLERANCE));
    Tensor same = Tensor.of(1.0, -1.0, 1.0, -1.0);
    Tensor pairs = new CosineEmbedding().reduction(Reduction.NONE).of(a, b, same);
    assertThat(new CosineEmbedding().of(a, b, same, MASK).item())
        .isCloseTo((pairs.get(0) + pairs.get(2)) / 2, within(TOLERANCE));
    Tensor said = LossChecks.normal(4, 6, 4, 3).logSoftmax(-1);
    Tensor lengths = Tensor.of(6, 5, 4, 3);
    Tensor labels = Tensor.of(1, 2, 1, 2);
    Tensor ones = Tensor.of(1, 1, 1, 1);
    Tensor sequences = new Ctc().reduction(Reduction.NONE).of(said, labels, lengths, ones);
    assertThat(new Ctc().of(said, labels, lengths, ones, WEIGHTS).item())
        .isCloseTo(sequences.mul(WEIGHTS).mean().item(), within(TOLERANCE));
  }

  @Test
  void ownLossesSayThatTheyTakeNone() {
    Loss own = (x, y) -> x.sub(y).sum();
    assertThatThrownBy(() -> own.of(Tensor.of(1f), Tensor.of(1f), Tensor.of(1f)))
        .isInstanceOf(ArgumentException.class)
        .hasMessageContaining("does not take weights; implement of(prediction, target, weights)");
  }
}
