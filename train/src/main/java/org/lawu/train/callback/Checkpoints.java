package org.lawu.train.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.optim.WeightAverage;
import org.lawu.train.Callback;
import org.lawu.train.Checkpoint;
import org.lawu.train.CheckpointFolder;
import org.lawu.train.Training;

/**
 * Saves checkpoints, from which {@link org.lawu.train.Fit#resume} goes on to the bit, and the
 * weights of the best epoch.
 *
 * <pre>{@code
 * Path run = Path.of("run");
 * var checkpoints = new Checkpoints(run).everySteps(500).keep(3).best("val_loss");
 * trainer.fit(dataset, Fit.forEpochs(50).callbacks(checkpoints).resume(run));
 * }</pre>
 *
 * <p>In the folder are the newest {@code checkpoint-00001500.safetensors}, named by the step, and
 * {@code best.safetensors}, which {@link org.lawu.nn.Layer#load} reads. Every file is complete or
 * not there, whenever the process is killed. Whether checkpoints are written and how often makes no
 * difference to the training.
 */
public final class Checkpoints implements Callback {
  private static final String NAME = "checkpoints";
  private static final String BEST = "best.safetensors";

  private final CheckpointFolder folder;
  private final int epochs;
  private final int steps;
  private final int keep;
  private final @Nullable Goal goal;

  private double best;

  private Checkpoints(
      CheckpointFolder folder, int epochs, int steps, int keep, @Nullable Goal goal) {
    this.folder = folder;
    this.epochs = epochs;
    this.steps = steps;
    this.keep = keep;
    this.goal = goal;
  }

  /**
   * A checkpoint after each epoch, of which the last 3 are kept.
   *
   * @param folder for one training; it is made if it is not there
   */
  public Checkpoints(Path folder) {
    this(new CheckpointFolder(folder), 1, 0, 3, null);
  }

  /**
   * After every so many epochs instead of each, and after the last.
   *
   * @throws ArgumentException if it is below 1
   */
  public Checkpoints everyEpochs(int epochs) {
    int checked = Setting.atLeast(1, NAME, "the epochs between two", epochs);
    return new Checkpoints(folder, checked, steps, keep, goal);
  }

  /**
   * After every so many steps of the optimizer as well.
   *
   * @throws ArgumentException if it is below 1
   */
  public Checkpoints everySteps(int steps) {
    int checked = Setting.atLeast(1, NAME, "the steps between two", steps);
    return new Checkpoints(folder, epochs, checked, keep, goal);
  }

  /**
   * Keeps another number of checkpoints, the newest; 3 by default. With more than one, there is one
   * to go on from where a disk has damaged the newest.
   *
   * @throws ArgumentException if it is below 1
   */
  public Checkpoints keep(int newest) {
    int checked = Setting.atLeast(1, NAME, "the number to keep", newest);
    return new Checkpoints(folder, epochs, steps, checked, goal);
  }

  /**
   * Saves the model as {@code best.safetensors} after each epoch in which a value is better than
   * ever; with the averages for weights, where {@link org.lawu.train.Fit#average} validates with
   * them.
   *
   * @param value its name in the history, such as {@code val_loss}; known losses and errors should
   *     fall and known scores rise, see {@link #minimize} for others
   */
  public Checkpoints best(String value) {
    return new Checkpoints(folder, epochs, steps, keep, new Goal(NAME, value, null));
  }

  /** The value of {@link #best} should fall. */
  public Checkpoints minimize() {
    return new Checkpoints(folder, epochs, steps, keep, goal("minimize").rising(false));
  }

  /** The value of {@link #best} should rise. */
  public Checkpoints maximize() {
    return new Checkpoints(folder, epochs, steps, keep, goal("maximize").rising(true));
  }

  private Goal goal(String operation) {
    if (goal == null) {
      throw new ArgumentException(
          "%s: %s is for a value; say first which, as in best(\"val_loss\")"
              .formatted(NAME, operation));
    }
    return goal;
  }

  @Override
  public void started(Training training) {
    try {
      Files.createDirectories(folder.path());
      folder.removeUnfinished();
      Checkpoint newest = folder.newest().orElse(null);
      if (newest != null && newest.steps() > training.steps()) {
        throw new ArgumentException(
            "%s: %s holds those of another training, up to step %d; resume it with"
                    .formatted(NAME, folder.path(), newest.steps())
                + " Fit.resume, or choose another folder");
      }
    } catch (IOException fault) {
      throw failed("be used", fault);
    }
    if (goal != null) {
      goal.check(training);
      best = goal.worst();
      for (Map<String, Double> epoch : training.history().epochs()) {
        double value = epoch.getOrDefault(goal.value(), Double.NaN);
        best = goal.isBetter(value, best, 0) ? value : best;
      }
    }
  }

  @Override
  public void stepped(Training training) {
    if (steps > 0 && training.steps() % steps == 0) {
      training.checkpoint(this::write);
    }
  }

  @Override
  public void epochEnded(Training training) {
    if (goal != null && goal.isBetter(goal.of(training), best, 0)) {
      best = goal.of(training);
      saveModel(training);
    }
    training.checkpoint(checkpoint -> {
      boolean last = training.epoch() == training.epochs() || training.stopReason() != null;
      if (last || training.epoch() % epochs == 0) {
        write(checkpoint);
      }
    });
  }

  private void write(Checkpoint checkpoint) {
    try {
      folder.write(checkpoint, keep);
    } catch (IOException fault) {
      throw failed("take a checkpoint", fault);
    }
  }

  /** With what was validated. */
  private void saveModel(Training training) {
    WeightAverage average = training.settings().average();
    if (average == null) {
      saveBest(training.model());
    } else {
      average.during(() -> saveBest(training.model()));
    }
  }

  private Path saveBest(Layer model) {
    Path file = folder.path().resolve(BEST);
    try {
      model.save(file);
    } catch (IOException fault) {
      throw failed("take the best model", fault);
    }
    return file;
  }

  private UncheckedIOException failed(String what, IOException fault) {
    return new UncheckedIOException(
        "%s: the folder %s cannot %s: %s".formatted(NAME, folder.path(), what, fault), fault);
  }

  /** Such as {@code Checkpoints[run, every epoch, every 500 steps, keep 3, best val_loss]}. */
  @Override
  public String toString() {
    return "Checkpoints[%s, every %s%s, keep %d%s]"
        .formatted(
            folder.path(),
            epochs == 1 ? "epoch" : epochs + " epochs",
            steps > 0 ? ", every " + steps + " steps" : "",
            keep,
            goal == null ? "" : ", best " + goal);
  }
}
