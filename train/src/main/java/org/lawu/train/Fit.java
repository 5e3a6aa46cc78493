package org.lawu.train;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Dataset;
import org.lawu.error.ArgumentException;
import org.lawu.nn.loss.Penalty;
import org.lawu.optim.MaxNorm;
import org.lawu.optim.WeightAverage;
import org.lawu.optim.schedule.Schedule;

/**
 * How to train: for how long, in what batches, and what else {@link Trainer#fit} needs to know.
 * Never changes; each method returns other settings.
 *
 * <pre>{@code
 * trainer.fit(dataset, Fit.forEpochs(5).batchSize(32).validationSplit(0.1).seed(1));
 * trainer.fit(
 *     dataset,
 *     Fit.forSteps(10_000)
 *         .accumulate(4)
 *         .clipNorm(1)
 *         .schedule(new LinearWarmup(1e-3, 500).then(500, new CosineAnnealing(1e-3, 9_500))));
 * }</pre>
 */
public final class Fit {
  // Set while a copy is made, and never again.
  private int epochs;
  private int steps;
  private int batchSize = 32;
  private int accumulate = 1;
  private double validationSplit;
  private @Nullable Dataset validation;
  private boolean shuffle = true;
  private OptionalLong seed = OptionalLong.empty();
  private Progress progress = Progress.standard();
  private OptionalDouble clipValue = OptionalDouble.empty();
  private OptionalDouble clipNorm = OptionalDouble.empty();
  private @Nullable Schedule schedule;
  private @Nullable Penalty penalty;
  private @Nullable MaxNorm maxNorm;
  private @Nullable WeightAverage average;
  private List<Double> classWeights = List.of();
  private List<Callback> callbacks = List.of();
  private @Nullable Path resume;

  /**
   * Where progress is shown.
   *
   * @param out the stream that is written to
   * @param terminal whether to draw a bar that rewrites its line, instead of a line for each epoch
   */
  public record Progress(PrintStream out, boolean terminal) {

    /** Standard output: with a bar where it is a terminal. */
    // From JDK 25 on the console is null again where there is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    public static Progress standard() {
      var console = System.console();
      return new Progress(System.out, console != null && console.isTerminal());
    }

    /** Nowhere. */
    public static Progress none() {
      return new Progress(new PrintStream(OutputStream.nullOutputStream()), false);
    }
  }

  private Fit() {}

  private Fit with(Consumer<Fit> change) {
    var copy = new Fit();
    copy.epochs = epochs;
    copy.steps = steps;
    copy.batchSize = batchSize;
    copy.accumulate = accumulate;
    copy.validationSplit = validationSplit;
    copy.validation = validation;
    copy.shuffle = shuffle;
    copy.seed = seed;
    copy.progress = progress;
    copy.clipValue = clipValue;
    copy.clipNorm = clipNorm;
    copy.schedule = schedule;
    copy.penalty = penalty;
    copy.maxNorm = maxNorm;
    copy.average = average;
    copy.classWeights = classWeights;
    copy.callbacks = callbacks;
    copy.resume = resume;
    change.accept(copy);
    return copy;
  }

  private static int count(String name, int count) {
    if (count < 1) {
      throw new ArgumentException("fit: %s must be at least 1, got %d".formatted(name, count));
    }
    return count;
  }

  private static OptionalDouble limit(String name, double limit) {
    if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "fit: %s must be positive and finite, got %s".formatted(name, limit));
    }
    return OptionalDouble.of(limit);
  }

  // ---- how long, and on what

  /**
   * Training for a number of epochs, in each of which every record is used once.
   *
   * @throws ArgumentException if it is below 1
   */
  public static Fit forEpochs(int epochs) {
    return new Fit().epochs(epochs);
  }

  /**
   * Training for a number of steps of the optimizer, in as many epochs as it takes; the last one
   * ends with the last step.
   *
   * @throws ArgumentException if it is below 1
   */
  public static Fit forSteps(int steps) {
    return new Fit().steps(steps);
  }

  /**
   * For another number of epochs, and not of steps.
   *
   * @throws ArgumentException if it is below 1
   */
  public Fit epochs(int epochs) {
    count("epochs", epochs);
    return with(fit -> {
      fit.epochs = epochs;
      fit.steps = 0;
    });
  }

  /**
   * For another number of steps, and not of epochs.
   *
   * @throws ArgumentException if it is below 1
   */
  public Fit steps(int steps) {
    count("steps", steps);
    return with(fit -> {
      fit.epochs = 0;
      fit.steps = steps;
    });
  }

  /**
   * With another number of records in a batch, 32 by default; the last batch of an epoch gets what
   * is left.
   *
   * @throws ArgumentException if it is below 1
   */
  public Fit batchSize(int batchSize) {
    count("the batch size", batchSize);
    return with(fit -> fit.batchSize = batchSize);
  }

  /**
   * Takes a step only after so many batches, with the mean of their gradients by records: where the
   * loss is a mean over records, the step of one batch so many times as large, in the memory of the
   * small one. The last step of an epoch gets what is left. 1 by default.
   *
   * @throws ArgumentException if it is below 1
   */
  public Fit accumulate(int batches) {
    count("the batches to accumulate", batches);
    return with(fit -> fit.accumulate = batches);
  }

  /**
   * Keeps a random fraction of the records from training and validates with them after each epoch;
   * instead of a {@link #validation(Dataset)}. None by default.
   *
   * @throws ArgumentException if it is not between 0 and 1, both excluded
   */
  public Fit validationSplit(double validationSplit) {
    if (!(validationSplit > 0 && validationSplit < 1)) {
      throw new ArgumentException(
          "fit: the validation split must be between 0 and 1, got " + validationSplit);
    }
    return with(fit -> {
      fit.validationSplit = validationSplit;
      fit.validation = null;
    });
  }

  /** Validates with a data set after each epoch; instead of a {@link #validationSplit(double)}. */
  public Fit validation(Dataset validation) {
    return with(fit -> {
      fit.validationSplit = 0;
      fit.validation = validation;
    });
  }

  /** With or without a new order of the records in each epoch; with one by default. */
  public Fit shuffle(boolean shuffle) {
    return with(fit -> fit.shuffle = shuffle);
  }

  /**
   * With a seed, from which the split, the order and the dropout follow: the same seed, initial
   * parameters and data give the same parameters to the bit, whatever the number of threads. By
   * default another every time.
   */
  public Fit seed(long seed) {
    return with(fit -> fit.seed = OptionalLong.of(seed));
  }

  /** With progress shown elsewhere than on standard output. */
  public Fit progress(Progress progress) {
    return with(fit -> fit.progress = progress);
  }

  /** With callbacks, in place of those it had; they are called in this order. */
  public Fit callbacks(Callback... callbacks) {
    List<Callback> copy = List.of(callbacks);
    return with(fit -> fit.callbacks = copy);
  }

  /**
   * Goes on from the newest whole checkpoint in a folder, to the bit as if that training had never
   * stopped; where the folder has none, or is not there, training starts. So the same program
   * starts a training, and takes it up again however it ended:
   *
   * <pre>{@code
   * Path run = Path.of("run");
   * trainer.fit(dataset, Fit.forEpochs(50).callbacks(new Checkpoints(run)).resume(run));
   * }</pre>
   *
   * <p>Model, optimizer, settings and data must be those of the checkpoint; only the number of
   * epochs may be another, and no seed is needed. {@link Trainer#fit} refuses any other checkpoint
   * and lists all that differs.
   *
   * @param folder that of {@link org.lawu.train.callback.Checkpoints}
   */
  public Fit resume(Path folder) {
    return with(fit -> fit.resume = folder);
  }

  /** Without a word. */
  public Fit quiet() {
    return progress(Progress.none());
  }

  // ---- the steps

  /**
   * Sets the learning rate before each step to what a schedule says, which counts the steps of this
   * training from 0. By default it stays what it is.
   */
  public Fit schedule(Schedule schedule) {
    return with(fit -> fit.schedule = schedule);
  }

  /**
   * Holds every element of a step's gradient between {@code -limit} and {@code limit}; see {@link
   * org.lawu.optim.Clipping#byValue}.
   *
   * @throws ArgumentException if the limit is not positive and finite
   */
  public Fit clipValue(double limit) {
    OptionalDouble checked = limit("the limit of values", limit);
    return with(fit -> fit.clipValue = checked);
  }

  /**
   * Holds the norm of a step's whole gradient at a limit, after {@link #clipValue(double)} if both
   * are set; see {@link org.lawu.optim.Clipping#byNorm}.
   *
   * @throws ArgumentException if the limit is not positive and finite
   */
  public Fit clipNorm(double limit) {
    OptionalDouble checked = limit("the limit of the norm", limit);
    return with(fit -> fit.clipNorm = checked);
  }

  /**
   * Adds an L1 or L2 penalty of the weights to the loss that is made small. The losses that are
   * reported are without it, so that those of training and validation compare.
   */
  public Fit penalty(Penalty penalty) {
    return with(fit -> fit.penalty = penalty);
  }

  /**
   * Scales weights back after each step, so that the norm of those into a unit stays at a limit;
   * see {@link MaxNorm}.
   *
   * @throws ArgumentException if the limit is not positive and finite
   */
  public Fit maxNorm(double limit) {
    var checked = new MaxNorm(limit);
    return with(fit -> fit.maxNorm = checked);
  }

  /**
   * Updates running averages of the weights after each step, and validates with them in place of
   * the weights. The model ends with the weights; take up the averages with {@link
   * WeightAverage#copyTo}, or use them with {@link WeightAverage#during}.
   *
   * @param average the averages of the model that is trained
   */
  public Fit average(WeightAverage average) {
    return with(fit -> fit.average = average);
  }

  /**
   * Multiplies the loss of each record by the weight of its class in training, but not in
   * validation; so rare classes can count more. See {@link
   * org.lawu.nn.loss.Loss#of(org.lawu.tensor.Tensor, org.lawu.tensor.Tensor,
   * org.lawu.tensor.Tensor)}. For INT32 labels, or FLOAT32 targets that are 0 or 1. Weights of
   * records are those of {@link Dataset#weighted}; where there are both, they are multiplied.
   *
   * @param weights one for each class, from class 0 on
   * @throws ArgumentException if there is none, or one is negative or not finite
   */
  public Fit classWeights(double... weights) {
    if (weights.length == 0
        || DoubleStream.of(weights)
            .anyMatch(weight -> !(weight >= 0 && weight < Double.POSITIVE_INFINITY))) {
      throw new ArgumentException(
          "fit: class weights must be finite and not negative, one for each class, got "
              + DoubleStream.of(weights).boxed().toList());
    }
    List<Double> copy = DoubleStream.of(weights).boxed().toList();
    return with(fit -> fit.classWeights = copy);
  }

  // ---- what is set

  /** The number of epochs; 0 where {@link #steps()} are counted. */
  public int epochs() {
    return epochs;
  }

  /** The number of steps; 0 where {@link #epochs()} are counted. */
  public int steps() {
    return steps;
  }

  /** The number of records in a batch. */
  public int batchSize() {
    return batchSize;
  }

  /** The number of batches in a step. */
  public int accumulate() {
    return accumulate;
  }

  /** The fraction of the records to validate with; 0 for none. */
  public double validationSplit() {
    return validationSplit;
  }

  /** The data set to validate with, or null. */
  public @Nullable Dataset validation() {
    return validation;
  }

  /** Whether the records come in a new order each epoch. */
  public boolean shuffle() {
    return shuffle;
  }

  /** The seed, if one is set. */
  public OptionalLong seed() {
    return seed;
  }

  /** Where progress is shown. */
  public Progress progress() {
    return progress;
  }

  /** What is called besides the steps; empty for nothing. */
  public List<Callback> callbacks() {
    return callbacks;
  }

  /** The folder whose newest checkpoint training goes on from, or null. */
  public @Nullable Path resume() {
    return resume;
  }

  /** The learning rate of each step, or null. */
  public @Nullable Schedule schedule() {
    return schedule;
  }

  /** The limit of the elements of a gradient, if one is set. */
  public OptionalDouble clipValue() {
    return clipValue;
  }

  /** The limit of the norm of a gradient, if one is set. */
  public OptionalDouble clipNorm() {
    return clipNorm;
  }

  /** The penalty of the weights, or null. */
  public @Nullable Penalty penalty() {
    return penalty;
  }

  /** The limit of the norm of weights, or null. */
  public @Nullable MaxNorm maxNorm() {
    return maxNorm;
  }

  /** The averages of the weights, or null. */
  public @Nullable WeightAverage average() {
    return average;
  }

  /** The weight of each class; empty for none. */
  public List<Double> classWeights() {
    return classWeights;
  }

  /**
   * What is set, by name, as reports, logs and saved models tell it: whole numbers, numbers, truth
   * values and texts, the same in every process. Without what is not set, and without progress and
   * callbacks, on which the result does not depend; the seed of a training is in its {@link
   * History}.
   */
  public Map<String, Object> described() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(steps > 0 ? "steps" : "epochs", steps > 0 ? steps : epochs);
    values.put("batchSize", batchSize);
    values.put("accumulate", accumulate);
    values.put("shuffle", shuffle);
    values.put("validationSplit", validationSplit);
    if (validation != null) {
      values.put("validation", validation.size() + " records");
    }
    clipValue.ifPresent(limit -> values.put("clipValue", Double.toString(limit)));
    clipNorm.ifPresent(limit -> values.put("clipNorm", Double.toString(limit)));
    put(values, "schedule", schedule);
    put(values, "penalty", penalty);
    put(values, "maxNorm", maxNorm);
    put(values, "average", average);
    put(values, "classWeights", classWeights.isEmpty() ? null : classWeights);
    return Collections.unmodifiableMap(values);
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, Text.of(value));
    }
  }

  /** Such as {@code Fit[5 epochs, batches of 32]}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Fit[%s, batches of %d]",
        steps > 0 ? steps + " steps" : epochs + " epochs",
        batchSize);
  }
}
