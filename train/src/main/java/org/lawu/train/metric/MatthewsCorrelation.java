package org.lawu.train.metric;

/**
 * The correlation of predictions and labels, see {@link ConfusionMatrix#matthews}. For shapes see
 * {@link CountedMetric}; scikit-learn: {@code matthews_corrcoef}.
 */
public final class MatthewsCorrelation extends CountedMetric<MatthewsCorrelation> {

  private MatthewsCorrelation(Reading reading) {
    super(reading);
  }

  /** Over all rows but those with the label -100. */
  public MatthewsCorrelation() {
    this(Reading.LOGITS);
  }

  @Override
  public String name() {
    return "matthews";
  }

  @Override
  MatthewsCorrelation with(Reading other) {
    return new MatthewsCorrelation(other);
  }

  @Override
  double from(ConfusionMatrix matrix) {
    return matrix.matthews();
  }
}
