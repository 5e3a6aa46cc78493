package org.lawu.nn.model;

import java.util.ArrayList;
import java.util.List;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.initializer.FanMode;
import org.lawu.nn.initializer.Gain;
import org.lawu.nn.initializer.KaimingNormal;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Conv2d;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * A block of a {@link ResNet}: {@code y = relu(shortcut(x) + bn(conv(... relu(bn(conv(x))))))}. The
 * shortcut is the input itself, or made to fit where the block has other channels or a stride.
 */
final class ResidualBlock extends Layer {
  /** By how much the last convolution of a bottleneck widens. */
  private static final int EXPANSION = 4;

  private final List<Stage> stages;
  private final Layer shortcut;
  private final int out;

  /** A convolution, followed by a norm. */
  private record Stage(Conv2d convolution, BatchNorm2d norm) {
    Tensor run(Tensor x, Pass pass) {
      return norm.forward(convolution.forward(x, pass), pass);
    }
  }

  /** Of convolutions, each followed by a norm. */
  private ResidualBlock(List<Conv2d> convolutions, int[] channels, Layer shortcut) {
    List<Stage> list = new ArrayList<>();
    for (int i = 0; i < channels.length; i++) {
      list.add(
          new Stage(
              child("conv" + (i + 1), convolutions.get(i)),
              child("bn" + (i + 1), new BatchNorm2d(channels[i]))));
    }
    this.stages = List.copyOf(list);
    this.shortcut = shortcut;
    if (!shortcut.children().isEmpty()) {
      child("downsample", shortcut);
    }
    this.out = channels[channels.length - 1];
  }

  /** Two convolutions of 3 x 3. */
  static ResidualBlock basic(int in, int channels, int stride) {
    return basic(in, channels, stride, projection(in, channels, stride));
  }

  /** The same, with a shortcut that has no parameters. */
  static ResidualBlock basicWithoutProjection(int in, int channels, int stride) {
    return basic(in, channels, stride, new Subsampled(stride, channels - in));
  }

  private static ResidualBlock basic(int in, int channels, int stride, Layer shortcut) {
    return new ResidualBlock(
        List.of(convolution(in, channels, 3, stride), convolution(channels, channels, 3, 1)),
        new int[] {channels, channels},
        shortcut);
  }

  /** A convolution of 3 x 3 between two of 1 x 1, the second of which widens. */
  static ResidualBlock bottleneck(int in, int channels, int stride) {
    int out = EXPANSION * channels;
    return new ResidualBlock(
        List.of(
            convolution(in, channels, 1, 1),
            convolution(channels, channels, 3, stride),
            convolution(channels, out, 1, 1)),
        new int[] {channels, channels, out},
        projection(in, out, stride));
  }

  /** A convolution whose output is as large as its input, but for the stride. */
  static Conv2d convolution(int in, int out, int kernel, int stride) {
    var how = Convolution.DEFAULT.stride(stride).padding(kernel / 2);
    return Conv2d.withoutBias(in, out, kernel, how, new KaimingNormal(Gain.RELU, FanMode.FAN_OUT));
  }

  /** A linear map of each pixel where shapes differ, the paper's option B. */
  private static Layer projection(int in, int out, int stride) {
    return in == out && stride == 1
        ? Sequential.of()
        : Sequential.of(convolution(in, out, 1, stride), new BatchNorm2d(out));
  }

  /** The number of channels that come out. */
  int out() {
    return out;
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    int last = stages.size() - 1;
    Tensor change =
        Workspace.tidy(() -> {
          Tensor hidden =
              Workspace.tidy(
                  input, stages.subList(0, last), (x, stage) -> stage.run(x, pass).relu());
          return stages.get(last).run(hidden, pass);
        });
    return change.add(shortcut.forward(input, pass)).relu();
  }

  /** Every second pixel, and channels of zeros on both sides of those there are: option A. */
  private static final class Subsampled extends Layer {
    private final int stride;
    private final int added;

    Subsampled(int stride, int added) {
      this.stride = stride;
      this.added = added;
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      if (stride == 1 && added == 0) {
        return input;
      }
      Tensor fewer = input.slice(2, 0, input.size(2), stride).slice(3, 0, input.size(3), stride);
      int before = added / 2;
      return fewer.pad(new int[] {0, before, 0, 0}, new int[] {0, added - before, 0, 0}, 0);
    }
  }
}
