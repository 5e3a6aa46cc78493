package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Convolution of sequences, as {@link Conv2d} of images of one row: {@code y[n, o, i] = b[o] + sum
 * over c, a of x[n, c, i s - p + a d] W[o, c, a]} with stride s, padding p, dilation d (Waibel et
 * al., "Phoneme recognition using time-delay neural networks", 1989); PyTorch's {@code Conv1d}.
 *
 * <pre>{@code
 * var convolution = new Conv1d(8, 16, 3, Convolution.DEFAULT.stride(1, 2).padding(0, 1));
 * Tensor y = convolution.predict(Tensor.zeros(4, 8, 100)); // [4, 16, 50]
 * }</pre>
 *
 * <p>Shapes: {@code [n, in, length]} to {@code [n, out, (length + 2 p - d (k - 1) - 1) / s + 1]}.
 * Parameters: {@code weight [out, in / groups, k]} and {@code bias [out]}, both uniform in {@code
 * [-1/sqrt(m), 1/sqrt(m))} at first, {@code m} being {@code in / groups k}.
 */
public final class Conv1d extends Layer {
  private final int in;
  private final Convolution how;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * Stride 1 and no padding.
   *
   * @throws ArgumentException if a number is below 1
   */
  public Conv1d(int in, int out, int kernel) {
    this(in, out, kernel, Convolution.DEFAULT);
  }

  /**
   * With stride, padding, dilation and groups; those of the height, which there is none of, must be
   * the default: {@code Convolution.DEFAULT.stride(1, 2)}.
   *
   * @throws ArgumentException if they are not, a number is below 1 or the channels do not divide by
   *     the groups
   */
  public Conv1d(int in, int out, int kernel, Convolution how) {
    this(in, out, kernel, how, true);
  }

  private Conv1d(int in, int out, int kernel, Convolution how, boolean biased) {
    this.in = positive("conv1d", "in", in);
    this.how = how;
    if (how.strideHeight() != 1 || how.paddingHeight() != 0 || how.dilationHeight() != 1) {
      throw new ArgumentException(
          "conv1d: there is no height; set the width alone, as in .stride(1, 2).padding(0, 1), got "
              + how);
    }
    Shape shape = Kernel.convolution("conv1d", in, out, how.groups(), kernel);
    weight = parameter("weight", shape, Kernel.initialWeight());
    bias = biased ? parameter("bias", Shape.of(out), Kernel.initialBias(shape)) : null;
  }

  /**
   * Without a bias.
   *
   * @throws ArgumentException as the constructors
   */
  public static Conv1d withoutBias(int in, int out, int kernel, Convolution how) {
    return new Conv1d(in, out, kernel, how, false);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    if (input.rank() != 3) {
      throw new ShapeException(
          "conv1d: the input must be [n, channels, length], got %s".formatted(input.shape()));
    }
    Tensor rows = input.unsqueeze(2);
    Tensor kernels = weight.value().unsqueeze(2);
    Tensor output =
        bias == null ? rows.conv2d(kernels, how) : rows.conv2d(kernels, bias.value(), how);
    return output.squeeze(2);
  }

  @Override
  public Conv1d initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "Conv1d(%s%s)"
        .formatted(
            Kernel.description(in, weight.shape().size(0), weight.shape(), how),
            bias == null ? ", without bias" : "");
  }

  @Override
  public Config config() {
    return Kernel.write("Conv1d", in, weight.shape().size(0), weight.shape(), how, bias != null);
  }

  /** The layer that {@link #config} describes. */
  public static Conv1d of(Config config) {
    int kernel = Setting.list(config, "kernel", 1)[0];
    return new Conv1d(
        config.integer("inputs"),
        config.integer("outputs"),
        kernel,
        Kernel.how(config, 1),
        config.truth("bias"));
  }
}
