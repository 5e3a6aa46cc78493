package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.jspecify.annotations.Nullable;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Gain;
import org.lawu.nn.initializer.Initializer;
import org.lawu.nn.initializer.KaimingUniform;
import org.lawu.nn.initializer.Uniform;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * A fully connected layer: {@code y = x W^T + b} on the last axis; PyTorch's {@code Linear}.
 *
 * <pre>{@code
 * var dense = new Dense(784, 128);
 * Tensor y = dense.predict(Tensor.zeros(32, 784)); // [32, 128]
 * }</pre>
 *
 * <p>Shapes: {@code [..., in]} to {@code [..., out]}. Parameters: {@code weight [out, in]} and
 * {@code bias [out]}, both uniform in {@code [-1/sqrt(in), 1/sqrt(in))} at first, as in PyTorch
 * (LeCun et al., "Efficient BackProp", 1998).
 */
public final class Dense extends Layer {
  private final int in;
  private final int out;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * From {@code in} to {@code out} numbers.
   *
   * @throws org.lawu.error.ArgumentException if one of them is below 1
   */
  public Dense(int in, int out) {
    this(in, out, defaultWeight(), defaultBias(in));
  }

  /**
   * With initializers of your own, such as {@code new KaimingNormal(), new Zeros()}.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public Dense(int in, int out, Initializer weight, Initializer bias) {
    this(in, out, weight, true, bias);
  }

  private Dense(int in, int out, Initializer weight, boolean biased, Initializer biasInitializer) {
    this.in = positive("dense", "in", in);
    this.out = positive("dense", "out", out);
    this.weight = parameter("weight", Shape.of(out, in), weight);
    this.bias = biased ? parameter("bias", Shape.of(out), biasInitializer) : null;
  }

  /**
   * Without a bias: {@code y = x W^T}.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public static Dense withoutBias(int in, int out) {
    return withoutBias(in, out, defaultWeight());
  }

  /**
   * Without a bias, with an initializer of your own.
   *
   * @throws org.lawu.error.ArgumentException if a size is below 1
   */
  public static Dense withoutBias(int in, int out, Initializer weight) {
    return new Dense(in, out, weight, false, weight);
  }

  private static Initializer defaultWeight() {
    // PyTorch's kaiming_uniform_(a = sqrt(5)): the bound comes to 1 / sqrt(in).
    return new KaimingUniform(Gain.leakyRelu(Math.sqrt(5)));
  }

  private static Initializer defaultBias(int in) {
    double bound = 1 / Math.sqrt(positive("dense", "in", in));
    return new Uniform(-bound, bound);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return bias == null ? input.linear(weight.value()) : input.linear(weight.value(), bias.value());
  }

  @Override
  public Dense initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "Dense(%d, %d%s)".formatted(in, out, bias == null ? ", without bias" : "");
  }

  @Override
  public Config config() {
    return Config.of("kind", "Dense")
        .with("inputs", in)
        .with("outputs", out)
        .with("bias", bias != null);
  }

  /** The layer that {@link #config} describes. */
  public static Dense of(Config config) {
    int in = config.integer("inputs");
    int out = config.integer("outputs");
    return config.truth("bias") ? new Dense(in, out) : withoutBias(in, out);
  }
}
