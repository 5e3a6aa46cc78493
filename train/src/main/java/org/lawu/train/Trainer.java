package org.lawu.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.data.Split;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.loss.Loss;
import org.lawu.optim.Optimizer;
import org.lawu.optim.WeightAverage;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;
import org.lawu.train.metric.Metric;

/**
 * Trains a model, evaluates it and predicts with it.
 *
 * <pre>{@code
 * var trainer = new Trainer(model, new CrossEntropy(), new Adam(1e-3)).metrics(new Accuracy());
 * History history = trainer.fit(mnist.train(), Fit.epochs(5).batchSize(32).validationSplit(0.1));
 * System.out.println(trainer.evaluate(mnist.test()));
 * }</pre>
 *
 * <p>All that training changes is the model's parameters and what the optimizer remembers, so
 * fitting again goes on from there. Any number of threads may evaluate and predict at once.
 */
public final class Trainer {
  private static final int EVALUATION_BATCH_SIZE = 256;

  /** Records that a model is tried on before training. */
  private static final int TRIAL = 2;

  /**
   * Where in a seed's sequence training begins: far behind what a model draws that is initialised
   * with the same seed.
   */
  private static final long TRAINING_POSITION = 1L << 62;

  private final Layer model;
  private final Loss loss;
  private final Optimizer optimizer;
  private final List<Metric> metrics;

  /** A trainer without metrics: it reports the loss alone. */
  public Trainer(Layer model, Loss loss, Optimizer optimizer) {
    this(model, loss, optimizer, List.of());
  }

  private Trainer(Layer model, Loss loss, Optimizer optimizer, List<Metric> metrics) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.metrics = metrics;
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
    return new Trainer(model, loss, optimizer, List.of(metrics));
  }

  // ---- training

  /**
   * Trains the model. Before the first step it is tried on two records, so that a model, a loss and
   * data that do not fit each other are found with the parameters as they were. If a later step
   * fails, the parameters are those after the last step that did not.
   *
   * @return the loss and the metrics of every epoch
   * @throws ArgumentException if a data set is empty or too small to split, or the model has no
   *     parameters
   * @throws ShapeException if the loss of a batch is not one number, or the shapes of predictions
   *     and labels do not fit
   */
  public History fit(Dataset dataset, Fit settings) {
    long seed = settings.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
    var random = new Philox(new Philox.State(seed, TRAINING_POSITION));
    Philox splitRandom = random.split();
    Philox orderRandom = random.split();
    Philox passRandom = random.split();

    checkRecords("fit", dataset);
    Dataset training = dataset;
    Dataset validation = settings.validation();
    if (settings.validationSplit() > 0) {
      Split split = Split.random(dataset, settings.validationSplit(), 0, splitRandom);
      training = split.train();
      validation = split.validation();
    }
    if (model.parameters().isEmpty()) {
      throw new ArgumentException("fit: the model has no parameters to train");
    }
    tryOn(training, settings.classWeights());
    if (validation != null) {
      checkRecords("fit", validation);
      tryOn(validation, List.of());
    }

    var loader = new DataLoader(training, settings.batchSize());
    if (settings.shuffle()) {
      loader = loader.shuffle(orderRandom);
    }
    Pass pass = Pass.training(passRandom);
    var steps = new TrainingSteps(model, optimizer, settings);
    var workspace = new Workspace();
    int count = epochs(settings, loader.size());
    var running =
        new Training(model, loss, optimizer, settings, seed, count, names(validation != null));
    List<Callback> callbacks = settings.callbacks();
    try (var bar =
        new ProgressBar(
            settings.progress(),
            count,
            training.size(),
            records(settings, count, training.size()),
            System::nanoTime)) {
      callbacks.forEach(callback -> callback.started(running));
      for (int epoch = 1; epoch <= count && running.stopReason() == null; epoch++) {
        long start = System.nanoTime();
        Timing epochTime = Timing.ofEpoch();
        running.startEpoch(epoch);
        callbacks.forEach(callback -> callback.epochStarted(running));
        bar.start(epoch);
        Map<String, Double> values =
            new LinkedHashMap<>(trainEpoch(loader, pass, steps, workspace, bar, running));
        double trainingSeconds = secondsSince(start);
        if (validation != null) {
          validate(validation, settings)
              .values()
              .forEach((name, value) -> values.put(History.VALIDATION + name, value));
        }
        double seconds = secondsSince(start);
        bar.finish(values, seconds, trainingSeconds);
        values.put(History.SECONDS, seconds);
        running.endEpoch(values);
        epochTime.end(running);
        callbacks.forEach(callback -> callback.epochEnded(running));
      }
      callbacks.forEach(callback -> callback.ended(running));
    }
    return running.history();
  }

  /** The names of what a {@link History} holds of each epoch. */
  private List<String> names(boolean validated) {
    List<String> names = new ArrayList<>(List.of(Evaluation.LOSS));
    metrics.forEach(metric -> names.add(metric.name()));
    if (validated) {
      List.copyOf(names).forEach(name -> names.add(History.VALIDATION + name));
    }
    names.add(History.SECONDS);
    return List.copyOf(names);
  }

  /** As many as are asked for, or as the steps that are asked for take. */
  private static int epochs(Fit settings, int batches) {
    int stepsPerEpoch = Math.ceilDiv(batches, settings.accumulate());
    return settings.steps() == 0
        ? settings.epochs()
        : Math.ceilDiv(settings.steps(), stepsPerEpoch);
  }

  /** The number of records that are used in all epochs. */
  private static long records(Fit settings, int epochs, int size) {
    long inSteps = (long) settings.accumulate() * settings.batchSize();
    long stepsBefore = (epochs - 1L) * Math.ceilDiv(size, inSteps);
    long last = settings.steps() == 0 ? size : (settings.steps() - stepsBefore) * inSteps;
    return (epochs - 1L) * size + Math.min(size, last);
  }

  private Map<String, Double> trainEpoch(
      DataLoader loader,
      Pass pass,
      TrainingSteps steps,
      Workspace workspace,
      ProgressBar bar,
      Training training) {
    var tally = new Tally(metrics);
    List<Double> classWeights = training.settings().classWeights();
    for (Batch batch : Timing.ofWaits(loader, training)) {
      if (steps.areSpent()) {
        break;
      }
      Timing stepTime = Timing.ofStep(batch);
      workspace.run(() -> {
        Tensor prediction = model.forward(batch.features(), pass);
        Tensor batchLoss = lossOf(prediction, batch, classWeights);
        steps.add(batchLoss, batch.size());
        tally.add(batch, prediction, batchLoss.item());
        return tally;
      });
      stepTime.end(training);
      bar.advance(tally);
      report(steps, tally, training);
    }
    steps.finish();
    report(steps, tally, training);
    return tally.values();
  }

  /** Tells the callbacks of a step, if one was taken. */
  private static void report(TrainingSteps steps, Tally tally, Training training) {
    if (steps.taken() > training.steps()) {
      training.stepped(steps.taken(), tally);
      training.settings().callbacks().forEach(callback -> callback.stepped(training));
    }
  }

  private Evaluation validate(Dataset validation, Fit settings) {
    WeightAverage average = settings.average();
    return average == null
        ? evaluate(validation, settings.batchSize())
        : average.during(() -> evaluate(validation, settings.batchSize()));
  }

  private Tensor lossOf(Tensor prediction, Batch batch, List<Double> classWeights) {
    Tensor weights = ClassWeights.of(batch, classWeights);
    Tensor value =
        weights == null
            ? loss.of(prediction, batch.labels())
            : loss.of(prediction, batch.labels(), weights);
    if (value.shape().elements() != 1) {
      throw new ShapeException(
          "trainer: the loss of a batch must be one number, got %s; give the loss Reduction.MEAN"
              .formatted(value.shape()));
    }
    return value;
  }

  /** Throws what training with the data would throw, but changes nothing. */
  private void tryOn(Dataset dataset, List<Double> classWeights) {
    evaluate(dataset.subset(0, Math.min(TRIAL, dataset.size())), TRIAL, classWeights);
  }

  private static void checkRecords(String operation, Dataset dataset) {
    if (dataset.size() == 0) {
      throw new ArgumentException(
          "%s: the data set is empty; it needs at least one record".formatted(operation));
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
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
    var loader = new DataLoader(dataset, batchSize);
    return Autograd.noGrad(() -> {
      var tally = new Tally(metrics);
      var workspace = new Workspace();
      for (Batch batch : loader) {
        workspace.run(() -> {
          Tensor prediction = model.forward(batch.features(), Pass.inference());
          tally.add(batch, prediction, lossOf(prediction, batch, classWeights).item());
          return tally;
        });
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

  @Override
  public String toString() {
    return "Trainer[%s, %s, metrics=%s]".formatted(loss, optimizer, metrics);
  }
}
