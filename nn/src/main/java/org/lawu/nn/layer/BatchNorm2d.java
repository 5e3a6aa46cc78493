package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Batch normalization of images: {@code y = (x - mean) / sqrt(variance + epsilon) weight + bias}
 * for each channel. In training, the moments are the batch's, and running ones follow them: {@code
 * running = (1 - momentum) running + momentum moment}, the variance unbiased; inference uses the
 * running ones and changes nothing, and so does training once the layer is frozen. Ioffe and
 * Szegedy, "Batch normalization" (ICML 2015); PyTorch's {@code BatchNorm2d}.
 *
 * <pre>{@code
 * Tensor y = new BatchNorm2d(64).predict(Tensor.zeros(8, 64, 28, 28));
 * }</pre>
 *
 * <p>Shapes: {@code [n, features, h, w]}, kept. Parameters: {@code weight [features]}, 1 at first,
 * and {@code bias [features]}, 0. Buffers: {@code running_mean [features]}, 0 at first, {@code
 * running_var [features]}, 1, and {@code num_batches_tracked}, a scalar that counts training
 * passes.
 */
public final class BatchNorm2d extends BatchNorm {

  /**
   * With epsilon 1e-5 and momentum 0.1.
   *
   * @throws org.lawu.error.ArgumentException if there are no features
   */
  public BatchNorm2d(int features) {
    this(features, 1e-5, 0.1);
  }

  /**
   * With settings of your own.
   *
   * @param epsilon added to the variance, above 0
   * @param momentum the share of the new batch in the running moments, from 0 to 1
   * @throws org.lawu.error.ArgumentException if a setting is out of range
   */
  public BatchNorm2d(int features, double epsilon, double momentum) {
    super("batchNorm2d", features, epsilon, momentum);
  }

  @Override
  void checkRank(Tensor input) {
    if (input.rank() != 4) {
      throw wrongRank("[n, features, height, width]", input);
    }
  }

  @Override
  public BatchNorm2d initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  /** The layer that {@link #config} describes. */
  public static BatchNorm2d of(Config config) {
    return new BatchNorm2d(
        config.integer("features"), config.number("epsilon"), config.number("momentum"));
  }
}
