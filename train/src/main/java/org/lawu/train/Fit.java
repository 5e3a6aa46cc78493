package org.lawu.train;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Dataset;
import org.lawu.error.ArgumentException;

/**
 * How to train: for how long, in what batches, and what else {@link Trainer#fit} needs to know.
 * Never changes; each method returns other settings.
 *
 * <pre>{@code
 * trainer.fit(dataset, Fit.epochs(5).batchSize(32).validationSplit(0.1).seed(1));
 * }</pre>
 *
 * @param epochs how many times every record is used
 * @param batchSize the number of records in a step; 32 by default
 * @param validationSplit the fraction of the records that is kept from training to validate with; 0
 *     by default, for none
 * @param validation the data set to validate with; none by default
 * @param shuffle whether the records come in a new order each epoch; true by default
 * @param seed what the split, the order and the dropout follow from; by default another every time
 * @param progress where and how progress is shown; on standard output by default
 */
public record Fit(
    int epochs,
    int batchSize,
    double validationSplit,
    @Nullable Dataset validation,
    boolean shuffle,
    OptionalLong seed,
    Progress progress) {

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

  /**
   * Checks the settings.
   *
   * @throws ArgumentException if epochs or the batch size is below 1, or the validation split is
   *     not in [0, 1)
   */
  public Fit {
    if (epochs < 1) {
      throw new ArgumentException("fit: epochs must be at least 1, got " + epochs);
    }
    if (batchSize < 1) {
      throw new ArgumentException("fit: the batch size must be at least 1, got " + batchSize);
    }
    if (!(validationSplit >= 0 && validationSplit < 1)) {
      throw new ArgumentException(
          "fit: the validation split must be between 0 and 1, got " + validationSplit);
    }
  }

  /**
   * Training for a number of epochs.
   *
   * @throws ArgumentException if it is below 1
   */
  public static Fit epochs(int epochs) {
    return new Fit(epochs, 32, 0, null, true, OptionalLong.empty(), Progress.standard());
  }

  /**
   * With another number of records in a step; the last step of an epoch gets what is left.
   *
   * @throws ArgumentException if it is below 1
   */
  public Fit batchSize(int batchSize) {
    return new Fit(epochs, batchSize, validationSplit, validation, shuffle, seed, progress);
  }

  /**
   * Keeps a random fraction of the records from training and validates with them after each epoch;
   * instead of a {@link #validation(Dataset)}.
   *
   * @throws ArgumentException if it is not between 0 and 1, both excluded
   */
  public Fit validationSplit(double validationSplit) {
    if (validationSplit == 0) {
      throw new ArgumentException(
          "fit: the validation split must be between 0 and 1, got " + validationSplit);
    }
    return new Fit(epochs, batchSize, validationSplit, null, shuffle, seed, progress);
  }

  /** Validates with a data set after each epoch; instead of a {@link #validationSplit}. */
  public Fit validation(Dataset validation) {
    return new Fit(epochs, batchSize, 0, validation, shuffle, seed, progress);
  }

  /** With or without a new order of the records in each epoch. */
  public Fit shuffle(boolean shuffle) {
    return new Fit(epochs, batchSize, validationSplit, validation, shuffle, seed, progress);
  }

  /**
   * With a seed, from which the split, the order and the dropout follow: the same seed, initial
   * parameters and data give the same parameters to the bit, whatever the number of threads.
   */
  public Fit seed(long seed) {
    return new Fit(
        epochs, batchSize, validationSplit, validation, shuffle, OptionalLong.of(seed), progress);
  }

  /** With progress shown elsewhere. */
  public Fit progress(Progress progress) {
    return new Fit(epochs, batchSize, validationSplit, validation, shuffle, seed, progress);
  }

  /** Without a word. */
  public Fit quiet() {
    return progress(Progress.none());
  }
}
