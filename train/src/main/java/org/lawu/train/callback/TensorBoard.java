package org.lawu.train.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.train.Callback;
import org.lawu.train.Training;

/**
 * Writes event files for <a href="https://www.tensorflow.org/tensorboard">TensorBoard</a>, which
 * shows them with {@code tensorboard --logdir FOLDER} while the training runs.
 *
 * <pre>{@code
 * trainer.fit(dataset, Fit.forEpochs(20).callbacks(new TensorBoard(Path.of("runs/first"))));
 * }</pre>
 *
 * <p>As in Keras the folder gets two runs, {@code train} and {@code validation}, whose curves share
 * a chart:
 *
 * <table>
 * <caption>What is written</caption>
 * <tr><th>tag<th>over<th>value
 * <tr><td>{@code epoch/loss}, {@code epoch/accuracy} ...<td>epochs<td>the values of the epoch
 * <tr><td>{@code epoch/seconds}<td>epochs<td>how long it took
 * <tr><td>{@code step/loss} ...<td>steps<td>the values over the epoch so far
 * <tr><td>{@code step/learning_rate}<td>steps<td>the rate of the step
 * <tr><td>{@code weights/0.weight} ...<td>epochs<td>histograms, if asked for
 * <tr><td>{@code run/settings}, {@code run/model}<td>once<td>text
 * </table>
 *
 * <p>Each training begins files of its own beside those that are there; one that is resumed so
 * continues its curves. For one training at a time.
 */
public final class TensorBoard implements Callback {
  private static final String VALIDATION = "val_";
  private static final int FLUSH_BYTES = 1 << 16;
  private static final long FLUSH_MILLISECONDS = 2000;

  private final Path folder;
  private final int everySteps;
  private final boolean histograms;

  private @Nullable EventFile train;
  private @Nullable EventFile validation;
  private long flushed;

  /** Into a folder, which is made if need be; values of steps are written every 10 steps. */
  public TensorBoard(Path folder) {
    this(folder, 10, false);
  }

  private TensorBoard(Path folder, int everySteps, boolean histograms) {
    this.folder = folder;
    this.everySteps = everySteps;
    this.histograms = histograms;
  }

  /**
   * The same with values of every so many steps.
   *
   * @throws ArgumentException if it is below 1
   */
  public TensorBoard everySteps(int steps) {
    if (steps < 1) {
      throw new ArgumentException("tensorBoard: steps must be at least 1, got " + steps);
    }
    return new TensorBoard(folder, steps, histograms);
  }

  /** The same with histograms of all parameters and buffers after each epoch. */
  public TensorBoard histograms() {
    return new TensorBoard(folder, everySteps, true);
  }

  /**
   * Begins the files.
   *
   * @throws UncheckedIOException if they cannot be written; so it is of all methods below
   */
  @Override
  public void started(Training training) {
    boolean validated = training.names().stream().anyMatch(name -> name.startsWith(VALIDATION));
    writing(() -> {
      long now = System.currentTimeMillis();
      train = EventFile.create(folder.resolve("train"), now);
      validation = validated ? EventFile.create(folder.resolve("validation"), now) : null;
      train.add(
          now,
          training.steps(),
          new Summary()
              .text("run/settings", settings(training))
              .text("run/model", "```\n" + training.model() + "\n```"));
      train.flush();
    });
  }

  private static String settings(Training training) {
    var table = new StringBuilder("| setting | value |\n|---|---|\n");
    row(table, "parameters", Long.toString(training.model().parameterCount()));
    training.described().forEach((name, value) -> row(table, name, value.toString()));
    row(table, "seed", Long.toString(training.seed()));
    return table.toString();
  }

  private static void row(StringBuilder table, String name, String value) {
    table.append("| %s | %s |\n".formatted(name, value.replace("|", "\\|").replace('\n', ' ')));
  }

  @Override
  public void stepped(Training training) {
    if (training.steps() % everySteps == 0) {
      var summary = new Summary();
      training.values().forEach((name, value) -> summary.scalar("step/" + name, value));
      summary.scalar("step/learning_rate", training.optimizer().learningRate());
      write(train, training.steps(), summary);
    }
  }

  @Override
  public void epochEnded(Training training) {
    var trained = new Summary();
    var validated = new Summary();
    training
        .values()
        .forEach((name, value) -> {
          if (name.startsWith(VALIDATION)) {
            validated.scalar("epoch/" + name.substring(VALIDATION.length()), value);
          } else {
            trained.scalar("epoch/" + name, value);
          }
        });
    if (histograms) {
      training
          .model()
          .namedParameters()
          .forEach((name, parameter) ->
              trained.histogram("weights/" + name, parameter.value().toDoubleArray()));
    }
    write(train, training.epoch(), trained);
    write(validation, training.epoch(), validated);
    flush();
  }

  @Override
  public void ended(Training training) {
    flush();
  }

  private void write(@Nullable EventFile file, int step, Summary summary) {
    if (file != null) {
      long now = System.currentTimeMillis();
      file.add(now, step, summary);
      if (file.pending() > FLUSH_BYTES || now - flushed > FLUSH_MILLISECONDS) {
        flush();
      }
    }
  }

  private void flush() {
    flushed = System.currentTimeMillis();
    for (EventFile file : new EventFile[] {train, validation}) {
      if (file != null) {
        writing(file::flush);
      }
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void writing(Writing work) {
    try {
      work.run();
    } catch (IOException fault) {
      throw new UncheckedIOException(
          "tensorBoard: files in %s cannot be written".formatted(folder), fault);
    }
  }

  @Override
  public String toString() {
    return "TensorBoard[%s]".formatted(folder);
  }
}
