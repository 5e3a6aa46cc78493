package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Mean and (biased) variance of each channel of {@code [n, channels, ...]}, as {@code [2,
 * channels]}; without a gradient, since {@link BatchNorm} has that of its moments in its own. What
 * planes give is added in double precision.
 */
public record ChannelMoments() implements Operation {

  @Override
  public Saves saves() {
    return Saves.NOTHING;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    Channels x = Channels.of(inputs[0]);
    NdArray out = NdArray.allocate(x.data().dtype(), Shape.of(2, x.count()));
    double size = (double) x.images() * x.area();
    boolean single = out.dtype() == DType.FLOAT32;
    var kernels = KernelProvider.kernels();
    x.forEach(channel -> {
      if (single) {
        float mean = (float) (sum(kernels, x, channel) / size);
        out.floats()[channel] = mean;
        out.floats()[x.count() + channel] = (float) (squares(kernels, mean, x, channel) / size);
      } else {
        double mean = sum(x, channel) / size;
        out.doubles()[channel] = mean;
        out.doubles()[x.count() + channel] = squares(mean, x, channel) / size;
      }
    });
    return out;
  }

  private static double sum(Kernels kernels, Channels x, int channel) {
    double sum = 0;
    for (int image = 0; image < x.images(); image++) {
      sum +=
          kernels.reduce(ReduceFunction.SUM, x.data().floats(), x.plane(image, channel), x.area());
    }
    return sum;
  }

  private static double squares(Kernels kernels, float mean, Channels x, int channel) {
    double sum = 0;
    for (int image = 0; image < x.images(); image++) {
      sum += kernels.sumOfSquares(mean, x.data().floats(), x.plane(image, channel), x.area());
    }
    return sum;
  }

  private static double sum(Channels x, int channel) {
    double sum = 0;
    for (int image = 0; image < x.images(); image++) {
      int at = x.plane(image, channel);
      for (int i = at; i < at + x.area(); i++) {
        sum += x.data().doubles()[i];
      }
    }
    return sum;
  }

  private static double squares(double mean, Channels x, int channel) {
    double sum = 0;
    for (int image = 0; image < x.images(); image++) {
      int at = x.plane(image, channel);
      for (int i = at; i < at + x.area(); i++) {
        double difference = x.data().doubles()[i] - mean;
        sum += difference * difference;
      }
    }
    return sum;
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return new @Nullable Tensor[1];
  }
}
