package org.lawu.internal.operation;

import org.lawu.internal.array.NdArray;

/**
 * A computation on tensors: a record of its settings, with the forward computation on plain arrays
 * and the gradient rule on tensors. The list is closed; users add theirs through {@link
 * org.lawu.tensor.CustomOperation}.
 */
public sealed interface Operation extends GradientRule
    permits Unary,
        Binary,
        Reduction,
        ArgMax,
        ArgMaxPool2d,
        AvgPool2d,
        AvgPool2d.Gradient,
        Cast,
        Compare,
        Concat,
        Conv2d,
        Conv2d.InputGradient,
        Conv2d.WeightGradient,
        CrossEntropy,
        CrossEntropy.Gradient,
        Expand,
        Fused,
        Gather,
        Gather.Scatter,
        IndexSelect,
        IndexSelect.Scatter,
        Linear,
        Logic,
        LogSoftmax,
        LogSoftmax.Gradient,
        MatMul,
        Not,
        OneHot,
        Permute,
        Reshape,
        Slice,
        Slice.Scatter,
        Softmax,
        Softmax.Gradient,
        Where,
        CumSum,
        Flip,
        Pad,
        ScatterAdd,
        ArgSort,
        ChannelMoments {

  @Override
  default String name() {
    Class<?> type = getClass();
    Class<?> outer = type.getEnclosingClass();
    String name =
        outer == null ? type.getSimpleName() : outer.getSimpleName() + type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** Computes the result; checks the inputs before any work. */
  NdArray forward(NdArray... inputs);
}
