package org.lawu.train.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

class MetricTest {
  private static final Tensor LOGITS =
      Tensor.of(new float[] {0, 1, 2, 5, 4, 3, 0, 9, 0, 1, 0, 0}, 4, 3);

  private static double of(Metric metric, Tensor prediction, Tensor target) {
    var accumulator = metric.accumulator();
    accumulator.add(prediction, target);
    return accumulator.result();
  }

  @Test
  void accuracyCountsRowsWithTheRightClass() {
    assertThat(of(new Accuracy(), LOGITS, Tensor.of(2, 0, 1, 1))).isEqualTo(0.75);
    assertThat(of(new Accuracy(), LOGITS, Tensor.of(0, 1, 0, 1))).isZero();
  }

  @Test
  void accuracyTakesOneHotLabels() {
    assertThat(of(new Accuracy(), LOGITS, Tensor.of(2, 0, 1, 1).oneHot(3))).isEqualTo(0.75);
  }

  /** The only class would always be the likeliest. */
  @Test
  void accuracyRefusesYesOrNo() {
    for (Tensor prediction : List.of(Tensor.of(1f, -1f), Tensor.zeros(2, 1))) {
      assertThatThrownBy(() -> of(new Accuracy(), prediction, prediction))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("use BinaryAccuracy");
    }
    assertThatThrownBy(() -> of(new Accuracy(), Tensor.zeros(2, 1), Tensor.of(0, 0)))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void accuracyTakesSequences() {
    Tensor logits = LOGITS.reshape(2, 2, 3);
    assertThat(of(new Accuracy(), logits, Tensor.of(new int[] {2, 0, 1, 1}, 2, 2))).isEqualTo(0.75);
  }

  @Test
  void accuracyIgnoresALabel() {
    assertThat(of(new Accuracy(), LOGITS, Tensor.of(2, -100, -100, 1))).isEqualTo(0.5);
    assertThat(of(new Accuracy().ignoreIndex(1), LOGITS, Tensor.of(2, 0, 1, 1))).isEqualTo(1);
  }

  @Test
  void accuracyAddsUpBatches() {
    var accumulator = new Accuracy().accumulator();
    assertThat(accumulator.result()).isNaN();
    accumulator.add(LOGITS, Tensor.of(2, 0, 1, 0));
    accumulator.add(LOGITS.slice(0, 0, 1), Tensor.of(0));
    assertThat(accumulator.result()).isEqualTo(0.8);
  }

  @Test
  void accumulatorsOfOneMetricAreApart() {
    var metric = new Accuracy();
    var first = metric.accumulator();
    var second = metric.accumulator();
    first.add(LOGITS, Tensor.of(2, 0, 1, 0));
    assertThat(second.result()).isNaN();
  }

  @Test
  void accuracyRefusesOtherLabels() {
    assertThatThrownBy(() -> of(new Accuracy(), LOGITS, Tensor.of(1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "accuracy: labels must be INT32 with the shape of the prediction but for its last"
                + " axis, or one-hot with all of it: the prediction is [4, 3], the labels are INT32"
                + " [2]");
    assertThatThrownBy(() -> of(new Accuracy(), Tensor.scalar(1), Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void binaryAccuracyComparesSides() {
    Tensor truth = Tensor.of(new float[] {1, 0, 1, 0}, 4, 1);
    Tensor logits = Tensor.of(new float[] {0.1f, 0.1f, -3, -3}, 4, 1);
    assertThat(of(new BinaryAccuracy(), logits, truth)).isEqualTo(0.5);
    assertThat(of(new BinaryAccuracy().fromProbabilities(), logits.sigmoid(), truth))
        .isEqualTo(0.5);
    assertThat(of(new BinaryAccuracy().fromProbabilities(), logits, truth)).isEqualTo(0.5);
    assertThat(of(new BinaryAccuracy(), Tensor.of(1f, 1f), Tensor.of(1, 1))).isEqualTo(1);
  }

  @Test
  void binaryAccuracyRefusesOtherShapes() {
    assertThatThrownBy(() -> of(new BinaryAccuracy(), Tensor.zeros(4, 1), Tensor.zeros(4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "binary accuracy: prediction and target must have one shape, got [4, 1] and [4]");
  }

  /** The share of predictions within a unit of the target; as in the documentation. */
  private record WithinOne() implements Metric {
    @Override
    public String name() {
      return "within_one";
    }

    @Override
    public Accumulator accumulator() {
      return new Accumulator() {
        private long hits;
        private long counted;

        @Override
        public void add(Tensor prediction, Tensor target) {
          double[] y = prediction.toDoubleArray();
          double[] t = target.toDoubleArray();
          for (int i = 0; i < y.length; i++) {
            hits += Math.abs(y[i] - t[i]) <= 1 ? 1 : 0;
            counted++;
          }
        }

        @Override
        public double result() {
          return (double) hits / counted;
        }
      };
    }
  }

  @Test
  void aMetricMayBeTheUsers() {
    Tensor predictions = Tensor.of(1f, 2f, 3f, 5f);
    Tensor targets = Tensor.of(1f, 3f, 5f, 5.5f);
    assertThat(new WithinOne().of(predictions, targets)).isEqualTo(0.75);
    assertThat(new WithinOne().named("near").name()).isEqualTo("near");
    assertThat(new WithinOne().named("near").of(predictions, targets)).isEqualTo(0.75);
  }
}
