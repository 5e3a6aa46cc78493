package org.lawu.optim;

import java.util.Collection;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/**
 * Keeps the weights into each unit within a ball: after a step, a row of a weight {@code [out,
 * ...]} whose norm is above the limit is scaled back to it. Srivastava et al., "Dropout" (JMLR
 * 2014); Keras' {@code MaxNorm}, whose weights are transposed.
 *
 * <pre>{@code
 * optimizer.step(loss.backward());
 * new MaxNorm(3).apply(model.parameters());
 * }</pre>
 *
 * @param limit positive; 2 to 4 are usual
 */
public record MaxNorm(double limit) {

  /**
   * Checks the limit.
   *
   * @throws ArgumentException if it is not positive and finite
   */
  public MaxNorm {
    if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
      throw new ArgumentException("maxNorm: the limit must be positive and finite, got " + limit);
    }
  }

  /**
   * The weight within the limit; rows that are within it stay as they are to the bit.
   *
   * @param weight {@code [out, ...]}, of two axes or more
   * @throws ShapeException if it has fewer
   */
  public Tensor of(Tensor weight) {
    if (weight.rank() < 2) {
      throw new ShapeException(
          "maxNorm: the weight must be [out, ...], of two axes or more, got " + weight.shape());
    }
    int[] inputs = IntStream.range(1, weight.rank()).toArray();
    Tensor norms = weight.norm(inputs, true);
    Tensor scaled = weight.mul(norms.maximum(limit).reciprocal().mul(limit));
    return Tensor.where(norms.greater(limit), scaled, weight);
  }

  /** Changes the parameters of two axes or more; the others, such as biases, stay as they are. */
  public void apply(Collection<Parameter> parameters) {
    Autograd.noGrad(() -> {
      for (Parameter parameter : parameters) {
        if (parameter.isTrainable() && parameter.shape().rank() >= 2) {
          parameter.set(of(parameter.value().detach()));
        }
      }
      return this;
    });
  }
}
