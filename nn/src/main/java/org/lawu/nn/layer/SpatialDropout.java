package org.lawu.nn.layer;

import java.util.Arrays;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.tensor.Tensor;

/** Dropout of whole channels, axis 1. */
abstract sealed class SpatialDropout extends Layer permits SpatialDropout1d, SpatialDropout2d {
  private final String name;
  private final String axes;
  private final int rank;
  private final double rate;

  /**
   * For inputs of a rank.
   *
   * @param axes what they are, for messages
   */
  SpatialDropout(String name, String axes, int rank, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new ArgumentException(
          "%s: the rate must be at least 0 and below 1, got %s; it is the share to drop"
              .formatted(name, rate));
    }
    this.name = name;
    this.axes = axes;
    this.rank = rank;
    this.rate = rate;
  }

  @Override
  protected final Tensor compute(Tensor input, Pass pass) {
    Standardization.checkFloating(name, input);
    if (input.rank() != rank) {
      throw new ShapeException(
          "%s: the input must be %s, got %s".formatted(name, axes, input.shape()));
    }
    if (!pass.isTraining() || rate == 0) {
      return input;
    }
    double kept = 1 - rate;
    int[] channels = input.shape().toArray();
    Arrays.fill(channels, 2, rank, 1);
    Tensor mask = Tensor.bernoulli(pass.random(), kept, channels).mul(1 / kept);
    return input.mul(mask.to(input.dtype()));
  }

  @Override
  protected final String description() {
    return "%s(%s)".formatted(getClass().getSimpleName(), rate);
  }

  @Override
  public final Config config() {
    return Config.of("kind", getClass().getSimpleName()).with("rate", rate);
  }
}
