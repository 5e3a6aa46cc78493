package org.lawu.tensor;

import org.lawu.internal.operation.BatchNorm;
import org.lawu.internal.operation.ChannelAffine;
import org.lawu.internal.operation.ChannelMoments;

/** Batch normalization, which takes several operations. */
final class BatchNormalization {
  private BatchNormalization() {}

  static Normalized byBatch(Tensor x, Tensor weight, Tensor bias, double epsilon) {
    var operation = new BatchNorm(epsilon);
    operation.check(x.array, weight.array, bias.array);
    Tensor moments = Engine.apply(new ChannelMoments(), x.detach());
    Tensor output = Engine.apply(operation, x, weight, bias, moments);
    return new Normalized(output, moments.select(0, 0), moments.select(0, 1));
  }

  static Tensor byMoments(
      Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon) {
    new BatchNorm(epsilon).check(x.array, weight.array, bias.array, mean.array, variance.array);
    Tensor scale = weight.div(variance.add(epsilon).sqrt());
    return Engine.apply(new ChannelAffine(), x, mean, scale, bias);
  }
}
