package org.lawu.nn.loss;

import static org.lawu.nn.loss.BinaryCrossEntropy.oneMinus;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.CustomOperation;
import org.lawu.tensor.Tensor;

/**
 * {@code -(t log p + (1 - t) log(1 - p))} for probabilities {@code p}, with logarithms of at least
 * -100; {@code dp = g (p - t) / max(p (1 - p), 1e-12)} and {@code dt = g (log(1 - p) - log p)}, as
 * in PyTorch. The gradient has a rule of its own because that of the logarithm is infinite at 0.
 */
record ProbabilityCrossEntropy() implements CustomOperation {
  private static final double SMALLEST_LOGARITHM = -100;
  private static final double SMALLEST_VARIANCE = 1e-12;

  @Override
  public String name() {
    return "binaryCrossEntropy";
  }

  @Override
  public Tensor forward(List<Tensor> inputs) {
    Tensor p = inputs.get(0);
    Tensor t = inputs.get(1);
    checkProbabilities(p);
    return t.mul(surprise(p)).add(oneMinus(t).mul(surprise(oneMinus(p))));
  }

  private void checkProbabilities(Tensor p) {
    if (p.shape().elements() == 0) {
      return;
    }
    double least = p.min().item();
    double most = p.max().item();
    if (!(least >= 0 && most <= 1)) {
      throw new ArgumentException(
          "%s: probabilities must be in 0 to 1, got numbers from %s to %s; for logits leave out"
                  .formatted(name(), least, most)
              + " fromProbabilities()");
    }
  }

  /** {@code -log p}. */
  private static Tensor surprise(Tensor p) {
    return p.log().maximum(SMALLEST_LOGARITHM).neg();
  }

  @Override
  public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor p = inputs.get(0);
    Tensor t = inputs.get(1);
    Tensor variance = p.mul(oneMinus(p)).maximum(SMALLEST_VARIANCE);
    Tensor toProbability = gradient.mul(p.sub(t)).div(variance);
    Tensor toTarget = t.isTracked() ? gradient.mul(surprise(p).sub(surprise(oneMinus(p)))) : null;
    return Arrays.asList(toProbability, toTarget);
  }
}
