package org.lawu.nn.layer;

import org.lawu.io.Config;

/**
 * Sets whole channels of images to zero at random while training: {@code y = x m / (1 - rate)} with
 * one {@code m} for each channel of each example, 0 with probability {@code rate} and 1 otherwise;
 * inference is {@code y = x}. Neighbouring pixels are alike, so that {@link Dropout} of single
 * elements would hide nothing. Tompson et al., "Efficient object localization using convolutional
 * networks" (CVPR 2015); PyTorch's {@code Dropout2d}.
 *
 * <pre>{@code
 * Tensor y = new SpatialDropout2d(0.2).forward(Tensor.zeros(8, 16, 28, 28), Pass.training(new Philox(42)));
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, h, w]}, kept. No parameters; the mask is drawn from the generator
 * of the {@link org.lawu.nn.Pass}.
 */
public final class SpatialDropout2d extends SpatialDropout {

  /**
   * Drops a share of the channels.
   *
   * @param rate the probability for each, at least 0 and below 1
   * @throws org.lawu.error.ArgumentException if the rate is anything else
   */
  public SpatialDropout2d(double rate) {
    super("spatialDropout2d", "[n, channels, height, width]", 4, rate);
  }

  /** The layer that {@link #config} describes. */
  public static SpatialDropout2d of(Config config) {
    return new SpatialDropout2d(config.number("rate"));
  }
}
