package org.lawu.train;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.data.Pipeline;
import org.lawu.data.Split;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;

/** What a training learns from, and is validated with. */
sealed interface TrainingData {

  /** The batches, an epoch for each iteration, with orders from this generator. */
  Pipeline<Batch> batches(Fit settings, Philox order);

  /** The records of an epoch, where that is known. */
  OptionalLong records();

  /** The data to learn from, by which its batches or some records can be described. */
  @Nullable Dataset dataset();

  /** The data to validate with, or null. */
  @Nullable Dataset validation();

  /** Throws what training with the data would throw, as far as that shows beforehand. */
  void check(Trainer trainer, Fit settings);

  /** All records of a data set, or those that are not kept for validation. */
  static TrainingData of(Dataset dataset, Fit settings, Philox random) {
    Trainer.checkRecords("fit", dataset);
    if (settings.validationSplit() == 0) {
      return new Numbered(dataset, settings.validation(), trial(dataset));
    }
    Split split = Split.random(dataset, settings.validationSplit(), 0, random);
    return new Numbered(split.train(), split.validation(), trial(split.train()));
  }

  /** The batches of a pipeline. */
  static TrainingData of(Pipeline<Batch> batches, Fit settings) {
    if (settings.validationSplit() > 0) {
      throw new ArgumentException(
          "fit: a pipeline cannot be split; set the data to validate with by validation(dataset)"
              + " instead of validationSplit");
    }
    return new Streamed(batches, settings.validation());
  }

  /**
   * Records that are numbered.
   *
   * @param trial some of them
   */
  record Numbered(Dataset dataset, @Nullable Dataset validation, Batch trial)
      implements TrainingData {

    /** Batches of fewer elements are made sooner than handed over by another thread. */
    private static final long WORTH_A_THREAD = 1 << 14;

    private static final int PREFETCHED = 2;

    @Override
    public Pipeline<Batch> batches(Fit settings, Philox order) {
      var inOrder = new DataLoader(dataset, settings.batchSize());
      DataLoader loader = settings.shuffle() ? inOrder.shuffle(order) : inOrder.augment(order);
      long elements = (long) trial.features().shape().elements() / trial.size();
      return elements * settings.batchSize() >= WORTH_A_THREAD
              && Runtime.getRuntime().availableProcessors() > 1
          ? loader.prefetch(PREFETCHED)
          : loader;
    }

    @Override
    public OptionalLong records() {
      return OptionalLong.of(dataset.size());
    }

    @Override
    public void check(Trainer trainer, Fit settings) {
      trainer.tryOn(trial, settings.classWeights());
      checkValidation(trainer, validation);
    }
  }

  /** Batches that come one after the other, of which none is read before the first step. */
  record Streamed(Pipeline<Batch> source, @Nullable Dataset validation) implements TrainingData {

    @Override
    public Pipeline<Batch> batches(Fit settings, Philox order) {
      return source;
    }

    @Override
    public OptionalLong records() {
      return OptionalLong.empty();
    }

    @Override
    public @Nullable Dataset dataset() {
      return null;
    }

    @Override
    public void check(Trainer trainer, Fit settings) {
      checkValidation(trainer, validation);
    }
  }

  /** The records that a model is tried on before training. */
  private static Batch trial(Dataset dataset) {
    return dataset.batch(dataset.size() == 1 ? new int[] {0} : new int[] {0, 1});
  }

  private static void checkValidation(Trainer trainer, @Nullable Dataset validation) {
    if (validation != null) {
      Trainer.checkRecords("fit", validation);
      trainer.tryOn(trial(validation), List.of());
    }
  }
}
