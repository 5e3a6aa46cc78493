package org.lawu.train.metric;

/**
 * The harmonic mean of precision and recall, {@code 2 p r / (p + r)}; 0 for a class that is never
 * predicted rightly. For shapes see {@link CountedMetric}; scikit-learn: {@code f1_score}.
 *
 * <pre>{@code
 * trainer.metrics(new F1());                          // of the yes answers; "f1"
 * trainer.metrics(new F1(Average.MACRO));             // the mean over all classes; "f1_macro"
 * trainer.metrics(new F1().ofClass(1).named("spam")); // of one class of several
 * }</pre>
 */
public final class F1 extends AveragedMetric<F1> {

  private F1(Reading reading, Choice choice) {
    super(reading, choice);
  }

  /** The F1 score of the yes answers, class 1 of two. */
  public F1() {
    this(Average.BINARY);
  }

  /** The F1 score over the classes. */
  public F1(Average average) {
    this(Reading.LOGITS, new Choice(average));
  }

  @Override
  String baseName() {
    return "f1";
  }

  @Override
  F1 with(Reading other) {
    return new F1(other, choice());
  }

  @Override
  F1 with(Choice other) {
    return new F1(reading(), other);
  }

  @Override
  double of(ConfusionMatrix matrix, int label) {
    return matrix.f1(label);
  }
}
