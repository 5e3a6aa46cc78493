package org.lawu.train.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * A metric of the order of the scores, for all thresholds at once. Yes-or-no questions and classes
 * are told apart by the shapes, as in {@link CountedMetric}; classes are compared one by one with
 * all the others by their probabilities.
 *
 * <p>The scores of all batches are kept, 8 bytes each, and sorted when the result is asked for.
 *
 * @param <M> the metric itself
 */
public abstract sealed class RankedMetric<M extends RankedMetric<M>> implements Metric
    permits RocAuc, AveragePrecision {
  private final Average average;
  private final Reading reading;

  RankedMetric(Average average, Reading reading) {
    this.average = average;
    this.reading = reading;
  }

  /**
   * The same for predictions that are probabilities rather than logits. It matters for classes
   * alone: a sigmoid keeps the order of scores.
   */
  public final M fromProbabilities() {
    return with(average, reading.fromProbabilities());
  }

  /** The same without the rows of an INT32 label, as in the loss; -100 by default. */
  public final M ignoreIndex(int label) {
    return with(average, reading.ignoreIndex(label));
  }

  abstract M with(Average average, Reading reading);

  abstract String baseName();

  abstract double of(Ranking ranking);

  @Override
  public final String name() {
    return baseName() + average.suffix();
  }

  @Override
  public final Accumulator accumulator() {
    return new Batches();
  }

  private final class Batches implements Accumulator {
    /** One of each class, or a single one for all. */
    private final List<Ranking> rankings = new ArrayList<>();

    private int classes;

    @Override
    public void add(Tensor prediction, Tensor target) {
      var rows = Rows.of(name(), prediction, target, reading);
      if (average == Average.BINARY && rows.classes() != 2) {
        throw new ArgumentException(
            "%s: Average.BINARY needs 2 classes, there are %d; take MACRO, WEIGHTED or MICRO"
                .formatted(name(), rows.classes()));
      }
      if (classes != 0 && classes != rows.classes()) {
        throw new ShapeException(
            "%s: all batches must have the same classes, got %d after %d"
                .formatted(name(), rows.classes(), classes));
      }
      double[] scores = average == Average.BINARY ? rows.scores() : rows.probabilities();
      if (classes == 0) {
        classes = rows.classes();
        boolean apart = average == Average.MACRO || average == Average.WEIGHTED;
        IntStream.range(0, apart ? classes : 1).forEach(c -> rankings.add(new Ranking()));
      }
      if (average == Average.BINARY) {
        rankings.getFirst().add(scores, rows.labels());
      } else {
        addEach(scores, rows.labels());
      }
    }

    private void addEach(double[] probabilities, int[] labels) {
      for (int i = 0; i < labels.length; i++) {
        for (int c = 0; c < classes && labels[i] != Rows.IGNORED; c++) {
          Ranking ranking = rankings.get(c % rankings.size());
          ranking.add(probabilities[i * classes + c], labels[i] == c);
        }
      }
    }

    @Override
    public double result() {
      double sum = 0;
      double weights = 0;
      for (Ranking ranking : rankings) {
        double weight = average == Average.WEIGHTED ? ranking.positives() : 1;
        sum += weight * of(ranking);
        weights += weight;
      }
      return sum / weights;
    }
  }

  @Override
  public String toString() {
    return "%s[%s]".formatted(getClass().getSimpleName(), name());
  }
}
