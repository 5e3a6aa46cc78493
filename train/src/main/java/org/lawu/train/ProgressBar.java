package org.lawu.train;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how far a training is: on a terminal a bar that rewrites its line, about ten times a
 * second, and everywhere a line at the end of each epoch.
 */
final class ProgressBar implements AutoCloseable {
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

  /** One less than the narrowest usual terminal: a line that wraps could not be rewritten. */
  private static final int COLUMNS = 79;

  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 5;

  private final Fit.Progress progress;
  private final int epochs;
  private final int records;
  private final long total;
  private final LongSupplier clock;
  private final long start;
  private int epoch;

  /** Records that were done before this start, in a training that is resumed. */
  private long resumed;

  /** How long those took that are in the next epoch to start. */
  private long resumedTime;

  private long epochStart;
  private long lastDrawn;
  private int done;
  private int drawn;

  /**
   * A bar at the start of a training.
   *
   * @param records the number of training records in an epoch
   * @param total that in all epochs
   * @param clock nanoseconds from any origin
   */
  ProgressBar(Fit.Progress progress, int epochs, int records, long total, LongSupplier clock) {
    this.progress = progress;
    this.epochs = epochs;
    this.records = records;
    this.total = total;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  void start(int number) {
    epoch = number;
    done = 0;
    long now = clock.getAsLong();
    epochStart = now - resumedTime;
    resumedTime = 0;
    lastDrawn = now;
  }

  /**
   * Starts with records that are done already.
   *
   * @param records in all epochs
   * @param seconds how long those of the first epoch to start took
   */
  void resume(long records, double seconds) {
    resumed = records;
    resumedTime = Math.round(seconds * 1e9);
  }

  /** After a step: redraws the bar if it is time. */
  void advance(Tally tally) {
    done = tally.records();
    long now = clock.getAsLong();
    if (progress.terminal() && now - lastDrawn >= INTERVAL) {
      lastDrawn = now;
      rewrite(bar(tally, now));
      progress.out().flush();
    }
  }

  /**
   * After an epoch: the line that stays.
   *
   * @param seconds of the whole epoch
   * @param trainingSeconds without validation
   */
  void finish(Map<String, Double> values, double seconds, double trainingSeconds) {
    rewrite(
        "%s  %s  %s  %s"
            .formatted(
                title(), Text.values(values), Text.seconds(seconds), rate(done, trainingSeconds)));
    close();
  }

  /** A line between epochs. */
  void say(String line) {
    progress.out().println(line);
    progress.out().flush();
  }

  /** Ends a line that is only begun, as when training fails. */
  @Override
  public void close() {
    if (drawn > 0) {
      progress.out().println();
      progress.out().flush();
      drawn = 0;
    }
  }

  private String bar(Tally tally, long now) {
    String text =
        "%s  %s  %s left"
            .formatted(
                Text.values(tally.values()),
                rate(done, seconds(now - epochStart)),
                Text.duration(secondsLeft(now)));
    int room = COLUMNS - title().length() - text.length() - "  []  ".length();
    if (room < NARROWEST_BAR) {
      String line = title() + "  " + text;
      return line.substring(0, Math.min(COLUMNS, line.length()));
    }
    int width = Math.min(room, WIDEST_BAR);
    int full = (int) ((long) width * done / records);
    return "%s  [%s%s]  %s".formatted(title(), "=".repeat(full), " ".repeat(width - full), text);
  }

  /** Of the whole training, validation included, at the speed so far. */
  private double secondsLeft(long now) {
    double before = (double) (epoch - 1) * records + done;
    double after = total - before;
    return seconds(now - start) * after / Math.max(1, before - resumed);
  }

  private String title() {
    return "epoch %d/%d".formatted(epoch, epochs);
  }

  private static String rate(int samples, double seconds) {
    return Text.count(Math.round(samples / Math.max(seconds, 1e-9))) + " samples/s";
  }

  private static double seconds(long nanoseconds) {
    return nanoseconds / 1e9;
  }

  /** Writes a line over the last one, whose rest it blanks out. */
  private void rewrite(String line) {
    if (drawn > 0) {
      progress.out().print('\r');
    }
    progress.out().print(line + " ".repeat(Math.max(0, drawn - line.length())));
    drawn = line.length();
  }
}
