package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Transposed convolution, which makes images larger where {@link Conv2d} makes them smaller: every
 * input element adds its multiple of the kernel to the output, {@code y[n, o, i s - p + a d, j s -
 * p + b d] += x[n, c, i, j] W[c, o, a, b]} (Zeiler et al., "Deconvolutional networks", CVPR 2010);
 * PyTorch's {@code ConvTranspose2d}.
 *
 * <pre>{@code
 * var larger = new ConvTranspose2d(16, 8, 3, Convolution.DEFAULT.stride(2).padding(1), 1);
 * Tensor y = larger.predict(Tensor.zeros(4, 16, 14, 14)); // [4, 8, 28, 28]
 * }</pre>
 *
 * <p>Shapes: {@code [n, in, h, w]} to {@code [n, out, (h - 1) s - 2 p + d (kh - 1) + q + 1, ...]}
 * with output padding q. Parameters: {@code weight [in, out / groups, kh, kw]} and {@code bias
 * [out]}, both uniform in {@code [-1/sqrt(k), 1/sqrt(k))} at first, {@code k} being {@code out /
 * groups kh kw} as in PyTorch.
 */
public final class ConvTranspose2d extends Layer {
  private final int out;
  private final Convolution how;
  private final int outputPaddingHeight;
  private final int outputPaddingWidth;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /**
   * A square kernel with stride 1 and no padding.
   *
   * @throws ArgumentException if a number is below 1
   */
  public ConvTranspose2d(int in, int out, int kernel) {
    this(in, out, kernel, Convolution.DEFAULT, 0);
  }

  /**
   * A square kernel.
   *
   * @param outputPadding rows and columns added at the bottom and the right, below the stride
   * @throws ArgumentException if a number is out of range or the channels do not divide by the
   *     groups
   */
  public ConvTranspose2d(int in, int out, int kernel, Convolution how, int outputPadding) {
    this(in, out, kernel, kernel, how, outputPadding, outputPadding);
  }

  /**
   * A kernel of any height and width.
   *
   * @throws ArgumentException if a number is out of range or the channels do not divide by the
   *     groups
   */
  public ConvTranspose2d(
      int in,
      int out,
      int kernelHeight,
      int kernelWidth,
      Convolution how,
      int outputPaddingHeight,
      int outputPaddingWidth) {
    this(in, out, kernelHeight, kernelWidth, how, outputPaddingHeight, outputPaddingWidth, true);
  }

  private ConvTranspose2d(
      int in,
      int out,
      int kernelHeight,
      int kernelWidth,
      Convolution how,
      int outputPaddingHeight,
      int outputPaddingWidth,
      boolean biased) {
    this.out = positive("convTranspose2d", "out", out);
    this.how = how;
    this.outputPaddingHeight = outputPaddingHeight;
    this.outputPaddingWidth = outputPaddingWidth;
    if (outputPaddingHeight < 0
        || outputPaddingWidth < 0
        || outputPaddingHeight >= how.strideHeight()
        || outputPaddingWidth >= how.strideWidth()) {
      throw new ArgumentException(
          "convTranspose2d: the output padding must be from 0 to below the stride [%d, %d], got"
                  .formatted(how.strideHeight(), how.strideWidth())
              + " [%d, %d]".formatted(outputPaddingHeight, outputPaddingWidth));
    }
    // With in and out exchanged: it is the gradient of the convolution that leads back.
    Shape shape =
        Kernel.convolution("convTranspose2d", out, in, how.groups(), kernelHeight, kernelWidth);
    weight = parameter("weight", shape, Kernel.initialWeight());
    bias = biased ? parameter("bias", Shape.of(out), Kernel.initialBias(shape)) : null;
  }

  /**
   * Without a bias.
   *
   * @throws ArgumentException as the constructors
   */
  public static ConvTranspose2d withoutBias(
      int in,
      int out,
      int kernelHeight,
      int kernelWidth,
      Convolution how,
      int outputPaddingHeight,
      int outputPaddingWidth) {
    return new ConvTranspose2d(
        in, out, kernelHeight, kernelWidth, how, outputPaddingHeight, outputPaddingWidth, false);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Tensor output =
        input.convTranspose2d(weight.value(), how, outputPaddingHeight, outputPaddingWidth);
    return bias == null ? output : output.add(bias.value().reshape(out, 1, 1));
  }

  @Override
  public ConvTranspose2d initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "ConvTranspose2d(%s%s)"
        .formatted(
            Kernel.description(weight.shape().size(0), out, weight.shape(), how),
            bias == null ? ", without bias" : "");
  }

  @Override
  public Config config() {
    return Kernel.write(
            "ConvTranspose2d", weight.shape().size(0), out, weight.shape(), how, bias != null)
        .with("outputPadding", outputPaddingHeight, outputPaddingWidth);
  }

  /** The layer that {@link #config} describes. */
  public static ConvTranspose2d of(Config config) {
    int[] kernel = Setting.list(config, "kernel", 2);
    int[] outputPadding = Setting.list(config, "outputPadding", 2);
    return new ConvTranspose2d(
        config.integer("inputs"),
        config.integer("outputs"),
        kernel[0],
        kernel[1],
        Kernel.how(config, 2),
        outputPadding[0],
        outputPadding[1],
        config.truth("bias"));
  }
}
