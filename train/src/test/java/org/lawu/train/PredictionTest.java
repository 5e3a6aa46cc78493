package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.error.ArgumentException;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.metric.Accuracy;

/** Predictions and evaluations over data sets and batches. */
class PredictionTest {
  private static final Dataset DATA = Problems.clusters(10, 1);

  private final Trainer trainer =
      new Trainer(Problems.classifier(), new CrossEntropy(), new Adam()).metrics(new Accuracy());

  /** Counts the batches that were asked for. */
  private static final class Counting implements Dataset {
    int batches;

    @Override
    public int size() {
      return DATA.size();
    }

    @Override
    public Batch batch(int[] records) {
      batches++;
      return DATA.batch(records);
    }
  }

  @Test
  void predictionsComeInOrder() {
    List<Tensor> parts = trainer.predict(DATA, 4).toList();
    assertThat(parts.stream().map(part -> part.size(0))).containsExactly(4, 4, 2);
    assertThat(Tensor.concat(0, parts)).isEqualTo(trainer.predict(DATA.features(), 4));
    assertThat(trainer.predict(DATA).toList()).containsExactly(trainer.predict(DATA.features()));
  }

  @Test
  void predictionsAreMadeAsTheyAreAskedFor() {
    var counting = new Counting();
    var predictions = trainer.predict(counting, 2);
    assertThat(counting.batches).isZero();
    assertThat(predictions.limit(2)).hasSize(2);
    assertThat(counting.batches).isEqualTo(2);
  }

  @Test
  void predictionsFollowTheBatches() {
    var seen = new ArrayList<Batch>();
    new DataLoader(DATA, 3).shuffle(new Philox(5)).dropLast().forEach(seen::add);
    List<Tensor> predictions =
        trainer.predict(new DataLoader(DATA, 3).shuffle(new Philox(5)).dropLast()).toList();
    assertThat(predictions)
        .containsExactlyElementsOf(
            seen.stream().map(batch -> trainer.predict(batch.features())).toList());
  }

  @Test
  void evaluatesBatches() {
    Evaluation whole = trainer.evaluate(DATA, 4);
    assertThat(trainer.evaluate(new DataLoader(DATA, 4))).isEqualTo(whole);
    assertThat(trainer.evaluate(new DataLoader(DATA, 4).dropLast()).records()).isEqualTo(8);
    assertThat(trainer.evaluate(List.of(DATA.batch(new int[] {3}))).records()).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> trainer.predict(DATA, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("dataLoader: the batch size must be at least 1, got 0");
    assertThatThrownBy(() -> trainer.evaluate(List.of()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("evaluate: there are no batches; it needs at least one record");
    assertThat(trainer.predict(DATA.subset(0, 0))).isEmpty();
  }
}
