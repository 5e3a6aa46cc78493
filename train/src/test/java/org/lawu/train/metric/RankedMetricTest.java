package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

class RankedMetricTest {

  @Test
  void namesTellTheAverage() {
    assertThat(
            List.of(
                new RocAuc(),
                new RocAuc(Average.MACRO),
                new AveragePrecision(),
                new AveragePrecision(Average.WEIGHTED)))
        .extracting(Metric::name)
        .containsExactly("auc", "auc_macro", "average_precision", "average_precision_weighted");
    assertThat(new RocAuc()).hasToString("RocAuc[auc]");
  }

  @Test
  void countsEqualScoresHalf() {
    assertThat(new RocAuc().of(Tensor.of(1f, 1f), Tensor.of(0, 1))).isEqualTo(0.5);
    assertThat(new RocAuc().of(Tensor.of(0f, -0f), Tensor.of(1, 0))).isEqualTo(0.5);
    assertThat(new RocAuc().of(Tensor.of(3f, 1f, 2f, 1f), Tensor.of(1, 1, 0, 0))).isEqualTo(0.625);
  }

  @Test
  void infiniteScoresAreInOrder() {
    float infinity = Float.POSITIVE_INFINITY;
    Tensor scores = Tensor.of(infinity, 1f, -infinity, infinity);
    assertThat(new RocAuc().of(scores, Tensor.of(1, 1, 0, 0))).isEqualTo(0.625);
  }

  @Test
  void isNaNWhereItIsUndefined() {
    Tensor scores = Tensor.of(1f, 2f);
    assertThat(new RocAuc().accumulator().result()).isNaN();
    assertThat(new RocAuc().of(scores, Tensor.of(1, 1))).isNaN();
    assertThat(new RocAuc().of(scores, Tensor.of(0, 0))).isNaN();
    assertThat(new AveragePrecision().of(scores, Tensor.of(0, 0))).isNaN();
    assertThat(new AveragePrecision().of(scores, Tensor.of(1, 1))).isEqualTo(1);
    Tensor rows = Tensor.of(new float[] {1, 0, 0, 0, 1, 0}, 2, 3);
    assertThat(new RocAuc(Average.MACRO).of(rows, Tensor.of(0, 1))).isNaN();
    assertThat(new RocAuc(Average.WEIGHTED).of(rows, Tensor.of(0, 1))).isNaN();
    assertThat(new RocAuc(Average.MICRO).of(rows, Tensor.of(0, 1))).isEqualTo(1);
    Tensor broken = Tensor.of(1f, Float.NaN, 2f);
    assertThat(new RocAuc().of(broken, Tensor.of(1, 0, 0))).isNaN();
    assertThat(new AveragePrecision().of(broken, Tensor.of(1, 0, 0))).isNaN();
  }

  @Test
  void goesOnAfterAResult() {
    var accumulator = new RocAuc().accumulator();
    accumulator.add(Tensor.of(3f), Tensor.of(0));
    assertThat(accumulator.result()).isNaN();
    accumulator.add(Tensor.of(1f), Tensor.of(1));
    assertThat(accumulator.result()).isZero();
    accumulator.add(Tensor.of(4f), Tensor.of(1));
    assertThat(accumulator.result()).isEqualTo(0.5);
  }

  @Test
  void ignoresALabel() {
    Tensor labels = Tensor.of(1, 0, -100);
    assertThat(new RocAuc().of(Tensor.of(2f, 1f, 5f), labels)).isEqualTo(1);
    Tensor columns = Tensor.of(new float[] {0, 2, 0, 1, 0, 5}, 3, 2);
    assertThat(new RocAuc().of(columns, labels)).isEqualTo(1);
    assertThat(new RocAuc(Average.MACRO).ignoreIndex(7).of(columns, Tensor.of(1, 0, 7)))
        .isEqualTo(1);
  }

  @Test
  void refusesClassesThatDoNotFit() {
    Tensor rows = Tensor.zeros(2, 3);
    assertThatThrownBy(() -> new RocAuc().of(rows, Tensor.of(0, 1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "auc: Average.BINARY needs 2 classes, there are 3; take MACRO, WEIGHTED or MICRO");
    var accumulator = new RocAuc(Average.MACRO).accumulator();
    accumulator.add(rows, Tensor.of(0, 1));
    assertThatThrownBy(() -> accumulator.add(Tensor.zeros(2, 4), Tensor.of(0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("auc_macro: all batches must have the same classes, got 4 after 3");
    assertThatThrownBy(() ->
            new RocAuc(Average.MACRO)
                .fromProbabilities()
                .of(Tensor.ones(2, 3).mul(4), Tensor.of(0, 1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "auc_macro: a probability must be in 0 to 1, got 4.0; for logits leave out"
                + " fromProbabilities()");
  }

  @Test
  void curvesRefuseWhatIsUndefined() {
    double[] scores = {1, 2};
    assertThatThrownBy(() -> RocCurve.of(scores, new boolean[] {true, true}))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "roc curve: it needs rows of both answers, got 2 yes and 0 no; take a larger sample");
    assertThatThrownBy(() -> PrecisionRecallCurve.of(scores, new boolean[2]))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "precision recall curve: it needs rows whose answer is yes, got none among 2; take a"
                + " larger sample");
    assertThatThrownBy(() -> RocCurve.of(scores, new boolean[3]))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("roc curve: there must be an answer for each score, got 3 for 2");
    assertThatThrownBy(() -> RocCurve.of(new double[] {1, Double.NaN}, new boolean[2]))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "roc curve: scores must be numbers, got NaN in row 1; look for it in the model's"
                + " output");
    assertThatThrownBy(() -> RocCurve.of(Tensor.zeros(2, 3), Tensor.of(0, 1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "roc curve: it is of yes-or-no questions, there are 3 classes; give the scores of one"
                + " class");
  }

  @Test
  void curvesOfArraysAndTensorsAreTheSame() {
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    var curve = RocCurve.of(scores, new boolean[] {false, false, true, true});
    assertThat(curve.auc()).isEqualTo(0.75);
    assertThat(curve.falsePositiveRates()).containsExactly(0, 0, 0.5, 0.5, 1);
    assertThat(curve.truePositiveRates()).containsExactly(0, 0.5, 0.5, 1, 1);
    assertThat(curve).hasToString("RocCurve[5 points, auc=0.7500]");
    var same = RocCurve.of(Tensor.of(scores), Tensor.of(0, 0, 1, 1));
    assertThat(same.thresholds()).containsExactly(curve.thresholds());
    assertThat(PrecisionRecallCurve.of(Tensor.of(scores), Tensor.of(0, 0, 1, 1)))
        .hasToString("PrecisionRecallCurve[5 points, averagePrecision=0.8333]");
  }

  /** The share of ordered pairs, counted one by one, beside the sorted computation. */
  @Test
  void isTheShareOfOrderedPairs() {
    var random = new SplittableRandom(3);
    for (int round = 0; round < 50; round++) {
      int n = 2 + random.nextInt(40);
      double[] scores = random.doubles(n).map(x -> Math.floor(x * 10)).toArray();
      boolean[] answers = new boolean[n];
      for (int i = 1; i < n; i++) {
        answers[i] = i == 1 || random.nextBoolean();
      }
      double pairs = 0;
      double ordered = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (answers[i] && !answers[j]) {
            pairs++;
            ordered += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
      }
      assertThat(RocCurve.of(scores, answers).auc()).isEqualTo(ordered / pairs);
    }
  }
}
