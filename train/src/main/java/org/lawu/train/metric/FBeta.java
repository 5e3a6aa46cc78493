package org.lawu.train.metric;

import org.lawu.error.ArgumentException;

/**
 * {@code (1 + b^2) p r / (b^2 p + r)} of precision {@code p} and recall {@code r}: with a beta
 * above 1 recall weighs more, below 1 precision. For shapes see {@link CountedMetric};
 * scikit-learn: {@code fbeta_score}.
 *
 * <pre>{@code
 * new FBeta(2);                     // of the yes answers; "fbeta"
 * new FBeta(0.5, Average.MACRO);    // the mean over all classes; "fbeta_macro"
 * }</pre>
 */
public final class FBeta extends AveragedMetric<FBeta> {
  private final double beta;

  private FBeta(double beta, Reading reading, Choice choice) {
    super(reading, choice);
    this.beta = beta;
  }

  /**
   * The F-beta score of the yes answers, class 1 of two.
   *
   * @throws ArgumentException if beta is not above 0
   */
  public FBeta(double beta) {
    this(beta, Average.BINARY);
  }

  /**
   * The F-beta score over the classes.
   *
   * @throws ArgumentException if beta is not above 0
   */
  public FBeta(double beta, Average average) {
    this(check(beta), Reading.LOGITS, new Choice(average));
  }

  static double check(double beta) {
    if (!(beta > 0 && Double.isFinite(beta))) {
      throw new ArgumentException("fbeta: beta must be above 0 and finite, got " + beta);
    }
    return beta;
  }

  @Override
  String baseName() {
    return "fbeta";
  }

  @Override
  FBeta with(Reading other) {
    return new FBeta(beta, other, choice());
  }

  @Override
  FBeta with(Choice other) {
    return new FBeta(beta, reading(), other);
  }

  @Override
  double of(ConfusionMatrix matrix, int label) {
    return matrix.fBeta(label, beta);
  }
}
