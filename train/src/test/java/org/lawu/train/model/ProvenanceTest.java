package org.lawu.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lawu.data.Dataset;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.nn.loss.Penalty;
import org.lawu.optim.Sgd;
import org.lawu.optim.schedule.CosineAnnealing;
import org.lawu.tensor.Tensor;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;

class ProvenanceTest {
  private static final Trainer TRAINER =
      new Trainer(Sequential.of(new Dense(2, 1)), new MeanSquaredError(), new Sgd(0.1));
  private static final History HISTORY =
      new History(
          -5, List.of(Map.of("loss", 2.0, "seconds", 1.5), Map.of("loss", 0.5, "seconds", 1.25)));

  private static Dataset data(float last) {
    return Dataset.of(
        Tensor.of(new float[] {1, 2, 3, last}, 2, 2), Tensor.of(new float[] {1, 2}, 2, 1));
  }

  @Test
  void comesBackFromText() {
    Provenance provenance =
        Provenance.of(TRAINER, Fit.forEpochs(2), HISTORY)
            .data("training", data(4))
            .note("command", "./lawu run \"x\"")
            .created(Instant.parse("2020-01-02T03:04:05Z"));
    Provenance again = Provenance.of(Config.parse("text", provenance.config().toString()));
    assertThat(again.config()).isEqualTo(provenance.config());
    assertThat(again).hasToString(provenance.toString());
    assertThat(again.seed()).hasValue(-5);
    assertThat(again.javaVersion()).isEqualTo(Runtime.version().toString());
    assertThat(again.lawuVersion()).isNotEmpty();
    assertThat(again.notes()).containsEntry("created", "2020-01-02T03:04:05Z");
    assertThat(again.data()).containsEntry("training", DataRecord.of(data(4)));
  }

  @Test
  void holdsAllSettingsThatRepeatTheTraining() {
    Fit settings =
        Fit.forSteps(30)
            .batchSize(8)
            .accumulate(2)
            .shuffle(false)
            .validationSplit(0.25)
            .clipValue(0.5)
            .schedule(new CosineAnnealing(0.1, 30, 0.01))
            .penalty(new Penalty(0.1, 0.2))
            .maxNorm(3)
            .classWeights(1, 2);
    assertThat(Provenance.of(TRAINER, settings, HISTORY).run().config("settings"))
        .hasToString(
            """
            {"steps":30,"batchSize":8,"accumulate":2,"shuffle":false,"validationSplit":0.25,\
            "clipValue":"0.5","schedule":"CosineAnnealing[base=0.1, steps=30, minimum=0.01]",\
            "penalty":"Penalty[l1=0.1, l2=0.2]","maxNorm":"MaxNorm[limit=3.0]",\
            "classWeights":"[1.0, 2.0]"}\
            """);
  }

  @Test
  void theLearningRateIsThatOfTheStart() {
    var trainer = new Trainer(TRAINER.model(), TRAINER.loss(), new Sgd(0.1));
    Fit settings = Fit.forEpochs(2).schedule(_ -> 0.025).quiet();
    History history = trainer.fit(data(4), settings);
    assertThat(trainer.optimizer().learningRate()).isEqualTo(0.025);
    Config run = Provenance.of(trainer, settings, history).run();
    assertThat(run.string("optimizer")).startsWith("Sgd[learningRate=0.1,");
    // Which lambda it is differs from process to process.
    assertThat(run.config("settings").string("schedule"))
        .isEqualTo(getClass().getName() + "$$Lambda");
  }

  @Test
  void holdsNoTimes() {
    Provenance provenance = Provenance.of(TRAINER, Fit.forEpochs(2), HISTORY);
    assertThat(provenance.run().config("history")).hasToString("{\"loss\":[2.0,0.5]}");
    assertThat(provenance.config().toString()).doesNotContain("seconds");
  }

  @Test
  void aNameIsGivenOnce() {
    Provenance provenance = Provenance.none().data("training", data(4)).note("a", "b");
    assertThatThrownBy(() -> provenance.data("training", data(5)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("provenance: there is data named training already; give this another name");
    assertThatThrownBy(() -> provenance.note("a", "c"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("provenance: there is a note named a already; give this another name");
  }

  @Test
  void aDataRecordTellsDataApart() {
    DataRecord fingerprint = DataRecord.of(data(4));
    assertThat(fingerprint).isEqualTo(DataRecord.of(data(4)));
    assertThat(fingerprint.sha256()).hasSize(64).isNotEqualTo(DataRecord.of(data(5)).sha256());
    assertThat(fingerprint.sha256())
        .isNotEqualTo(DataRecord.of(data(4).weighted(Tensor.of(new float[] {1, 2}))).sha256());
    Dataset narrow = Dataset.of(Tensor.zeros(4, 2), Tensor.zeros(4));
    Dataset wide = Dataset.of(Tensor.zeros(4, 2, 1), Tensor.zeros(4));
    assertThat(DataRecord.of(narrow).sha256()).isNotEqualTo(DataRecord.of(wide).sha256());
    assertThat(fingerprint.toString())
        .startsWith("2 records, FLOAT32 [2] to FLOAT32 [1], SHA-256 ");
    assertThat(DataRecord.of(Dataset.of(Tensor.zeros(0, 2), Tensor.zeros(0))).records()).isZero();
  }
}
