package org.lawu.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/** Divergences, margins and embeddings. */
class MoreLossesTest {
  private static final Tensor X = LossChecks.normal(1, 4, 3);
  private static final Tensor Y = LossChecks.normal(2, 4, 3);
  private static final Tensor Z = LossChecks.normal(3, 4, 3);
  private static final Tensor SIGNS =
      Tensor.where(Y.greater(0), Tensor.ones(4, 3), Tensor.ones(4, 3).neg()).to(DType.FLOAT64);

  private static void hasGradient(Function<Reduction, Loss> losses, Tensor x, Tensor y) {
    LossChecks.hasGradient(
        losses.apply(Reduction.MEAN),
        losses.apply(Reduction.SUM),
        losses.apply(Reduction.NONE),
        x,
        y);
  }

  private static void hasElements(Tensor losses, double... expected) {
    Tensor wanted = Tensor.of(expected, losses.shape().toArray());
    assertThat(losses.to(DType.FLOAT64).allClose(wanted, 1e-6, 1e-6))
        .as(losses.toString())
        .isTrue();
  }

  @Test
  void kullbackLeibler() {
    Tensor prediction = Tensor.of(new double[] {Math.log(0.5), Math.log(0.5), -1, -2}, 2, 2);
    Tensor target = Tensor.of(new double[] {0.25, 0.75, 1, 0}, 2, 2);
    double[] each = {0.25 * Math.log(0.5), 0.75 * Math.log(1.5), 1, 0};
    double sum = each[0] + each[1] + each[2];
    hasElements(new KullbackLeibler(Reduction.NONE).of(prediction, target), each);
    LossChecks.hasValue(new KullbackLeibler(Reduction.SUM).of(prediction, target), sum);
    LossChecks.hasValue(new KullbackLeibler().of(prediction, target), sum / 2);
    LossChecks.hasValue(new KullbackLeibler(true, Reduction.MEAN).of(prediction, target), sum / 4);
    hasGradient(KullbackLeibler::new, X.logSoftmax(-1), Y.softmax(-1));
    assertThatThrownBy(() -> new KullbackLeibler().of(Tensor.of(-1f), Tensor.of(-0.5f)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "kullbackLeibler: targets must be probabilities, got -0.5; the prediction alone is given"
                + " as logarithms");
  }

  @Test
  void kullbackLeiblerIsZeroWhereNeitherIsPossible() {
    Tensor prediction = Tensor.of(0.0, Double.NEGATIVE_INFINITY);
    Tensor loss = new KullbackLeibler(Reduction.SUM).of(prediction, Tensor.of(1.0, 0.0));
    assertThat(loss.item()).isZero();
  }

  @Test
  void kullbackLeiblerHasAGradientForTargetsOfZero() {
    Tensor prediction = Tensor.of(-1.0, -2.0).withGradient();
    Tensor loss = new KullbackLeibler(Reduction.SUM).of(prediction, Tensor.of(1.0, 0.0));
    assertThat(loss.backward().of(prediction)).isEqualTo(Tensor.of(-1.0, -0.0));
  }

  @Test
  void hinges() {
    Tensor prediction = Tensor.of(0.5, 3, -1, 0);
    Tensor target = Tensor.of(1.0, 1, 1, -1);
    hasElements(new Hinge(Reduction.NONE).of(prediction, target), 0.5, 0, 2, 1);
    LossChecks.hasValue(new Hinge().of(prediction, target), 3.5 / 4);
    hasElements(new SquaredHinge(Reduction.NONE).of(prediction, target), 0.25, 0, 4, 1);
    LossChecks.hasValue(new SquaredHinge().of(prediction, target), 5.25 / 4);
    hasGradient(Hinge::new, X, SIGNS);
    hasGradient(SquaredHinge::new, X, SIGNS);
  }

  @Test
  void poisson() {
    Tensor target = Tensor.of(2.0, 0);
    hasElements(
        new PoissonNll(Reduction.NONE).of(Tensor.of(1.0, -1), target), Math.E - 2, 1 / Math.E);
    hasElements(
        new PoissonNll(false, Reduction.NONE).of(Tensor.of(3.0, 0), target),
        3 - 2 * Math.log(3),
        0);
    hasGradient(PoissonNll::new, X, Y.square());
    hasGradient(reduction -> new PoissonNll(false, reduction), X.square().add(0.1), Y.square());
  }

  @Test
  void logCosh() {
    Tensor zero = Tensor.of(0.0, 0, 0, 0);
    hasElements(
        new LogCosh(Reduction.NONE).of(Tensor.of(0.0, 1, -1, 1000), zero),
        0,
        Math.log(Math.cosh(1)),
        Math.log(Math.cosh(1)),
        1000 - Math.log(2));
    LossChecks.hasValue(new LogCosh().of(Tensor.of(-1000.0), Tensor.of(0.0)), 1000 - Math.log(2));
    hasGradient(LogCosh::new, X, Y);
  }

  @Test
  void triplet() {
    Tensor anchor = Tensor.of(new double[] {0, 0, 0, 0}, 2, 2);
    Tensor positive = Tensor.of(new double[] {3, 4, 0, 1}, 2, 2);
    Tensor negative = Tensor.of(new double[] {0, 2, 0, 9}, 2, 2);
    hasElements(new Triplet().reduction(Reduction.NONE).of(anchor, positive, negative), 4, 0);
    LossChecks.hasValue(new Triplet(2).of(anchor, positive, negative), 2.5);
    hasGradient(reduction -> (x, y) -> new Triplet().reduction(reduction).of(x, y, Z), X, Y);
    hasGradient(reduction -> (x, y) -> new Triplet().reduction(reduction).of(Z, y, x), X, Y);
    Tensor same = anchor.withGradient();
    Tensor loss = new Triplet().of(same, anchor, negative);
    assertThat(loss.backward().of(same).toDoubleArray()).doesNotContain(Double.NaN);
  }

  @Test
  void cosineEmbedding() {
    Tensor left = Tensor.of(new double[] {1, 0, 1, 0, 1, 1}, 3, 2);
    Tensor right = Tensor.of(new double[] {0, 2, 3, 0, 1, 0}, 3, 2);
    Tensor target = Tensor.of(1.0, -1, -1);
    double root = Math.sqrt(0.5);
    hasElements(
        new CosineEmbedding().reduction(Reduction.NONE).of(left, right, target), 1, 1, root);
    hasElements(
        new CosineEmbedding(0.5).reduction(Reduction.NONE).of(left, right, target),
        1,
        0.5,
        root - 0.5);
    Tensor labels = Tensor.of(1.0, -1, 1, -1);
    hasGradient(
        reduction -> (x, y) -> new CosineEmbedding().reduction(reduction).of(x, y, labels), X, Y);
    Tensor zero = Tensor.of(new double[2], 1, 2).withGradient();
    Tensor loss = new CosineEmbedding().of(zero, zero.detach(), Tensor.of(1.0));
    assertThat(loss.backward().of(zero).toDoubleArray()).containsExactly(0, 0);
  }

  @Test
  void focal() {
    Tensor target = Y.sigmoid();
    Tensor crossEntropy = new BinaryCrossEntropy().of(X, target);
    LossChecks.hasValue(new Focal(0, 0.5).of(X, target), crossEntropy.item() / 2);
    Tensor logits = Tensor.of(Math.log(3), Math.log(3));
    // The truth has the probability 3/4, then 1/4.
    hasElements(
        new Focal().reduction(Reduction.NONE).of(logits, Tensor.of(1.0, 0)),
        0.25 / 16 * Math.log(4.0 / 3),
        0.75 * 9 / 16 * Math.log(4));
    hasGradient(new Focal(1.5, 0.3)::reduction, X, target);
    Tensor sure = Tensor.of(200.0, -200).withGradient();
    Tensor loss = new Focal(1, 0.5).of(sure, Tensor.of(1.0, 0));
    assertThat(loss.backward().of(sure).toDoubleArray()).doesNotContain(Double.NaN);
  }

  @Test
  void refuseShapesAndTypesThatDoNotFit() {
    List<Loss> losses =
        List.of(
            new KullbackLeibler(),
            new Hinge(),
            new SquaredHinge(),
            new PoissonNll(),
            new LogCosh(),
            new Focal(),
            (x, y) -> new Triplet().of(x, x, y),
            (x, y) -> new CosineEmbedding().of(x, y, x));
    for (Loss loss : losses) {
      assertThatThrownBy(() -> loss.of(Tensor.zeros(4, 1), Tensor.zeros(4)))
          .isInstanceOf(ShapeException.class)
          .hasMessageEndingWith(
              ": prediction and target must have one shape, got [4, 1] and [4]; reshape one of"
                  + " them");
      assertThatThrownBy(() -> loss.of(Tensor.zeros(2), Tensor.of(1, 2)))
          .isInstanceOf(DTypeException.class);
    }
    Tensor scalar = Tensor.scalar(1);
    assertThatThrownBy(() -> new Triplet().of(scalar, scalar, scalar))
        .isInstanceOf(ShapeException.class)
        .hasMessage("triplet: needs vectors [..., features], got a scalar");
    Tensor pairs = Tensor.zeros(2, 3);
    assertThatThrownBy(() -> new CosineEmbedding().of(pairs, pairs, Tensor.zeros(2, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "cosineEmbedding: needs vectors [..., features] and a target [...], got [2, 3] and"
                + " [2, 1]");
    assertThatThrownBy(() -> new CosineEmbedding().of(pairs, pairs, Tensor.of(1, 1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "cosineEmbedding: the target must be FLOAT32 like the vectors, got INT32; convert with"
                + " .to(...)");
  }

  @Test
  void refuseSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new Triplet(-1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("triplet: the margin must be finite and not negative, got -1.0");
    assertThatThrownBy(() -> new CosineEmbedding(2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("cosineEmbedding: the margin is a cosine and must be in -1 to 1, got 2.0");
    assertThatThrownBy(() -> new Focal(0.5, 0.25))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("focal: gamma must be 0 or at least 1, got 0.5");
    assertThatThrownBy(() -> new Focal(2, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("focal: alpha must be in 0 to 1, got 2.0");
  }
}
