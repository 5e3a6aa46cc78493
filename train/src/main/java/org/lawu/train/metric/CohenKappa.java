package org.lawu.train.metric;

/**
 * How far predictions and labels agree beyond chance, see {@link ConfusionMatrix#cohenKappa}. For
 * shapes see {@link CountedMetric}; scikit-learn: {@code cohen_kappa_score}.
 */
public final class CohenKappa extends CountedMetric<CohenKappa> {

  private CohenKappa(Reading reading) {
    super(reading);
  }

  /** Over all rows but those with the label -100. */
  public CohenKappa() {
    this(Reading.LOGITS);
  }

  @Override
  public String name() {
    return "kappa";
  }

  @Override
  CohenKappa with(Reading other) {
    return new CohenKappa(other);
  }

  @Override
  double from(ConfusionMatrix matrix) {
    return matrix.cohenKappa();
  }
}
