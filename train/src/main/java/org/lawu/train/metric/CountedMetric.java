package org.lawu.train.metric;

import org.lawu.tensor.Tensor;

/**
 * A metric of a {@link ConfusionMatrix}. The shapes of predictions and labels tell what is asked:
 *
 * <ul>
 *   <li>Classes: logits or probabilities {@code [..., classes]}, and INT32 labels {@code [...]} or
 *       one-hot rows {@code [..., classes]}; the largest element of a row is its class.
 *   <li>Yes-or-no questions: predictions and labels of one shape, {@code [n]} or {@code [..., 1]};
 *       with INT32 or BOOL labels any. No is class 0, yes is class 1.
 * </ul>
 *
 * <p>What does not fit is refused with a {@link org.lawu.error.LawuException} before it is counted.
 *
 * @param <M> the metric itself
 */
public abstract sealed class CountedMetric<M extends CountedMetric<M>> implements Metric
    permits AveragedMetric, BalancedAccuracy, CohenKappa, MatthewsCorrelation {
  private final Reading reading;

  CountedMetric(Reading reading) {
    this.reading = reading;
  }

  /**
   * The same for predictions that are probabilities, such as those of a sigmoid layer. It matters
   * for two classes alone.
   */
  public final M fromProbabilities() {
    return with(reading.fromProbabilities());
  }

  /**
   * The same with another probability above which the answer is yes; 0.5 by default. From logits it
   * is compared with the sigmoid of the logit. For two classes.
   *
   * @throws org.lawu.error.ArgumentException if it is not in 0 to 1
   */
  public final M threshold(double probability) {
    return with(reading.threshold(probability));
  }

  /** The same without the rows of an INT32 label, as in the loss; -100 by default. */
  public final M ignoreIndex(int label) {
    return with(reading.ignoreIndex(label));
  }

  final Reading reading() {
    return reading;
  }

  abstract M with(Reading other);

  /** Refuses a number of classes that does not fit. */
  void checkClasses(int classes) {}

  /** The metric of a matrix of at least one batch. */
  abstract double from(ConfusionMatrix matrix);

  @Override
  public final Accumulator accumulator() {
    return new Batches();
  }

  private final class Batches implements Accumulator {
    private final Counts counts = new Counts(name());

    @Override
    public void add(Tensor prediction, Tensor target) {
      var rows = Rows.of(name(), prediction, target, reading);
      checkClasses(rows.classes());
      counts.add(rows);
    }

    @Override
    public double result() {
      ConfusionMatrix matrix = counts.matrix();
      return matrix == null ? Double.NaN : from(matrix);
    }

    @Override
    public double[] state() {
      return counts.state();
    }

    @Override
    public void restore(double[] state) {
      counts.restore(state);
    }
  }

  @Override
  public String toString() {
    return "%s[%s]".formatted(getClass().getSimpleName(), name());
  }
}
