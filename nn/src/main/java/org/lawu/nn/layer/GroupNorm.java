package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Constant;
import org.lawu.nn.initializer.Zeros;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Normalizes each example on its own over groups of channels: {@code y = (x - mean) / sqrt(variance
 * + epsilon) weight + bias}, the moments being those of all elements in the channels of a group.
 * One group for each channel is instance normalization. Wu and He, "Group normalization" (ECCV
 * 2018); PyTorch's {@code GroupNorm}.
 *
 * <pre>{@code
 * Tensor y = new GroupNorm(8, 64).predict(Tensor.zeros(4, 64, 28, 28));
 * }</pre>
 *
 * <p>Shapes: {@code [n, channels, ...]}, kept. Parameters: {@code weight [channels]}, 1 at first,
 * and {@code bias [channels]}, 0.
 */
public final class GroupNorm extends Layer {
  private final int groups;
  private final int channels;
  private final double epsilon;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * With epsilon 1e-5.
   *
   * @throws ArgumentException if a number is below 1 or the channels do not divide by the groups
   */
  public GroupNorm(int groups, int channels) {
    this(groups, channels, 1e-5);
  }

  /**
   * With an epsilon of your own.
   *
   * @param epsilon added to the variance, above 0
   * @throws ArgumentException if a number is out of range or the channels do not divide by the
   *     groups
   */
  public GroupNorm(int groups, int channels, double epsilon) {
    this.groups = positive("groupNorm", "groups", groups);
    this.channels = positive("groupNorm", "channels", channels);
    this.epsilon = Standardization.epsilon("groupNorm", epsilon);
    if (channels % groups != 0) {
      throw new ArgumentException(
          "groupNorm: the channels, %d, must divide by the groups, %d".formatted(channels, groups));
    }
    weight = parameter("weight", Shape.of(channels), new Constant(1));
    bias = parameter("bias", Shape.of(channels), new Zeros());
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Standardization.checkFloating("groupNorm", input);
    Standardization.checkChannels("groupNorm", channels, input);
    Shape shape = input.shape();
    int group = shape.slice(1, shape.rank()).elements() / groups;
    // As if every group were a channel of one image.
    int count = shape.size(0) * groups;
    DType type = input.dtype();
    return input
        .reshape(1, count, group)
        .batchNorm(
            Tensor.full(1, Shape.of(count), type), Tensor.zeros(Shape.of(count), type), epsilon)
        .output()
        .reshape(shape)
        .mul(Standardization.perChannel(weight, input))
        .add(Standardization.perChannel(bias, input));
  }

  @Override
  public GroupNorm initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "GroupNorm(%d, %d)".formatted(groups, channels);
  }

  @Override
  public Config config() {
    return Config.of("kind", "GroupNorm")
        .with("groups", groups)
        .with("channels", channels)
        .with("epsilon", epsilon);
  }

  /** The layer that {@link #config} describes. */
  public static GroupNorm of(Config config) {
    return new GroupNorm(
        config.integer("groups"), config.integer("channels"), config.number("epsilon"));
  }
}
