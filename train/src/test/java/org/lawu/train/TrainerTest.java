package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.error.ArgumentException;
import org.lawu.error.LawuException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.layer.Tanh;
import org.lawu.nn.loss.BinaryCrossEntropy;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.nn.loss.MeanSquaredError;
import org.lawu.nn.loss.Reduction;
import org.lawu.optim.Adam;
import org.lawu.optim.Sgd;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.metric.Accuracy;
import org.lawu.train.metric.BinaryAccuracy;

class TrainerTest {

  private static Trainer trainer(Sequential model) {
    return new Trainer(model, new CrossEntropy(), new Adam(0.02)).metrics(new Accuracy());
  }

  // ---- learning

  @Test
  void learnsClusters() {
    var trainer = trainer(Problems.classifier());
    var history =
        trainer.fit(
            Problems.clusters(200, 1),
            Fit.forEpochs(10).batchSize(32).validationSplit(0.1).seed(1).quiet());
    assertThat(history.names())
        .containsExactly("loss", "accuracy", "val_loss", "val_accuracy", "seconds");
    assertThat(history.values("loss")).hasSize(10);
    assertThat(history.last("loss")).isLessThan(history.values("loss")[0]);
    assertThat(history.last("val_accuracy")).isEqualTo(1);
    assertThat(history.last("seconds")).isPositive();
    assertThat(trainer.evaluate(Problems.clusters(300, 2)).get("accuracy")).isGreaterThan(0.98);
  }

  @Test
  void learnsXor() {
    var model =
        Sequential.of(new Dense(2, 8), new Tanh(), new Dense(8, 1)).initialize(new Philox(3));
    var trainer =
        new Trainer(model, new BinaryCrossEntropy(), new Adam(0.05)).metrics(new BinaryAccuracy());
    trainer.fit(Problems.xor(), Fit.forEpochs(200).batchSize(4).seed(1).quiet());
    assertThat(trainer.evaluate(Problems.xor()).get("accuracy")).isEqualTo(1);
    assertThat(trainer.evaluate(Problems.xor()).loss()).isLessThan(0.1);
  }

  @Test
  void takesTheStepsOfTheLoopWithoutATrainer() {
    var model = Sequential.of(new Dense(2, 3)).initialize(new Philox(1));
    var byHand = Sequential.of(new Dense(2, 3)).initialize(new Philox(1));
    var data = Problems.clusters(10, 1);
    new Trainer(model, new CrossEntropy(), new Sgd(0.1).momentum(0.9))
        .fit(data, Fit.forEpochs(2).batchSize(4).shuffle(false).quiet());
    var optimizer = new Sgd(0.1).momentum(0.9);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (Batch batch : new DataLoader(data, 4)) {
        Tensor prediction = byHand.forward(batch.features(), Pass.training(new Philox(1)));
        optimizer.step(new CrossEntropy().of(prediction, batch.labels()).backward());
      }
    }
    assertThat(Problems.values(model)).isEqualTo(Problems.values(byHand));
  }

  @Test
  void goesOnWhereItWas() {
    var data = Problems.clusters(32, 1);
    var once = Problems.classifier();
    var twice = Problems.classifier();
    var settings = Fit.forEpochs(1).batchSize(32).seed(1).shuffle(false).quiet();
    trainer(once).fit(data, settings);
    var trainer = trainer(twice);
    trainer.fit(data, settings);
    assertThat(Problems.values(twice)).isEqualTo(Problems.values(once));
    trainer.fit(data, settings);
    assertThat(Problems.values(twice)).isNotEqualTo(Problems.values(once));
  }

  // ---- seeds

  private static List<Tensor> trained(Fit settings) {
    var model = Problems.classifier();
    trainer(model).fit(Problems.clusters(100, 1), settings);
    return Problems.values(model);
  }

  @Test
  void theSameSeedGivesTheSameParametersToTheBit() {
    var settings = Fit.forEpochs(3).batchSize(16).validationSplit(0.2).quiet();
    assertThat(trained(settings.seed(7))).isEqualTo(trained(settings.seed(7)));
    assertThat(trained(settings.seed(7))).isNotEqualTo(trained(settings.seed(8)));
  }

  @Test
  void validationAndProgressDoNotChangeTheTraining() {
    var settings = Fit.forEpochs(3).batchSize(16).seed(7);
    var bar = new Fit.Progress(Fit.Progress.none().out(), true);
    assertThat(trained(settings.validation(Problems.clusters(20, 2)).progress(bar)))
        .isEqualTo(trained(settings.quiet()));
  }

  @Test
  void aTrainingWithoutASeedCanBeRepeated() {
    var data = Problems.clusters(100, 1);
    var model = Problems.classifier();
    var settings = Fit.forEpochs(2).batchSize(16).quiet();
    var history = trainer(model).fit(data, settings);
    assertThat(trained(settings.seed(history.seed()))).isEqualTo(Problems.values(model));
    assertThat(trainer(Problems.classifier()).fit(data, settings).seed())
        .isNotEqualTo(history.seed());
  }

  /** Remembers what it was asked for. */
  private record Recording(Dataset source, List<List<Integer>> asked) implements Dataset {

    @Override
    public int size() {
      return source.size();
    }

    @Override
    public Batch batch(int[] records) {
      asked.add(Arrays.stream(records).boxed().toList());
      return source.batch(records);
    }
  }

  @Test
  void shufflesEveryEpochAnew() {
    var data = new Recording(Problems.clusters(20, 1), new ArrayList<>());
    trainer(Problems.classifier()).fit(data, Fit.forEpochs(2).batchSize(20).seed(1).quiet());
    // The first is the trial before training.
    assertThat(data.asked()).hasSize(3);
    var first = data.asked().get(1);
    var second = data.asked().get(2);
    assertThat(first).isNotEqualTo(second).containsExactlyInAnyOrderElementsOf(second);
    assertThat(first).doesNotHaveDuplicates().hasSize(20);
  }

  @Test
  void keepsTheOrderWhenToldTo() {
    var data = new Recording(Problems.clusters(3, 1), new ArrayList<>());
    trainer(Problems.classifier()).fit(data, Fit.forEpochs(1).batchSize(2).shuffle(false).quiet());
    assertThat(data.asked()).containsExactly(List.of(0, 1), List.of(0, 1), List.of(2));
  }

  @Test
  void neverTrainsOnValidationRecords() {
    var data = new Recording(Problems.clusters(10, 1), new ArrayList<>());
    trainer(Problems.classifier())
        .fit(data, Fit.forEpochs(1).batchSize(10).validationSplit(0.3).seed(1).quiet());
    // Two trials, the step, the validation.
    assertThat(data.asked()).hasSize(4);
    assertThat(data.asked().get(2)).hasSize(7).doesNotContainAnyElementsOf(data.asked().get(3));
    assertThat(data.asked().get(3)).hasSize(3);
  }

  // ---- evaluation and prediction

  @Test
  void weighsBatchesByTheirRecords() {
    var trainer = trainer(Problems.classifier());
    var data = Problems.clusters(10, 1);
    var whole = trainer.evaluate(data, 10);
    var parts = trainer.evaluate(data, 4);
    assertThat(parts.loss()).isCloseTo(whole.loss(), within(1e-6));
    assertThat(parts.get("accuracy")).isEqualTo(whole.get("accuracy"));
    assertThat(parts.records()).isEqualTo(10);
  }

  @Test
  void reportsTheLossOfTrainingAtEachStep() {
    var model = Sequential.of(new Dense(2, 3)).initialize(new Philox(1));
    var data = Problems.clusters(9, 1);
    var trainer = new Trainer(model, new CrossEntropy(), new Sgd(0)).metrics(new Accuracy());
    var history = trainer.fit(data, Fit.forEpochs(1).batchSize(4).quiet());
    var evaluation = trainer.evaluate(data);
    assertThat(history.last("loss")).isCloseTo(evaluation.loss(), within(1e-6));
    assertThat(history.last("accuracy")).isEqualTo(evaluation.get("accuracy"));
  }

  @Test
  void evaluationLeavesTheModelAlone() {
    var model = Problems.classifier();
    var before = Problems.values(model);
    var trainer = trainer(model);
    var first = trainer.evaluate(Problems.clusters(30, 1));
    assertThat(trainer.evaluate(Problems.clusters(30, 1))).isEqualTo(first);
    assertThat(Problems.values(model)).isEqualTo(before);
  }

  @Test
  void predictsInBatches() {
    var trainer = trainer(Problems.classifier());
    Tensor features = Problems.clusters(10, 1).features();
    Tensor whole = trainer.predict(features);
    assertThat(whole.shape().toArray()).containsExactly(10, 3);
    assertThat(whole.isTracked()).isFalse();
    assertThat(trainer.predict(features, 3).allClose(whole, 1e-6, 1e-6)).isTrue();
    assertThat(trainer.predict(features, 5).allClose(whole, 1e-6, 1e-6)).isTrue();
    assertThat(trainer.predict(Tensor.zeros(0, 2)).shape().toArray()).containsExactly(0, 3);
  }

  @Test
  void predictRefusesWhatHasNoRecords() {
    var trainer = trainer(Problems.classifier());
    assertThatThrownBy(() -> trainer.predict(Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("predict: features must be [n, ...], got a scalar");
    assertThatThrownBy(() -> trainer.predict(Tensor.zeros(1, 2), 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("predict: the batch size must be at least 1, got 0");
  }

  // ---- faults

  private static void assertRefused(
      Trainer trainer, Sequential model, Dataset data, Fit settings, String message) {
    var before = Problems.values(model);
    assertThatThrownBy(() -> trainer.fit(data, settings.quiet()))
        .isInstanceOf(LawuException.class)
        .hasMessage(message);
    assertThat(Problems.values(model)).isEqualTo(before);
  }

  @Test
  void refusesEmptyData() {
    var model = Problems.classifier();
    var data = Problems.clusters(6, 1);
    var empty = data.subset(new int[0]);
    assertRefused(
        trainer(model),
        model,
        empty,
        Fit.forEpochs(1),
        "fit: the data set is empty; it needs at least one record");
    assertRefused(
        trainer(model),
        model,
        data,
        Fit.forEpochs(1).validation(empty),
        "fit: the data set is empty; it needs at least one record");
    assertThatThrownBy(() -> trainer(model).evaluate(empty))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("evaluate: the data set is empty; it needs at least one record");
  }

  @Test
  void refusesTooFewRecordsToSplit() {
    var model = Problems.classifier();
    assertThatThrownBy(() ->
            trainer(model)
                .fit(Problems.clusters(1, 1), Fit.forEpochs(1).validationSplit(0.5).quiet()))
        .isInstanceOf(ArgumentException.class)
        .hasMessageContaining("1 records are too few");
  }

  @Test
  void refusesAModelWithoutParameters() {
    var model = Sequential.of(new Relu());
    assertRefused(
        new Trainer(model, new MeanSquaredError(), new Sgd(0.1)),
        model,
        Problems.clusters(6, 1),
        Fit.forEpochs(1),
        "fit: the model has no parameters to train; if it is frozen, unfreeze() what is to learn");
  }

  @Test
  void refusesALossOfManyNumbers() {
    var model = Problems.classifier();
    assertRefused(
        new Trainer(model, new CrossEntropy().reduction(Reduction.NONE), new Sgd(0.1)),
        model,
        Problems.clusters(6, 1),
        Fit.forEpochs(1),
        "trainer: the loss of a batch must be one number, got [2]; give the loss Reduction.MEAN");
  }

  @Test
  void findsAMisfitOfModelAndDataBeforeTheFirstStep() {
    var model = Problems.classifier();
    var data = Dataset.of(Tensor.zeros(6, 2), Tensor.zeros(6, 2));
    assertThatThrownBy(() -> trainer(model).fit(data, Fit.forEpochs(1).quiet()))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[2, 3]")
        .hasMessageContaining("[2, 2]");
  }

  @Test
  void findsAMisfitOfTheValidationDataBeforeTheFirstStep() {
    var model = Problems.classifier();
    var before = Problems.values(model);
    var wrong = Dataset.of(Tensor.zeros(6, 4), Tensor.zeros(6, 3));
    assertThatThrownBy(() ->
            trainer(model).fit(Problems.clusters(6, 1), Fit.forEpochs(1).validation(wrong).quiet()))
        .isInstanceOf(ShapeException.class);
    assertThat(Problems.values(model)).isEqualTo(before);
  }

  @Test
  void refusesMetricsOfOneName() {
    var trainer = trainer(Problems.classifier());
    assertThatThrownBy(() -> trainer.metrics(new Accuracy(), new BinaryAccuracy()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("metrics: the name accuracy is taken; give each metric its own");
  }

  @Test
  void afterAFaultTheModelIsAtTheLastFinishedStep() {
    var data = Problems.clusters(12, 1);
    Dataset failing =
        new Dataset() {
          @Override
          public int size() {
            return data.size();
          }

          @Override
          public Batch batch(int[] records) {
            if (records[0] == 8) {
              throw new IllegalStateException("unreadable");
            }
            return data.batch(records);
          }
        };
    var settings = Fit.forEpochs(1).batchSize(4).shuffle(false).seed(1).quiet();
    var expected = Problems.classifier();
    trainer(expected).fit(data.subset(0, 8), settings);
    var model = Problems.classifier();
    assertThatThrownBy(() -> trainer(model).fit(failing, settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unreadable");
    assertThat(Problems.values(model)).isEqualTo(Problems.values(expected));
  }

  @Test
  void describesItself() {
    assertThat(new Trainer(Problems.classifier(), new MeanSquaredError(), new Sgd(0.1)).toString())
        .contains("Sgd[learningRate=0.1");
    assertThat(new Evaluation(Map.of("loss", 0.5), 10_000))
        .hasToString("loss 0.5000  (10,000 records)");
  }
}
