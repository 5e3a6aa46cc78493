package org.lawu.nn.loss;

import java.util.Collection;
import java.util.List;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/**
 * What is added to a loss so that weights stay small: {@code l1 sum |w| + l2 sum w^2}, of which the
 * first makes many of them zero. Tibshirani, "Regression shrinkage and selection via the lasso"
 * (1996); Keras' {@code L1L2}. The {@code weightDecay} of {@code Sgd} is twice the {@code l2} with
 * the same effect on weights, without the work, but shrinks biases too; that of {@code AdamW} is
 * another thing.
 *
 * <pre>{@code
 * Tensor total = loss.of(prediction, labels).add(Penalty.ofL2(1e-4).of(model.parameters()));
 * }</pre>
 *
 * @param l1 the weight of the sum of absolute values, not negative
 * @param l2 the weight of the sum of squares, not negative
 */
public record Penalty(double l1, double l2) {

  /**
   * Both.
   *
   * @throws ArgumentException if one is negative or not finite
   */
  public Penalty {
    check("l1", l1);
    check("l2", l2);
  }

  /** The sum of absolute values alone. */
  public static Penalty ofL1(double strength) {
    return new Penalty(strength, 0);
  }

  /** The sum of squares alone. */
  public static Penalty ofL2(double strength) {
    return new Penalty(0, strength);
  }

  private static void check(String name, double strength) {
    if (!(strength >= 0 && strength < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException(
          "penalty: %s must be finite and not negative, got %s".formatted(name, strength));
    }
  }

  /**
   * The penalty of weights: those parameters that have two axes or more. Biases and the gains of
   * normalization are left alone, as is usual, and so are buffers.
   *
   * @return a scalar, 0 if there is no weight
   */
  public Tensor of(Collection<Parameter> parameters) {
    List<Tensor> weights =
        parameters.stream()
            .filter(parameter -> parameter.isTrainable() && parameter.shape().rank() >= 2)
            .map(Parameter::value)
            .toList();
    return weights.stream()
        .map(this::of)
        .reduce(Tensor::add)
        .orElseGet(() -> Tensor.scalar(0, DType.FLOAT32));
  }

  /** The penalty of one weight, of any shape. */
  public Tensor of(Tensor weight) {
    if (l1 == 0) {
      return weight.square().sum().mul(l2);
    }
    Tensor absolute = weight.abs().sum().mul(l1);
    return l2 == 0 ? absolute : absolute.add(weight.square().sum().mul(l2));
  }
}
