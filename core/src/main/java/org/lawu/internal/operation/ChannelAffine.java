package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * {@code y = (x - shift) scale + offset} with three numbers for each channel of {@code x [n,
 * channels, ...]}, which batch normalization by running moments comes to. {@code dx = g scale},
 * {@code dshift = -scale sum(g)}, {@code dscale = sum(g (x - shift))}, {@code doffset = sum(g)}.
 */
public record ChannelAffine() implements Fused {

  @Override
  public void check(NdArray... inputs) {
    Channels.check(name(), inputs[0], "shift", inputs[1]);
    Channels.check(name(), inputs[0], "scale", inputs[2]);
    Channels.check(name(), inputs[0], "offset", inputs[3]);
  }

  @Override
  public Result compute(boolean keep, NdArray... inputs) {
    Channels x = Channels.of(inputs[0]);
    NdArray shift = inputs[1].contiguous();
    NdArray scale = inputs[2].contiguous();
    NdArray offset = inputs[3].contiguous();
    Channels out = x.allocate();
    x.forEach(channel ->
        map(x, at(shift, channel), at(scale, channel), at(offset, channel), out, channel));
    return new Result(out.restored());
  }

  private static float at(NdArray perChannel, int channel) {
    return perChannel.floats()[perChannel.offset() + channel];
  }

  private static void map(
      Channels x, float shift, float scale, float offset, Channels out, int channel) {
    var loops = KernelProvider.kernels().normalization();
    float[] from = x.data().floats();
    float[] to = out.data().floats();
    for (int image = 0; image < x.images(); image++) {
      int at = x.plane(image, channel);
      loops.standardize(shift, scale, offset, from, at, to, out.plane(image, channel), x.area());
    }
  }

  @Override
  public @Nullable NdArray[] gradients(Call call) {
    Channels x = Channels.of(call.inputs()[0]);
    Channels g = Channels.of(call.gradient());
    NdArray shift = call.inputs()[1].contiguous();
    NdArray scale = call.inputs()[2].contiguous();
    Channels out = g.allocate();
    Shape shape = Shape.of(x.count());
    NdArray shiftGradient = NdArray.allocate(DType.FLOAT32, shape);
    NdArray scaleGradient = NdArray.allocate(DType.FLOAT32, shape);
    NdArray offsetGradient = NdArray.allocate(DType.FLOAT32, shape);
    x.forEach(channel -> {
      float factor = at(scale, channel);
      var sums = BatchNorm.Sums.of(at(shift, channel), x, g, channel);
      shiftGradient.floats()[channel] = (float) (-factor * sums.sum());
      scaleGradient.floats()[channel] = (float) sums.product();
      offsetGradient.floats()[channel] = (float) sums.sum();
      map(g, 0, factor, 0, out, channel);
    });
    return new @Nullable NdArray[] {out.restored(), shiftGradient, scaleGradient, offsetGradient};
  }

  @Override
  public Tensor composed(Steps steps, Tensor... inputs) {
    Tensor x = inputs[0];
    return x.sub(Channels.broadcastable(inputs[1], x))
        .mul(Channels.broadcastable(inputs[2], x))
        .add(Channels.broadcastable(inputs[3], x));
  }
}
