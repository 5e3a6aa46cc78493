package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.nn.initializer.Gain;
import org.lawu.nn.initializer.Initializer;
import org.lawu.nn.initializer.KaimingUniform;
import org.lawu.nn.initializer.Uniform;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Shape;

/** The weights of convolutions: their shape, what they start with, how they are described. */
final class Kernel {
  private Kernel() {}

  /** The shape {@code [out, in / groups, kernel...]}. */
  static Shape convolution(String layer, int in, int out, int groups, int... kernel) {
    positive(layer, "in", in);
    positive(layer, "out", out);
    for (int size : kernel) {
      positive(layer, "the kernel", size);
    }
    if (in % groups != 0 || out % groups != 0) {
      throw new ArgumentException(
          "%s: the channels, %d and %d, must divide by the groups, %d"
              .formatted(layer, in, out, groups));
    }
    return Shape.of(out, in / groups).concat(Shape.of(kernel));
  }

  /** PyTorch's {@code kaiming_uniform_(a = sqrt(5))}: the bound comes to 1 / sqrt(fan in). */
  static Initializer initialWeight() {
    return new KaimingUniform(Gain.leakyRelu(Math.sqrt(5)));
  }

  /** Uniform within the same bound as the weight. */
  static Initializer initialBias(Shape weight) {
    double bound = 1 / Math.sqrt(weight.slice(1, weight.rank()).elements());
    return new Uniform(-bound, bound);
  }

  /** The settings that are not the default. */
  static String description(int in, int out, Shape weight, Convolution how) {
    int[] kernel = weight.slice(2, weight.rank()).toArray();
    var text = new StringBuilder("%d, %d, kernel %s".formatted(in, out, join(kernel)));
    if (how.strideHeight() != 1 || how.strideWidth() != 1) {
      text.append(", stride ").append(axes(kernel, how.strideHeight(), how.strideWidth()));
    }
    if (how.paddingHeight() != 0 || how.paddingWidth() != 0) {
      text.append(", padding ").append(axes(kernel, how.paddingHeight(), how.paddingWidth()));
    }
    if (how.dilationHeight() != 1 || how.dilationWidth() != 1) {
      text.append(", dilation ").append(axes(kernel, how.dilationHeight(), how.dilationWidth()));
    }
    if (how.groups() != 1) {
      text.append(", groups ").append(how.groups());
    }
    return text.toString();
  }

  private static String axes(int[] kernel, int height, int width) {
    return kernel.length == 1 ? join(width) : join(height, width);
  }

  private static String join(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  /**
   * The settings of a convolution, with an element for each axis of the kernel.
   *
   * @param weight whose last axes are the kernel's
   */
  static Config write(String kind, int in, int out, Shape weight, Convolution how, boolean biased) {
    int[] kernel = weight.slice(2, weight.rank()).toArray();
    int axes = kernel.length;
    return Config.of("kind", kind)
        .with("inputs", in)
        .with("outputs", out)
        .with("kernel", kernel)
        .with("stride", last(axes, how.strideHeight(), how.strideWidth()))
        .with("padding", last(axes, how.paddingHeight(), how.paddingWidth()))
        .with("dilation", last(axes, how.dilationHeight(), how.dilationWidth()))
        .with("groups", how.groups())
        .with("bias", biased);
  }

  private static int[] last(int axes, int height, int width) {
    return axes == 1 ? new int[] {width} : new int[] {height, width};
  }

  /** What {@link #write} wrote of how a kernel of so many axes is moved. */
  static Convolution how(Config config, int axes) {
    int[] stride = Setting.list(config, "stride", axes);
    int[] padding = Setting.list(config, "padding", axes);
    int[] dilation = Setting.list(config, "dilation", axes);
    boolean isFlat = axes == 1;
    return new Convolution(
        isFlat ? 1 : stride[0],
        stride[axes - 1],
        isFlat ? 0 : padding[0],
        padding[axes - 1],
        isFlat ? 1 : dilation[0],
        dilation[axes - 1],
        config.integer("groups"));
  }
}
