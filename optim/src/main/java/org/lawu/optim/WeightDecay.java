package org.lawu.optim;

/**
 * Weight decay in either of its forms: an L2 penalty, which adds a part of the weight to the
 * gradient, or decoupled, where a step takes a part of the weight away.
 *
 * @param strength not negative; 0 for none
 * @param isDecoupled which of the two
 */
record WeightDecay(double strength, boolean isDecoupled) {
  static final WeightDecay NONE = new WeightDecay(0, false);

  WeightDecay {
    Setting.notNegative("weightDecay", strength);
  }

  static WeightDecay penalty(double strength) {
    return new WeightDecay(strength, false);
  }

  static WeightDecay decoupled(double strength) {
    return new WeightDecay(strength, true);
  }

  /** What part of the weight is added to the gradient. */
  double added() {
    return isDecoupled ? 0 : strength;
  }

  /** What part of the weight is left before the step. */
  double left(double learningRate) {
    return isDecoupled ? 1 - learningRate * strength : 1;
  }

  @Override
  public String toString() {
    return (isDecoupled ? "decoupledWeightDecay=" : "weightDecay=") + strength;
  }
}
