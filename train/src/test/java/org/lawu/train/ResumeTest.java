package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Dataset;
import org.lawu.error.FormatException;
import org.lawu.nn.Layer;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.nn.loss.Loss;
import org.lawu.optim.Adam;
import org.lawu.optim.AdamW;
import org.lawu.optim.Optimizer;
import org.lawu.optim.ParameterGroups;
import org.lawu.optim.Sgd;
import org.lawu.optim.WeightAverage;
import org.lawu.optim.schedule.CosineAnnealing;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.callback.Checkpoints;
import org.lawu.train.callback.EarlyStopping;
import org.lawu.train.callback.ReduceOnPlateau;
import org.lawu.train.metric.Accuracy;

/** A training that fails and is resumed equals one that never failed, to the bit. */
class ResumeTest {
  private static final Dataset DATA = Problems.clusters(70, 3);

  @TempDir private Path folder;

  /** A training with all that has a state, made anew as another process would. */
  private static final class Run {
    final Sequential model =
        Sequential.of(
                new Dense(2, 8), new BatchNorm1d(8), new Relu(), new Dropout(0.3), new Dense(8, 3))
            .initialize(new Philox(4));
    final Optimizer optimizer;
    final WeightAverage average = new WeightAverage(model.namedParameters(), 0.9);
    final Fit settings;

    private Run(boolean groups) {
      if (groups) {
        optimizer =
            new ParameterGroups(new AdamW(0.01))
                .with(parameter -> parameter.shape().rank() < 2, new Sgd(0.02).momentum(0.9));
        settings =
            Fit.forSteps(13)
                .accumulate(3)
                .validation(Problems.clusters(20, 8))
                .batchSize(6)
                .seed(5)
                .quiet();
      } else {
        optimizer = new Adam(0.01).amsgrad();
        settings =
            Fit.forEpochs(4)
                .validationSplit(0.2)
                .batchSize(14)
                .clipNorm(0.5)
                .schedule(new CosineAnnealing(0.02, 20))
                .average(average)
                .seed(5)
                .quiet();
      }
    }

    /** With epochs, a schedule and averages. */
    static Run scheduled() {
      return new Run(false);
    }

    /** With steps of several batches, parameter groups and a plateau. */
    static Run grouped() {
      return new Run(true);
    }

    History fit(Fit fit) {
      return new Trainer(model, new CrossEntropy(), optimizer)
          .metrics(new Accuracy())
          .fit(DATA, fit);
    }

    /** Every number that training changes. */
    Map<String, Object> numbers(History history) {
      Map<String, Object> all = new LinkedHashMap<>();
      model.namedParameters().forEach((name, parameter) -> all.put(name, parameter.value()));
      all.putAll(optimizer.state(model.namedParameters()).tensors());
      all.put("rate", optimizer.learningRate());
      average.values().forEach((name, value) -> all.put("average." + name, value));
      all.put("seed", history.seed());
      all.put("history", withoutSeconds(history));
      return all;
    }
  }

  private static List<Map<String, Double>> withoutSeconds(History history) {
    return history.epochs().stream()
        .map(epoch -> {
          Map<String, Double> values = new HashMap<>(epoch);
          values.remove("seconds");
          return values;
        })
        .toList();
  }

  /** Fails as asked. */
  private record Bomb(int step, int epoch, int batch) implements Callback {
    static final String BANG = "bang";

    static Bomb afterStep(int step) {
      return new Bomb(step, -1, -1);
    }

    static Bomb afterEpoch(int epoch) {
      return new Bomb(-1, epoch, -1);
    }

    static Bomb inBatch(int batch) {
      return new Bomb(-1, 2, batch);
    }

    @Override
    public void stepped(Training training) {
      explode(training.steps() == step);
    }

    @Override
    public void epochEnded(Training training) {
      explode(training.epoch() == epoch && batch < 0);
    }

    @Override
    public void differentiated(Training training, BackwardPass backward) {
      explode(training.epoch() == epoch && training.batches() + 1 == batch);
    }

    private static void explode(boolean now) {
      if (now) {
        throw new IllegalStateException(BANG);
      }
    }
  }

  private static Callback[] callbacks(boolean grouped, Callback... others) {
    List<Callback> all = new ArrayList<>(Arrays.asList(others));
    all.add(new EarlyStopping("val_loss").patience(2).minimumDelta(0.02));
    if (grouped) {
      all.add(new ReduceOnPlateau("loss").patience(1).minimumDelta(0.3).factor(0.5).cooldown(1));
    }
    return all.toArray(Callback[]::new);
  }

  private void failsAndGoesOn(boolean grouped, Map<String, Object> whole, Bomb bomb)
      throws IOException {
    Path run = Files.createTempDirectory(folder, "run");
    var checkpoints = new Checkpoints(run).everySteps(5).keep(2);
    Run first = grouped ? Run.grouped() : Run.scheduled();
    assertThatThrownBy(() ->
            first.fit(first.settings.callbacks(callbacks(grouped, checkpoints, bomb)).resume(run)))
        .hasMessage(Bomb.BANG);
    Run second = grouped ? Run.grouped() : Run.scheduled();
    History history =
        second.fit(second.settings.callbacks(callbacks(grouped, checkpoints)).resume(run));
    assertThat(second.numbers(history)).as(bomb.toString()).isEqualTo(whole);
    // And the objects that have failed can do it too, as in a notebook.
    History again = first.fit(first.settings.callbacks(callbacks(grouped)).resume(run));
    assertThat(first.numbers(again)).as(bomb.toString()).isEqualTo(whole);
  }

  @Test
  void aScheduledTrainingThatFailsAnywhereGoesOnToTheBit() throws IOException {
    Run never = Run.scheduled();
    History history = never.fit(never.settings.callbacks(callbacks(false)));
    Map<String, Object> whole = never.numbers(history);
    for (int step = 1; step <= 16; step++) {
      failsAndGoesOn(false, whole, Bomb.afterStep(step));
    }
    for (int epoch = 1; epoch <= history.epochs().size(); epoch++) {
      failsAndGoesOn(false, whole, Bomb.afterEpoch(epoch));
    }
    failsAndGoesOn(false, whole, Bomb.inBatch(3));
  }

  @Test
  void aGroupedTrainingThatFailsAnywhereGoesOnToTheBit() throws IOException {
    Run never = Run.grouped();
    History history = never.fit(never.settings.callbacks(callbacks(true)));
    assertThat(never.optimizer.learningRate()).isLessThan(0.01);
    Map<String, Object> whole = never.numbers(history);
    for (int step = 1; step <= 13; step++) {
      failsAndGoesOn(true, whole, Bomb.afterStep(step));
    }
    for (int batch : new int[] {1, 2, 5, 12}) {
      failsAndGoesOn(true, whole, Bomb.inBatch(batch));
    }
  }

  // ---- what is asked for

  private static Trainer trainer(Layer model) {
    return new Trainer(model, new CrossEntropy(), new Adam(0.01)).metrics(new Accuracy());
  }

  private static Fit epochs(int epochs) {
    return Fit.forEpochs(epochs).batchSize(16).seed(1).quiet();
  }

  private Fit resumable(Fit fit) {
    return fit.callbacks(new Checkpoints(folder)).resume(folder);
  }

  @Test
  void moreEpochsGoOnToTheBit() {
    var whole = Problems.classifier();
    History expected = trainer(whole).fit(DATA, epochs(5));
    trainer(Problems.classifier()).fit(DATA, resumable(epochs(2)));
    var model = Problems.classifier();
    History history = trainer(model).fit(DATA, resumable(epochs(5)));
    assertThat(Problems.values(model)).isEqualTo(Problems.values(whole));
    assertThat(withoutSeconds(history)).isEqualTo(withoutSeconds(expected));
  }

  @Test
  void aFinishedTrainingIsFinished() {
    var first = Problems.classifier();
    History history = trainer(first).fit(DATA, resumable(epochs(3)));
    var second = Problems.classifier();
    assertThat(trainer(second).fit(DATA, resumable(epochs(3)))).isEqualTo(history);
    assertThat(Problems.values(second)).isEqualTo(Problems.values(first));
  }

  @Test
  void theSeedIsThatOfTheCheckpoint() {
    var settings = Fit.forEpochs(2).batchSize(16).validationSplit(0.2).quiet();
    History first = trainer(Problems.classifier()).fit(DATA, resumable(settings));
    var resumed = Problems.classifier();
    History second =
        trainer(resumed)
            .fit(DATA, resumable(Fit.forEpochs(4).batchSize(16).validationSplit(0.2).quiet()));
    assertThat(second.seed()).isEqualTo(first.seed());
    var whole = Problems.classifier();
    trainer(whole)
        .fit(DATA, Fit.forEpochs(4).batchSize(16).validationSplit(0.2).seed(first.seed()).quiet());
    assertThat(Problems.values(resumed)).isEqualTo(Problems.values(whole));
  }

  @Test
  void startsWhereThereIsNoCheckpoint() {
    Path none = folder.resolve("none");
    var model = Problems.classifier();
    trainer(model).fit(DATA, epochs(1).resume(none));
    var whole = Problems.classifier();
    trainer(whole).fit(DATA, epochs(1));
    assertThat(Problems.values(model)).isEqualTo(Problems.values(whole));
    assertThat(none).doesNotExist();
  }

  @Test
  void frozenPartsStayFrozen() {
    var model = Problems.classifier();
    Callback freeze =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            model.children().get("0").freeze();
          }
        };
    trainer(model).fit(DATA, epochs(1).callbacks(freeze, new Checkpoints(folder)).resume(folder));
    var resumed = Problems.classifier();
    trainer(resumed).fit(DATA, resumable(epochs(3)));
    var names = resumed.namedParameters();
    assertThat(names.get("0.weight").isFrozen()).isTrue();
    assertThat(names.get("3.weight").isFrozen()).isFalse();
    assertThat(names.get("0.weight").value())
        .isEqualTo(model.namedParameters().get("0.weight").value());
  }

  @Test
  void callbacksSeeWhereTheyAre() {
    trainer(Problems.classifier()).fit(DATA, resumable(epochs(2)));
    List<String> seen = new ArrayList<>();
    Callback callback =
        new Callback() {
          @Override
          public void started(Training training) {
            seen.add(
                "started, epoch %d, step %d, history of %d"
                    .formatted(
                        training.epoch(), training.steps(), training.history().epochs().size()));
            seen.add(training.names().toString());
          }

          @Override
          public void epochStarted(Training training) {
            seen.add("epoch %d, batch %d".formatted(training.epoch(), training.batches()));
          }

          @Override
          public void ended(Training training) {
            seen.add("ended, batch " + training.batches());
          }
        };
    trainer(Problems.classifier()).fit(DATA, epochs(3).callbacks(callback).resume(folder));
    assertThat(seen)
        .containsExactly(
            "started, epoch 2, step 10, history of 2",
            "[loss, accuracy, seconds]",
            "epoch 3, batch 0",
            "ended, batch 5");
  }

  // ---- what is refused

  private void refuses(Layer model, Dataset data, Fit fit, String... differences) {
    assertThatThrownBy(() -> trainer(model).fit(data, fit.resume(folder)))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "fit: the newest checkpoint in %s is of another training; nothing was changed. Train as"
                    .formatted(folder)
                + " it was trained, or choose another folder:\n  "
                + String.join("\n  ", differences));
  }

  @Test
  void listsAllThatDiffers() {
    trainer(Problems.classifier()).fit(DATA, resumable(epochs(2)));
    var other = Sequential.of(new Dense(2, 17), new Relu(), new Dense(17, 3));
    List<Tensor> before = Problems.values(other);
    refuses(
        other,
        DATA,
        epochs(2).batchSize(8).seed(2).clipNorm(1),
        "model, line 2: the checkpoint has 0: Dense(2, 16), this training 0: Dense(2, 17)",
        "model, line 3: the checkpoint has 1: Tanh, this training 1: Relu",
        "model, line 4: the checkpoint has 2: Dropout(0.2), this training 2: Dense(17, 3)",
        "model, line 5: the checkpoint has 3: Dense(16, 3), this training )",
        "model, line 6: the checkpoint has ), this training nothing",
        "model, 0.weight: the checkpoint has FLOAT32 [16, 2], this training FLOAT32 [17, 2]",
        "model, 0.bias: the checkpoint has FLOAT32 [16], this training FLOAT32 [17]",
        "model, 3.weight: the checkpoint has FLOAT32 [3, 16], this training nothing",
        "model, 3.bias: the checkpoint has FLOAT32 [3], this training nothing",
        "batch size: the checkpoint has 16, this training 8",
        "limit of the norm: the checkpoint has OptionalDouble.empty, this training"
            + " OptionalDouble[1.0]",
        "seed: the checkpoint has 1, this training 2",
        "model, 2.weight: the checkpoint has nothing, this training FLOAT32 [3, 17]",
        "model, 2.bias: the checkpoint has nothing, this training FLOAT32 [3]");
    assertThat(Problems.values(other)).isEqualTo(before);
  }

  @Test
  void knowsTheData() {
    trainer(Problems.classifier()).fit(DATA, resumable(epochs(1)));
    assertThatThrownBy(() ->
            trainer(Problems.classifier())
                .fit(
                    DATA.subset(0, 60),
                    epochs(1).validation(Problems.clusters(9, 1)).resume(folder)))
        .hasMessageContaining(
            "training data: the checkpoint has 70 records, features FLOAT32 [2], labels INT32 [],"
                + " of some labels the checksum ")
        .hasMessageContaining(", this training 60 records, features FLOAT32 [2], labels INT32 [],")
        .hasMessageContaining("validation data: the checkpoint has none, this training 9 records,");
    Dataset turned = Dataset.of(DATA.features(), Tensor.of(new int[DATA.size()]));
    assertThatThrownBy(() -> trainer(Problems.classifier()).fit(turned, epochs(1).resume(folder)))
        .hasMessageContaining("training data: ");
  }

  private void refusesOptimizer(Optimizer optimizer, String difference) {
    var trainer =
        new Trainer(Problems.classifier(), new CrossEntropy(), optimizer).metrics(new Accuracy());
    assertThatThrownBy(() -> trainer.fit(DATA, epochs(1).resume(folder)))
        .hasMessageEndingWith("choose another folder:\n  " + difference);
  }

  @Test
  void knowsTheOptimizer() {
    trainer(Problems.classifier()).fit(DATA, resumable(epochs(1)));
    String had =
        "Adam[learningRate=0.01, beta1=0.9, beta2=0.999, epsilon=1.0E-8, weightDecay=0.0,"
            + " amsgrad=false]";
    refusesOptimizer(
        new Sgd(0.01),
        "optimizer: the checkpoint has %s, this training Sgd[learningRate=0.01, momentum=0.0,"
                .formatted(had)
            + " dampening=0.0, weightDecay=0.0, nesterov=false]");
    refusesOptimizer(
        new Adam(0.02),
        "optimizer: the checkpoint has %s, this training %s"
            .formatted(had, had.replace("0.01", "0.02")));
  }

  @Test
  void knowsTheCallbacks() {
    UnaryOperator<Fit> early =
        fit ->
            fit.validationSplit(0.2)
                .callbacks(new Checkpoints(folder), new EarlyStopping("val_loss"));
    trainer(Problems.classifier()).fit(DATA, early.apply(epochs(1)));
    refuses(
        Problems.classifier(),
        DATA,
        epochs(1).validationSplit(0.2),
        "callback with state 1: the checkpoint has EarlyStopping[val_loss falling, patience=3,"
            + " minimumDelta=0.0], this training nothing");
  }

  @Test
  void lambdasAreNoDifference() {
    Loss loss = (prediction, target) -> new CrossEntropy().of(prediction, target);
    Fit settings = resumable(epochs(2).schedule(step -> 0.01));
    new Trainer(Problems.classifier(), loss, new Adam()).fit(DATA, settings);
    new Trainer(Problems.classifier(), loss, new Adam()).fit(DATA, settings);
  }

  @Test
  void fewerEpochsThanThereWereAreRefused() {
    trainer(Problems.classifier()).fit(DATA, resumable(epochs(3)));
    refuses(
        Problems.classifier(),
        DATA,
        epochs(2),
        "epochs: the checkpoint has 3, this training only 2");
    refuses(
        Problems.classifier(),
        DATA,
        Fit.forSteps(50).batchSize(16).seed(1).quiet(),
        "length: the checkpoint has epochs, this training 50 steps");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> trainer(Problems.classifier()).fit(DATA, epochs(1).resume(file)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("fit: the checkpoints in %s cannot be read: ".formatted(file));
  }
}
