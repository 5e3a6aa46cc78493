package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.data.Pipeline;
import org.lawu.error.ArgumentException;
import org.lawu.error.LawuException;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.optim.Sgd;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.train.callback.Checkpoints;
import org.lawu.train.metric.Accuracy;

/** Training with batches that are read one after the other. */
class PipelineTrainingTest {
  private static final Dataset DATA = Problems.clusters(70, 3);

  @TempDir private Path folder;

  private static Trainer trainer(Sequential model) {
    return new Trainer(model, new CrossEntropy(), new Adam(0.02)).metrics(new Accuracy());
  }

  /** Of an unknown number of batches of different sizes, with random orders and threads. */
  private static Pipeline<Batch> streamed(long seed) {
    var random = new Philox(seed);
    return Pipeline.of(DATA)
        .filter(record -> record.features().sum().item() < 10)
        .shuffle(30, random)
        .mapParallel(
            2,
            random,
            (record, own) ->
                new Batch(record.features().add(Tensor.normal(own, 0, 0.1, 1, 2)), record.labels()))
        .batch(16)
        .map(Batch::concat)
        .prefetch(2);
  }

  @Test
  void trainsAsWithADataSet() {
    Sequential one = Problems.classifier();
    Sequential same = Problems.classifier();
    Fit settings = Fit.forEpochs(3).batchSize(16).shuffle(false).seed(1).quiet();
    History history = trainer(one).fit(DATA, settings);
    History streamed = trainer(same).fit(new DataLoader(DATA, 16).prefetch(1), settings);

    assertThat(Problems.values(same)).isEqualTo(Problems.values(one));
    assertThat(streamed.values("loss")).isEqualTo(history.values("loss"));
  }

  @Test
  void learnsFromAPipelineAndValidates() {
    Sequential model = Problems.classifier();
    Dataset validation = Problems.clusters(30, 9);
    History history =
        trainer(model).fit(streamed(1), Fit.forEpochs(8).validation(validation).seed(1).quiet());

    assertThat(history.epochs()).hasSize(8);
    assertThat(history.last("val_accuracy")).isGreaterThan(0.9);
  }

  @Test
  void theSameSeedsGiveTheSameModel() {
    Fit settings = Fit.forSteps(12).seed(1).quiet();
    Sequential one = Problems.classifier();
    Sequential same = Problems.classifier();
    Sequential other = Problems.classifier();
    trainer(one).fit(streamed(1), settings);
    trainer(same).fit(streamed(1), settings);
    trainer(other).fit(streamed(2), settings);

    assertThat(Problems.values(same)).isEqualTo(Problems.values(one));
    assertThat(Problems.values(other)).isNotEqualTo(Problems.values(one));
  }

  /** Counts. */
  private static final class Observer implements Callback {
    final List<Integer> epochs = new ArrayList<>();
    int steps;

    @Override
    public void started(Training training) {
      epochs.add(training.epochs());
    }

    @Override
    public void epochStarted(Training training) {
      epochs.add(training.epoch());
    }

    @Override
    public void stepped(Training training) {
      steps = training.steps();
    }
  }

  @Test
  void takesAsManyStepsAsAskedForInAsManyEpochsAsThatTakes() {
    var observer = new Observer();
    // 70 records in batches of 16 are five steps.
    trainer(Problems.classifier())
        .fit(streamed(1), Fit.forSteps(12).callbacks(observer).seed(1).quiet());

    assertThat(observer.steps).isEqualTo(12);
    assertThat(observer.epochs).containsExactly(0, 1, 2, 3);
    var known = new Observer();
    trainer(Problems.classifier())
        .fit(new DataLoader(DATA, 16), Fit.forSteps(12).callbacks(known).seed(1).quiet());
    assertThat(known.epochs).containsExactly(3, 1, 2, 3);
    var endless = new Observer();
    trainer(Problems.classifier())
        .fit(streamed(1).repeat(), Fit.forSteps(12).callbacks(endless).seed(1).quiet());
    assertThat(endless.epochs).containsExactly(0, 1);
  }

  @Test
  void noThreadIsLeftWhenTrainingEndsWithinAnEpoch() {
    var threads = new ConcurrentLinkedQueue<Thread>();
    Pipeline<Batch> observed =
        streamed(1)
            .map(batch -> {
              threads.add(Thread.currentThread());
              return batch;
            })
            .prefetch(1);
    trainer(Problems.classifier()).fit(observed, Fit.forSteps(2).seed(1).quiet());

    assertThat(threads).isNotEmpty().allMatch(thread -> !thread.isAlive());
  }

  @Test
  void resumesAtTheSameRecordToTheBit() {
    Sequential whole = Problems.classifier();
    History expected = trainer(whole).fit(streamed(1), Fit.forEpochs(4).seed(1).quiet());

    for (int step : new int[] {3, 10, 13}) {
      Path run = folder.resolve("run" + step);
      Callback bomb =
          new Callback() {
            @Override
            public void stepped(Training training) {
              if (training.steps() == step) {
                throw new IllegalStateException("bang");
              }
            }
          };
      Fit settings = Fit.forEpochs(4).seed(1).quiet().resume(run);
      assertThatThrownBy(() ->
              trainer(Problems.classifier())
                  .fit(streamed(1), settings.callbacks(new Checkpoints(run).everySteps(2), bomb)))
          .hasMessage("bang");
      Sequential resumed = Problems.classifier();
      History history =
          trainer(resumed).fit(streamed(1), settings.callbacks(new Checkpoints(run).everySteps(2)));

      assertThat(Problems.values(resumed)).isEqualTo(Problems.values(whole));
      assertThat(history.values("loss")).isEqualTo(expected.values("loss"));
    }
  }

  @Test
  void batchesOfADataSetThatArePreparedInTheBackgroundAreTheSame() {
    // Large enough to be prepared on another thread; a pipeline is as it is given.
    Dataset images =
        Dataset.of(Tensor.uniform(new Philox(1), 0, 1, 64, 1, 32, 32), Tensor.arange(64));
    var threads = new ConcurrentLinkedQueue<String>();
    Dataset observed =
        images.mapFeatures(features -> {
          threads.add(Thread.currentThread().getName());
          return features.mul(2);
        });
    List<Sequential> models =
        Stream.generate(
                () -> Sequential.of(new Flatten(), new Dense(1024, 64)).initialize(new Philox(2)))
            .limit(2)
            .toList();
    Fit settings = Fit.forEpochs(2).batchSize(16).shuffle(false).seed(1).quiet();
    new Trainer(models.get(0), new CrossEntropy(), new Sgd(0.1)).fit(observed, settings);
    assertThat(threads.contains("lawu-prefetch"))
        .isEqualTo(Runtime.getRuntime().availableProcessors() > 1);
    threads.clear();
    new Trainer(models.get(1), new CrossEntropy(), new Sgd(0.1))
        .fit(new DataLoader(observed, 16), settings);

    assertThat(threads).containsOnly(Thread.currentThread().getName());
    assertThat(Problems.values(models.get(1))).isEqualTo(Problems.values(models.get(0)));
  }

  @Test
  void showsWhatIsKnown() {
    var text = new ByteArrayOutputStream();
    trainer(Problems.classifier())
        .fit(
            streamed(1),
            Fit.forSteps(6).seed(1).progress(new Fit.Progress(new PrintStream(text), false)));

    assertThat(text.toString(StandardCharsets.UTF_8).lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .matches("epoch 1  loss [0-9.]+  accuracy [0-9.]+  .* samples/s *");
  }

  // ---- faults

  @Test
  void refusesToSplitAPipeline() {
    assertThatThrownBy(() ->
            trainer(Problems.classifier())
                .fit(streamed(1), Fit.forEpochs(1).validationSplit(0.1).quiet()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "fit: a pipeline cannot be split; set the data to validate with by"
                + " validation(dataset) instead of validationSplit");
  }

  @Test
  void refusesAnEpochWithoutABatch() {
    Pipeline<Batch> empty = streamed(1).take(0);
    for (Fit settings : List.of(Fit.forEpochs(2), Fit.forSteps(2))) {
      assertThatThrownBy(() -> trainer(Problems.classifier()).fit(empty, settings.quiet()))
          .isInstanceOf(ArgumentException.class)
          .hasMessage("fit: epoch 1 has no batch; look at the files and filters of the pipeline");
    }
  }

  @Test
  void aFaultInARecordEndsTrainingAndNamesIt() {
    Pipeline<Batch> faulty =
        new DataLoader(DATA, 16)
            .map(batch -> new Batch(batch.features().reshape(16, 2), batch.labels()))
            .prefetch(2);

    assertThatThrownBy(() -> trainer(Problems.classifier()).fit(faulty, Fit.forEpochs(1).quiet()))
        .isExactlyInstanceOf(LawuException.class)
        .hasMessageStartingWith("batch 4: map: reshape: ");
  }
}
