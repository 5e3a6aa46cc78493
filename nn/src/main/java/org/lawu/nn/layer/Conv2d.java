package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Initializer;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Convolution of images: every output channel is the sum of the input channels, each filtered by a
 * kernel of its own, plus a bias: {@code y[n, o, i, j] = b[o] + sum over c, a, b of x[n, c, i s - p
 * + a d, j s - p + b d] W[o, c, a, b]} with stride s, padding p, dilation d (LeCun et al.,
 * "Gradient-based learning applied to document recognition", 1998); PyTorch's {@code Conv2d}.
 *
 * <pre>{@code
 * var convolution = new Conv2d(3, 16, 3, Convolution.DEFAULT.stride(2).padding(1));
 * Tensor y = convolution.predict(Tensor.zeros(8, 3, 32, 32)); // [8, 16, 16, 16]
 * }</pre>
 *
 * <p>Shapes: {@code [n, in, h, w]} to {@code [n, out, (h + 2 p - d (kh - 1) - 1) / s + 1, ...]}.
 * Parameters: {@code weight [out, in / groups, kh, kw]} and {@code bias [out]}, both uniform in
 * {@code [-1/sqrt(k), 1/sqrt(k))} at first, {@code k} being {@code in / groups kh kw}.
 */
public final class Conv2d extends Layer {
  private final int in;
  private final Convolution how;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * A square kernel with stride 1 and no padding.
   *
   * @throws org.lawu.error.ArgumentException if a number is below 1
   */
  public Conv2d(int in, int out, int kernel) {
    this(in, out, kernel, Convolution.DEFAULT);
  }

  /**
   * A square kernel.
   *
   * @throws org.lawu.error.ArgumentException if a number is below 1 or the channels do not divide
   *     by the groups
   */
  public Conv2d(int in, int out, int kernel, Convolution how) {
    this(in, out, kernel, kernel, how);
  }

  /**
   * A kernel of any height and width.
   *
   * @throws org.lawu.error.ArgumentException if a number is below 1 or the channels do not divide
   *     by the groups
   */
  public Conv2d(int in, int out, int kernelHeight, int kernelWidth, Convolution how) {
    this(in, out, kernelHeight, kernelWidth, how, true, Kernel.initialWeight());
  }

  private Conv2d(
      int in,
      int out,
      int kernelHeight,
      int kernelWidth,
      Convolution how,
      boolean biased,
      Initializer initialWeight) {
    this.in = positive("conv2d", "in", in);
    this.how = how;
    Shape shape = Kernel.convolution("conv2d", in, out, how.groups(), kernelHeight, kernelWidth);
    weight = parameter("weight", shape, initialWeight);
    bias = biased ? parameter("bias", Shape.of(out), Kernel.initialBias(shape)) : null;
  }

  /**
   * Without a bias, as before batch normalization.
   *
   * @throws org.lawu.error.ArgumentException as the constructors
   */
  public static Conv2d withoutBias(int in, int out, int kernel, Convolution how) {
    return withoutBias(in, out, kernel, kernel, how);
  }

  /**
   * Without a bias, with a kernel of any height and width.
   *
   * @throws org.lawu.error.ArgumentException as the constructors
   */
  public static Conv2d withoutBias(
      int in, int out, int kernelHeight, int kernelWidth, Convolution how) {
    return new Conv2d(in, out, kernelHeight, kernelWidth, how, false, Kernel.initialWeight());
  }

  /**
   * Without a bias, with an initializer of your own, such as {@code new KaimingNormal()}.
   *
   * @throws org.lawu.error.ArgumentException as the constructors
   */
  public static Conv2d withoutBias(
      int in, int out, int kernel, Convolution how, Initializer weight) {
    return new Conv2d(in, out, kernel, kernel, how, false, weight);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    return bias == null
        ? input.conv2d(weight.value(), how)
        : input.conv2d(weight.value(), bias.value(), how);
  }

  @Override
  protected @Nullable BiFunction<Tensor, Pass, Tensor> fused(Layer next) {
    Parameter shift = bias;
    if (shift == null || !(next instanceof Relu)) {
      return null;
    }
    return (input, pass) ->
        observed(pass, () -> input.conv2dRelu(weight.value(), shift.value(), how));
  }

  @Override
  public Conv2d initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "Conv2d(%s%s)"
        .formatted(
            Kernel.description(in, weight.shape().size(0), weight.shape(), how),
            bias == null ? ", without bias" : "");
  }

  @Override
  public Config config() {
    return Kernel.write("Conv2d", in, weight.shape().size(0), weight.shape(), how, bias != null);
  }

  /** The layer that {@link #config} describes. */
  public static Conv2d of(Config config) {
    int[] kernel = Setting.list(config, "kernel", 2);
    return new Conv2d(
        config.integer("inputs"),
        config.integer("outputs"),
        kernel[0],
        kernel[1],
        Kernel.how(config, 2),
        config.truth("bias"),
        Kernel.initialWeight());
  }
}
