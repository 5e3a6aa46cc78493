package org.lawu.train.metric;

import org.lawu.tensor.Tensor;

/**
 * A number that tells how good predictions are. A metric holds nothing but its settings, so one may
 * serve any number of trainers and threads; what is counted is in an {@link Accumulator} of its own
 * for each pass over the data.
 */
public interface Metric {

  /** The name in a {@link History} and on the progress bar, such as {@code accuracy}. */
  String name();

  /** Begins a pass over the data. */
  Accumulator accumulator();

  /**
   * The metric over whole predictions at once: {@code new F1().of(logits, labels)}.
   *
   * @param predictions what the model said
   * @param targets what it should have said
   */
  default double of(Tensor predictions, Tensor targets) {
    Accumulator accumulator = accumulator();
    accumulator.add(predictions.detach(), targets);
    return accumulator.result();
  }

  /** The same under another name, as for two of a kind in one trainer. */
  default Metric named(String name) {
    return new NamedMetric(name, this);
  }

  /** What one pass over the data has counted so far; for one thread. */
  interface Accumulator {

    /**
     * Counts a batch. The prediction's memory is used again by the next step: to store it rather
     * than numbers, {@link org.lawu.tensor.Workspace#keep keep} it.
     *
     * @param prediction what the model said, untracked
     * @param target what it should have said
     */
    void add(Tensor prediction, Tensor target);

    /** The metric over all batches so far; NaN before the first. */
    double result();

    /**
     * All that has been counted, in numbers, for a checkpoint in the middle of an epoch; {@link
     * #restore} goes on from them. By default none, and a training that is resumed there reports
     * this metric of that one epoch over the batches since.
     */
    default double[] state() {
      return new double[0];
    }

    /**
     * Goes on from what an accumulator of the same metric has counted; called before the first
     * batch, and only where {@link #state} gave numbers.
     */
    default void restore(double[] state) {}
  }
}
