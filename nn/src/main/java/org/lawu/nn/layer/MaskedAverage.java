package org.lawu.nn.layer;

import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The mean of a sequence over the time steps that count, which makes one vector of a text of any
 * length: {@code y = sum over t of m[t] x[t] / sum of m}; Keras's {@code GlobalAveragePooling1D}
 * with a mask. Iyyer et al., "Deep unordered composition rivals syntactic methods for text
 * classification" (ACL 2015).
 *
 * <pre>{@code
 * Tensor x = embedding.forward(tokens, pass);                       // [n, t, dim]
 * Tensor y = new MaskedAverage().forward(x, tokens.notEqual(0), pass); // [n, dim]
 * }</pre>
 *
 * <p>Shapes: {@code [n, t, dim]} and a BOOL mask {@code [n, t]}, true for what counts, to {@code
 * [n, dim]}. A sequence of which nothing counts becomes zeros. As a layer of one input it averages
 * over all steps. No parameters.
 */
public final class MaskedAverage extends Layer {

  /** The only kind there is. */
  public MaskedAverage() {}

  /**
   * The mean over what counts.
   *
   * @param input {@code [n, t, dim]}
   * @param mask BOOL {@code [n, t]}
   * @throws ShapeException if the shapes do not fit
   * @throws DTypeException if the mask is not BOOL
   */
  public Tensor forward(Tensor input, Tensor mask, Pass pass) {
    return observed(pass, () -> average(input, mask));
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    check(input);
    Shape steps = input.shape().slice(0, 2);
    return average(input, Tensor.full(1, steps, DType.BOOL));
  }

  private static Tensor average(Tensor input, Tensor mask) {
    check(input);
    if (mask.dtype() != DType.BOOL) {
      throw new DTypeException(
          "maskedAverage: the mask must be BOOL (true = counts), got %s %s"
              .formatted(mask.dtype(), mask.shape()));
    }
    if (!mask.shape().equals(input.shape().slice(0, 2))) {
      throw new ShapeException(
          "maskedAverage: the mask must be [batch, time] = %s, got %s"
              .formatted(input.shape().slice(0, 2), mask.shape()));
    }
    Tensor counts = mask.unsqueeze(-1);
    // Chosen, not multiplied: what does not count may be anything, even NaN.
    Tensor sum = Tensor.where(counts, input, Tensor.scalar(0, input.dtype())).sum(1);
    return sum.div(counts.to(input.dtype()).sum(1).maximum(1));
  }

  private static void check(Tensor input) {
    Standardization.checkFloating("maskedAverage", input);
    if (input.rank() != 3) {
      throw new ShapeException(
          "maskedAverage: input must be [batch, time, dim], got %s".formatted(input.shape()));
    }
  }

  @Override
  public Config config() {
    return Config.of("kind", "MaskedAverage");
  }
}
