package org.lawu.train.metric;

/**
 * Of the rows of a class, the share for which it was predicted; 0 for a class without rows. For
 * shapes see {@link CountedMetric}; scikit-learn: {@code recall_score}.
 *
 * <pre>{@code
 * new Recall();                    // of the yes answers; "recall"
 * new Recall(Average.MACRO);       // the mean over all classes; "recall_macro"
 * new Recall().ofClass(3);         // "recall_class_3"
 * }</pre>
 */
public final class Recall extends AveragedMetric<Recall> {

  private Recall(Reading reading, Choice choice) {
    super(reading, choice);
  }

  /** The recall of the yes answers, class 1 of two. */
  public Recall() {
    this(Average.BINARY);
  }

  /** The recall over the classes. */
  public Recall(Average average) {
    this(Reading.LOGITS, new Choice(average));
  }

  @Override
  String baseName() {
    return "recall";
  }

  @Override
  Recall with(Reading other) {
    return new Recall(other, choice());
  }

  @Override
  Recall with(Choice other) {
    return new Recall(reading(), other);
  }

  @Override
  double of(ConfusionMatrix matrix, int label) {
    return matrix.recall(label);
  }
}
