package org.lawu.train.metric;

/**
 * The area under the {@link RocCurve}: the share of pairs of a yes and a no in which yes has the
 * higher score, equal scores counting half. 0.5 is chance, 1 perfect. For shapes see {@link
 * RankedMetric}; scikit-learn: {@code roc_auc_score}, with {@code multi_class="ovr"}.
 *
 * <pre>{@code
 * trainer.metrics(new BinaryAccuracy(), new RocAuc());    // "accuracy", "auc"
 * new RocAuc(Average.MACRO);                              // of each class, "auc_macro"
 * new RocAuc().of(scores, labels);                        // of whole predictions
 * }</pre>
 *
 * <p>NaN where all rows are of one class, or any class has none, and where a score is NaN.
 */
public final class RocAuc extends RankedMetric<RocAuc> {

  private RocAuc(Average average, Reading reading) {
    super(average, reading);
  }

  /** Of yes-or-no questions, or class 1 of two. */
  public RocAuc() {
    this(Average.BINARY);
  }

  /** Of each class against all the others. */
  public RocAuc(Average average) {
    this(average, Reading.LOGITS);
  }

  @Override
  RocAuc with(Average average, Reading reading) {
    return new RocAuc(average, reading);
  }

  @Override
  String baseName() {
    return "auc";
  }

  @Override
  double of(Ranking ranking) {
    return ranking.rocAuc();
  }
}
