package org.lawu.internal.operation;

import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Cross-entropy of each row of logits {@code X [n, classes]} with an INT32 label: {@code y_r = -log
 * softmax(x_r)[label_r]}, {@code dx_r = (softmax(x_r) - onehot(label_r)) g_r}.
 */
public record CrossEntropy() implements Operation {

  @Override
  public NdArray forward(NdArray... inputs) {
    check(name(), inputs[0], inputs[1]);
    NdArray labels = inputs[1].contiguous();
    NdArray logSoftmax = new LogSoftmax(-1).forward(inputs[0]);
    int classes = logSoftmax.shape().size(1);
    NdArray out = NdArray.allocate(logSoftmax.dtype(), labels.shape());
    for (int r = 0; r < labels.elements(); r++) {
      int at = r * classes + labels.ints()[labels.offset() + r];
      if (out.dtype() == DType.FLOAT32) {
        out.floats()[r] = -logSoftmax.floats()[at];
      } else {
        out.doubles()[r] = -logSoftmax.doubles()[at];
      }
    }
    return out;
  }

  private static void check(String name, NdArray logits, NdArray labels) {
    Check.floating(name, logits);
    Check.type(name, "the labels", labels, DType.INT32);
    Shape shape = logits.shape();
    if (shape.rank() != 2 || !labels.shape().equals(shape.slice(0, 1))) {
      throw new ShapeException(
          "%s: needs logits [n, classes] and labels [n], got %s and %s"
              .formatted(name, shape, labels.shape()));
    }
    Check.indices(name, "label", labels.contiguous(), shape.size(1));
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    return backward.each(
        () ->
            backward.apply(
                new Gradient(), backward.input(0), backward.input(1), backward.gradient()),
        () -> null);
  }

  /**
   * {@code (softmax(x_r) - onehot(label_r)) g_r} in one pass. For the upper gradient {@code u},
   * {@code dx} is softmax's gradient of {@code u g} and {@code dg_r = sum(u_r (softmax(x_r) -
   * onehot(label_r)))}.
   */
  public record Gradient() implements Operation {

    @Override
    public NdArray forward(NdArray... inputs) {
      NdArray labels = inputs[1].contiguous();
      NdArray g = inputs[2].contiguous();
      NdArray out = new Softmax(-1).forward(inputs[0]);
      int classes = out.shape().size(1);
      for (int r = 0; r < labels.elements(); r++) {
        int at = r * classes;
        int label = at + labels.ints()[labels.offset() + r];
        if (out.dtype() == DType.FLOAT32) {
          float scale = g.floats()[g.offset() + r];
          out.floats()[label] -= 1;
          for (int i = at; i < at + classes; i++) {
            out.floats()[i] *= scale;
          }
        } else {
          double scale = g.doubles()[g.offset() + r];
          out.doubles()[label] -= 1;
          for (int i = at; i < at + classes; i++) {
            out.doubles()[i] *= scale;
          }
        }
      }
      return out;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Tensor logits = backward.input(0);
      Tensor labels = backward.input(1);
      Tensor g = backward.input(2);
      Tensor upper = backward.gradient();
      Tensor softmax = logits.softmax(-1);
      return backward.each(
          () -> backward.apply(new Softmax.Gradient(-1), softmax, upper.mul(g.unsqueeze(-1))),
          () -> null,
          () -> {
            Tensor oneHot = labels.oneHot(logits.size(-1)).to(logits.dtype());
            return upper.mul(softmax.sub(oneHot)).sum(-1);
          });
    }
  }
}
