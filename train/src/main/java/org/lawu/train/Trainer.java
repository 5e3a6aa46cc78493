package org.lawu.train;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.data.Pipeline;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.loss.Loss;
import org.lawu.optim.Optimizer;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;
import org.lawu.train.metric.Metric;

/**
 * Trains a model, evaluates it and predicts with it.
 *
 * <pre>{@code
 * var trainer = new Trainer(model, new CrossEntropy(), new Adam(1e-3)).metrics(new Accuracy());
 * History history = trainer.fit(mnist.train(), Fit.forEpochs(5).batchSize(32).validationSplit(0.1));
 * System.out.println(trainer.evaluate(mnist.test()));
 * }</pre>
 *
 * <p>All that training changes is the model's parameters and what the optimizer remembers, so
 * fitting again goes on from there. Any number of threads may evaluate and predict at once.
 */
public final class Trainer {
  private static final int EVALUATION_BATCH_SIZE = 256;

  private final Layer model;
  private final Loss loss;
  private final Optimizer optimizer;
  private final List<Metric> metrics;

  /** As it was before it changed anything: the learning rate does not stay what it was. */
  private final String newOptimizer;

  /** A trainer without metrics: it reports the loss alone. */
  public Trainer(Layer model, Loss loss, Optimizer optimizer) {
    this(model, loss, optimizer, List.of(), Text.of(optimizer));
  }

  private Trainer(
      Layer model, Loss loss, Optimizer optimizer, List<Metric> metrics, String newOptimizer) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.metrics = metrics;
    this.newOptimizer = newOptimizer;
  }

  /**
   * A trainer of the same model that also reports these metrics.
   *
   * @throws ArgumentException if two have one name, or one the name of another value
   */
  public Trainer metrics(Metric... metrics) {
    Set<String> names = new HashSet<>(Set.of(Evaluation.LOSS, History.SECONDS));
    for (Metric metric : metrics) {
      if (!names.add(metric.name())) {
        throw new ArgumentException(
            "metrics: the name %s is taken; give each metric its own".formatted(metric.name()));
      }
    }
    return new Trainer(model, loss, optimizer, List.of(metrics), newOptimizer);
  }

  // ---- training

  /**
   * Trains the model. Before the first step it is tried on two records, so that a model, a loss and
   * data that do not fit each other are found with the parameters as they were. If a later step
   * fails, the parameters are those after the last step that did not.
   *
   * <p>{@link Fit#resume} has it go on from a checkpoint.
   *
   * @return the loss and the metrics of every epoch, those before a checkpoint included
   * @throws ArgumentException if a data set is empty or too small to split, or the model has no
   *     parameters
   * @throws ShapeException if the loss of a batch is not one number, or the shapes of predictions
   *     and labels do not fit
   * @throws org.lawu.error.FormatException if the checkpoint to resume from is of another model,
   *     optimizer, settings or data, with all that differs; the model stays as it was
   * @throws java.io.UncheckedIOException if the checkpoint cannot be read
   */
  public History fit(Dataset dataset, Fit settings) {
    return new TrainingLoop(this, random -> TrainingData.of(dataset, settings, random), settings)
        .run();
  }

  /**
   * Trains the model with batches that are read as they are needed, such as of data larger than
   * memory. Each iteration over the pipeline is an epoch; batch size and order are its own, and
   * those of the settings do not count. Validation data are set by {@link Fit#validation(Dataset)}.
   * Nothing is read before the first step.
   *
   * <p>{@link Fit#resume} needs the pipeline as it was at the start, made anew with the same seeds.
   *
   * @return the loss and the metrics of every epoch, those before a checkpoint included
   * @throws ArgumentException if a validation split is set, the model has no parameters, or an
   *     epoch has no batch
   * @throws ShapeException as {@link #fit(Dataset, Fit)} does
   * @throws org.lawu.error.LawuException if a record is at fault, with its file and number
   * @throws org.lawu.error.FormatException as {@link #fit(Dataset, Fit)} does
   * @throws java.io.UncheckedIOException if the checkpoint or the data cannot be read
   */
  public History fit(Pipeline<Batch> batches, Fit settings) {
    return new TrainingLoop(this, random -> TrainingData.of(batches, settings), settings).run();
  }

  /** Throws what training with a batch would throw, but changes nothing. */
  void tryOn(Batch trial, List<Double> classWeights) {
    evaluate(List.of(trial), classWeights);
  }

  static void checkRecords(String operation, Dataset dataset) {
    if (dataset.size() == 0) {
      throw new ArgumentException(
          "%s: the data set is empty; it needs at least one record".formatted(operation));
    }
  }

  // ---- using the model

  /** The loss and the metrics over a data set, in batches of 256. */
  public Evaluation evaluate(Dataset dataset) {
    return evaluate(dataset, EVALUATION_BATCH_SIZE);
  }

  /**
   * The loss and the metrics over a data set, whose weights count in the loss. The model is used as
   * in inference, and not changed.
   *
   * @param batchSize the number of records at a time; a matter of memory and speed
   * @throws ArgumentException if the data set is empty or the batch size below 1
   */
  public Evaluation evaluate(Dataset dataset, int batchSize) {
    return evaluate(dataset, batchSize, List.of());
  }

  private Evaluation evaluate(Dataset dataset, int batchSize, List<Double> classWeights) {
    checkRecords("evaluate", dataset);
    return evaluate(new DataLoader(dataset, batchSize), classWeights);
  }

  /**
   * The loss and the metrics over batches, such as those of a {@link DataLoader}.
   *
   * @throws ArgumentException if there are none
   */
  public Evaluation evaluate(Iterable<Batch> batches) {
    return evaluate(batches, List.of());
  }

  private Evaluation evaluate(Iterable<Batch> batches, List<Double> classWeights) {
    var batchLoss = new BatchLoss(loss, classWeights);
    return Autograd.noGrad(() -> {
      var tally = new Tally(metrics);
      var workspace = new Workspace();
      for (Batch batch : batches) {
        workspace.run(() -> {
          Tensor prediction = model.forward(batch.features(), Pass.inference());
          tally.add(batch, prediction, batchLoss.of(prediction, batch).item());
          return tally;
        });
      }
      if (tally.records() == 0) {
        throw new ArgumentException("evaluate: there are no batches; it needs at least one record");
      }
      return new Evaluation(tally.values(), tally.records());
    });
  }

  /** The model's predictions for features {@code [n, ...]}, in batches of 256. */
  public Tensor predict(Tensor features) {
    return predict(features, EVALUATION_BATCH_SIZE);
  }

  /**
   * The model's predictions for features {@code [n, ...]}, as in inference.
   *
   * @param batchSize the number of records at a time; a matter of memory and speed
   * @return {@code [n, ...]}
   * @throws ShapeException if the features are a scalar
   * @throws ArgumentException if the batch size is below 1
   */
  public Tensor predict(Tensor features, int batchSize) {
    if (features.rank() == 0) {
      throw new ShapeException("predict: features must be [n, ...], got a scalar");
    }
    if (batchSize < 1) {
      throw new ArgumentException("predict: the batch size must be at least 1, got " + batchSize);
    }
    int records = features.size(0);
    if (records <= batchSize) {
      return model.predict(features);
    }
    return Tensor.concat(
        0,
        Stream.iterate(0, from -> from < records, from -> from + batchSize)
            .map(from -> features.slice(0, from, Math.min(from + batchSize, records)))
            .map(model::predict)
            .toList());
  }

  /**
   * The model's predictions for a data set's features, in batches of 256, as they are asked for.
   */
  public Stream<Tensor> predict(Dataset dataset) {
    return predict(dataset, EVALUATION_BATCH_SIZE);
  }

  /**
   * The model's predictions for a data set's features, batch by batch as they are asked for, so
   * that data and predictions may be larger than memory.
   *
   * <pre>{@code
   * trainer.predict(dataset, 64).forEach(prediction -> write(prediction.argMax(1).toIntArray()));
   * }</pre>
   *
   * @param batchSize the number of records at a time; a matter of memory and speed
   * @return a prediction {@code [n, ...]} for each batch, in the order of the records
   * @throws ArgumentException if the batch size is below 1
   */
  public Stream<Tensor> predict(Dataset dataset, int batchSize) {
    return predict(new DataLoader(dataset, batchSize));
  }

  /** The model's predictions for the features of batches, one by one as they are asked for. */
  public Stream<Tensor> predict(Iterable<Batch> batches) {
    return StreamSupport.stream(batches.spliterator(), false)
        .map(batch -> model.predict(batch.features()));
  }

  // ---- what it is

  /** The model that is trained. */
  public Layer model() {
    return model;
  }

  /** The loss that is made small. */
  public Loss loss() {
    return loss;
  }

  /** What changes the model. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** What is reported besides the loss. */
  public List<Metric> metrics() {
    return metrics;
  }

  /**
   * Loss and optimizer by name, as reports, logs and saved models tell them beside {@link
   * Fit#described}. The learning rate is that of when this trainer was made, not the last of a
   * schedule.
   */
  public Map<String, Object> described() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("loss", Text.of(loss));
    values.put("optimizer", newOptimizer);
    return Collections.unmodifiableMap(values);
  }

  @Override
  public String toString() {
    return "Trainer[%s, %s, metrics=%s]".formatted(loss, optimizer, metrics);
  }
}
