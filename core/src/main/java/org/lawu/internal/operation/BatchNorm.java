package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Batch normalization of {@code x [n, channels, ...]} by its own moments: {@code y = z weight +
 * bias} with {@code z = (x - mean) scale} and {@code scale = 1 / sqrt(variance + epsilon)} for each
 * channel; Ioffe and Szegedy (2015). Inputs: x, weight, bias, and the {@link ChannelMoments} of x.
 * {@code dweight = sum(g z)}, {@code dbias = sum(g)}, and, as the moments depend on x, {@code dx =
 * weight scale (g - mean(g) - z mean(g z))}.
 */
public record BatchNorm(double epsilon) implements Fused {

  /** Refuses an epsilon that is not positive and finite. */
  public BatchNorm {
    RowNormalization.epsilon("batchNorm", epsilon);
  }

  @Override
  public void check(NdArray... inputs) {
    Channels.check(name(), inputs[0], "weight", inputs[1]);
    Channels.check(name(), inputs[0], "bias", inputs[2]);
  }

  /** Refuses what {@link ChannelAffine} would, in this operation's name. */
  public void check(NdArray x, NdArray weight, NdArray bias, NdArray mean, NdArray variance) {
    check(x, weight, bias);
    Channels.check(name(), x, "mean", mean);
    Channels.check(name(), x, "variance", variance);
  }

  private float scale(float variance) {
    return (float) (1 / Math.sqrt(variance + epsilon));
  }

  @Override
  public Result compute(boolean keep, NdArray... inputs) {
    Channels x = Channels.of(inputs[0]);
    NdArray weight = inputs[1].contiguous();
    NdArray bias = inputs[2].contiguous();
    NdArray moments = inputs[3].contiguous();
    Channels out = x.allocate();
    var loops = KernelProvider.kernels().normalization();
    x.forEach(channel -> {
      float mean = moments.floats()[moments.offset() + channel];
      float variance = moments.floats()[moments.offset() + x.count() + channel];
      float slope = weight.floats()[weight.offset() + channel] * scale(variance);
      float offset = bias.floats()[bias.offset() + channel];
      for (int image = 0; image < x.images(); image++) {
        int from = x.plane(image, channel);
        int to = out.plane(image, channel);
        loops.standardize(
            mean, slope, offset, x.data().floats(), from, out.data().floats(), to, x.area());
      }
    });
    return new Result(out.restored());
  }

  @Override
  public @Nullable NdArray[] gradients(Call call) {
    Channels x = Channels.of(call.inputs()[0]);
    Channels g = Channels.of(call.gradient());
    NdArray weight = call.inputs()[1].contiguous();
    NdArray moments = call.inputs()[3].contiguous();
    Channels out = x.allocate();
    NdArray weightGradient = NdArray.allocate(DType.FLOAT32, Shape.of(x.count()));
    NdArray biasGradient = NdArray.allocate(DType.FLOAT32, Shape.of(x.count()));
    x.forEach(channel -> {
      float mean = moments.floats()[moments.offset() + channel];
      float variance = moments.floats()[moments.offset() + x.count() + channel];
      float slope = weight.floats()[weight.offset() + channel];
      var sums = Sums.of(mean, x, g, channel);
      weightGradient.floats()[channel] = (float) (sums.product() * scale(variance));
      biasGradient.floats()[channel] = (float) sums.sum();
      if (call.needs()[0]) {
        channel(slope, mean, scale(variance), sums, x, g, out, channel);
      }
    });
    return new @Nullable NdArray[] {
      call.needs()[0] ? out.restored() : null, weightGradient, biasGradient, null
    };
  }

  /** Of one channel, the sum of g and that of {@code g (x - mean)}. */
  record Sums(double sum, double product) {

    static Sums of(float mean, Channels x, Channels g, int channel) {
      var kernels = KernelProvider.kernels();
      var loops = kernels.normalization();
      double sum = 0;
      double product = 0;
      for (int image = 0; image < x.images(); image++) {
        int at = g.plane(image, channel);
        int xAt = x.plane(image, channel);
        sum += kernels.reduce(ReduceFunction.SUM, g.data().floats(), at, g.area());
        product += loops.centeredDot(mean, x.data().floats(), xAt, g.data().floats(), at, g.area());
      }
      return new Sums(sum, product);
    }
  }

  private static void channel(
      float weight,
      float mean,
      float scale,
      Sums sums,
      Channels x,
      Channels g,
      Channels out,
      int channel) {
    var loops = KernelProvider.kernels().normalization();
    double size = (double) x.images() * x.area();
    float a = weight * scale;
    float b = (float) (-a * scale * scale * (sums.product() / size));
    float c = (float) (-a * (sums.sum() / size));
    for (int image = 0; image < x.images(); image++) {
      loops.combine(
          a,
          g.data().floats(),
          g.plane(image, channel),
          b,
          mean,
          x.data().floats(),
          x.plane(image, channel),
          c,
          out.data().floats(),
          out.plane(image, channel),
          x.area());
    }
  }

  @Override
  public Tensor composed(Steps steps, Tensor... inputs) {
    Tensor x = inputs[0];
    int[] axes = Channels.others(x);
    Tensor centered = x.sub(x.mean(axes, true));
    Tensor variance = centered.square().mean(axes, true);
    return centered
        .div(variance.add(epsilon).sqrt())
        .mul(Channels.broadcastable(inputs[1], x))
        .add(Channels.broadcastable(inputs[2], x));
  }
}
