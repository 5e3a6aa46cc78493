package org.lawu.train.metric;

/**
 * The area under the {@link PrecisionRecallCurve} as a sum of steps: the precision at each
 * threshold times the recall it adds. Chance is the share of yes, so it tells more than {@link
 * RocAuc} where yes is rare. For shapes see {@link RankedMetric}; scikit-learn: {@code
 * average_precision_score}.
 *
 * <p>NaN where there is no yes, or any class has no row, and where a score is NaN.
 */
public final class AveragePrecision extends RankedMetric<AveragePrecision> {

  private AveragePrecision(Average average, Reading reading) {
    super(average, reading);
  }

  /** Of yes-or-no questions, or class 1 of two. */
  public AveragePrecision() {
    this(Average.BINARY);
  }

  /** Of each class against all the others. */
  public AveragePrecision(Average average) {
    this(average, Reading.LOGITS);
  }

  @Override
  AveragePrecision with(Average average, Reading reading) {
    return new AveragePrecision(average, reading);
  }

  @Override
  String baseName() {
    return "average_precision";
  }

  @Override
  double of(Ranking ranking) {
    return ranking.averagePrecision();
  }
}
