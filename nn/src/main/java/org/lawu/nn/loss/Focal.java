package org.lawu.nn.loss;

import static org.lawu.nn.loss.BinaryCrossEntropy.oneMinus;

import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

/**
 * The binary cross-entropy of logits, turned down where the prediction is right already, so that
 * many easy examples do not drown few hard ones: {@code a (1 - q)^gamma (-log q)}, where {@code q}
 * is the probability given to what is true and {@code a} is alpha for the target 1 and {@code 1 -
 * alpha} for 0. Lin et al., "Focal loss for dense object detection" (ICCV 2017); torchvision's
 * {@code sigmoid_focal_loss}.
 *
 * <pre>{@code
 * Tensor loss = new Focal().of(model.forward(images, pass), isObject);
 * }</pre>
 *
 * <p>Shapes: logits and targets in 0 to 1, of one shape and one floating type.
 *
 * @param gamma how strongly, 0 for not at all or at least 1; 2 by default
 * @param alpha the weight of the target 1, in 0 to 1; 0.25 by default
 * @param reduction the mean over all elements by default
 */
public record Focal(double gamma, double alpha, Reduction reduction) implements Loss {

  /**
   * With a gamma, an alpha and a reduction.
   *
   * @throws ArgumentException if gamma is not finite, or neither 0 nor at least 1, where the
   *     gradient of a sure prediction would be infinite; or if alpha is not in 0 to 1
   */
  public Focal {
    if (!(gamma == 0 || (gamma >= 1 && gamma < Double.POSITIVE_INFINITY))) {
      throw new ArgumentException("focal: gamma must be 0 or at least 1, got " + gamma);
    }
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new ArgumentException("focal: alpha must be in 0 to 1, got " + alpha);
    }
  }

  /** With a gamma and an alpha, and the mean. */
  public Focal(double gamma, double alpha) {
    this(gamma, alpha, Reduction.MEAN);
  }

  /** With a gamma of 2, an alpha of 0.25, and the mean. */
  public Focal() {
    this(2, 0.25);
  }

  /** The same with another reduction. */
  public Focal reduction(Reduction reduction) {
    return new Focal(gamma, alpha, reduction);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return reduction.apply(losses(prediction, target));
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return reduction.apply(losses(prediction, target), weights);
  }

  private Tensor losses(Tensor prediction, Tensor target) {
    Operands.check("focal", prediction, target);
    Tensor surprise = BinaryCrossEntropy.ofLogits(prediction, target);
    Tensor weight = target.mul(alpha).add(oneMinus(target).mul(1 - alpha));
    Tensor losses = weight.mul(surprise);
    if (gamma > 0) {
      // 1 - q is the probability given to what is not true.
      Tensor yes = prediction.sigmoid();
      Tensor no = prediction.neg().sigmoid();
      losses = losses.mul(target.mul(no).add(oneMinus(target).mul(yes)).pow(gamma));
    }
    return losses;
  }
}
