package org.lawu.train.metric;

/**
 * Of the rows for which a class was predicted, the share that is of it; 0 for a class that is never
 * predicted. For shapes see {@link CountedMetric}; scikit-learn: {@code precision_score}.
 *
 * <pre>{@code
 * new Precision();                  // of the yes answers; "precision"
 * new Precision(Average.MACRO);     // the mean over all classes; "precision_macro"
 * new Precision().ofClass(3);       // "precision_class_3"
 * }</pre>
 */
public final class Precision extends AveragedMetric<Precision> {

  private Precision(Reading reading, Choice choice) {
    super(reading, choice);
  }

  /** The precision of the yes answers, class 1 of two. */
  public Precision() {
    this(Average.BINARY);
  }

  /** The precision over the classes. */
  public Precision(Average average) {
    this(Reading.LOGITS, new Choice(average));
  }

  @Override
  String baseName() {
    return "precision";
  }

  @Override
  Precision with(Reading other) {
    return new Precision(other, choice());
  }

  @Override
  Precision with(Choice other) {
    return new Precision(reading(), other);
  }

  @Override
  double of(ConfusionMatrix matrix, int label) {
    return matrix.precision(label);
  }
}
