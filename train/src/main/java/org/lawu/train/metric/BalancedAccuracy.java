package org.lawu.train.metric;

/**
 * The mean recall of the classes that have rows: the accuracy were all equally frequent. For shapes
 * see {@link CountedMetric}; scikit-learn: {@code balanced_accuracy_score}.
 */
public final class BalancedAccuracy extends CountedMetric<BalancedAccuracy> {

  private BalancedAccuracy(Reading reading) {
    super(reading);
  }

  /** Over all rows but those with the label -100. */
  public BalancedAccuracy() {
    this(Reading.LOGITS);
  }

  @Override
  public String name() {
    return "balanced_accuracy";
  }

  @Override
  BalancedAccuracy with(Reading other) {
    return new BalancedAccuracy(other);
  }

  @Override
  double from(ConfusionMatrix matrix) {
    return matrix.balancedAccuracy();
  }
}
