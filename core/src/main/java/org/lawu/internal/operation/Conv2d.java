package org.lawu.internal.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ShapeException;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.ConvolutionSizes;
import org.lawu.internal.kernel.Floats;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Convolution of images {@code X [n, in, h, w]} with kernels {@code W [out, in / groups, kh, kw]}
 * and an optional {@code b [out]}: {@code Y[n, o, i, j] = b[o] + sum over c, a, b of X[n, c, i s -
 * p + a d, j s - p + b d] W[o, c, a, b]}; with {@code relu} {@code max(Y, 0)}, which is computed
 * while a part of Y is in the cache. The gradient with respect to Y is then that of {@link Relu}.
 *
 * <p>It is linear in X and in W, and so are its gradients, {@code dX = I(G, W)} and {@code dW =
 * V(X, G)}: the three operations are the gradients of one another, to any order.
 */
public record Conv2d(Convolution how, boolean relu) implements Operation {

  /** The convolution alone. */
  public Conv2d(Convolution how) {
    this(how, false);
  }

  @Override
  public Saves saves() {
    return relu ? Saves.BOTH : Saves.INPUTS;
  }

  @Override
  public NdArray forward(NdArray... inputs) {
    NdArray x = inputs[0].contiguous();
    NdArray weight = inputs[1].contiguous();
    NdArray y = NdArray.allocate(x.dtype(), check(inputs));
    if (y.elements() == 0) {
      return y;
    }
    @Nullable NdArray bias = inputs.length == 3 ? inputs[2].contiguous() : null;
    var sizes = sizes(how, x.shape(), weight.shape(), y.shape());
    if (x.dtype() == DType.FLOAT32 && x.elements() > 0) {
      KernelProvider.kernels()
          .convolution(sizes)
          .forward(floats(x), floats(weight), bias == null ? null : floats(bias), relu, floats(y));
      return y;
    }
    start(bias, y);
    if (x.dtype() == DType.FLOAT64) {
      double[] to = y.doubles();
      sizes.forEachTerm((i, w, o) ->
          to[o] += x.doubles()[x.offset() + i] * weight.doubles()[weight.offset() + w]);
    }
    return relu ? new Relu().forward(y) : y;
  }

  private static Floats floats(NdArray x) {
    return new Floats(x.floats(), x.offset());
  }

  /** The sizes of an input, a weight and an output that fit one another. */
  private static ConvolutionSizes sizes(Convolution how, Shape x, Shape weight, Shape y) {
    return new ConvolutionSizes(
        x.size(0),
        how.groups(),
        weight.size(1),
        weight.size(0) / how.groups(),
        x.size(2),
        x.size(3),
        weight.size(2),
        weight.size(3),
        how.strideHeight(),
        how.strideWidth(),
        how.paddingHeight(),
        how.paddingWidth(),
        how.dilationHeight(),
        how.dilationWidth(),
        y.size(2),
        y.size(3));
  }

  /** The bias, or zeros, to which the products are added. */
  private static void start(@Nullable NdArray bias, NdArray y) {
    int area = y.shape().size(2) * y.shape().size(3);
    int channels = y.shape().size(1);
    for (int plane = 0; plane < y.elements() / area; plane++) {
      int from = plane * area;
      int channel = plane % channels;
      if (y.dtype() == DType.FLOAT32) {
        float value = bias == null ? 0 : bias.floats()[bias.offset() + channel];
        Arrays.fill(y.floats(), from, from + area, value);
      } else {
        double value = bias == null ? 0 : bias.doubles()[bias.offset() + channel];
        Arrays.fill(y.doubles(), from, from + area, value);
      }
    }
  }

  /** The shape of the result. */
  private Shape check(NdArray... inputs) {
    NdArray x = inputs[0];
    NdArray weight = inputs[1];
    Check.floating(name(), x);
    Check.sameType(name(), x, weight);
    checkRanks(name(), x.shape(), weight.shape());
    int in = weight.shape().size(1) * how.groups();
    int out = weight.shape().size(0);
    if (x.shape().size(1) != in) {
      throw new ShapeException(
          "conv2d: axis 1 must be %d, input is %s (weight %s, groups %d)"
              .formatted(in, x.shape(), weight.shape(), how.groups()));
    }
    if (out % how.groups() != 0) {
      throw new ShapeException(
          "conv2d: %d output channels do not divide into %d groups (weight %s)"
              .formatted(out, how.groups(), weight.shape()));
    }
    if (inputs.length == 3) {
      Check.sameType(name(), x, inputs[2]);
      if (!inputs[2].shape().equals(Shape.of(out))) {
        throw new ShapeException(
            "conv2d: the bias must be [%d], got %s (weight %s)"
                .formatted(out, inputs[2].shape(), weight.shape()));
      }
    }
    int height =
        ConvolutionSizes.places(
            x.shape().size(2),
            weight.shape().size(2),
            how.strideHeight(),
            how.paddingHeight(),
            how.dilationHeight());
    int width =
        ConvolutionSizes.places(
            x.shape().size(3),
            weight.shape().size(3),
            how.strideWidth(),
            how.paddingWidth(),
            how.dilationWidth());
    if (height < 1 || width < 1) {
      throw new ShapeException(
          "conv2d: the kernel is larger than the image: input %s, weight %s, padding [%d, %d],"
                  .formatted(x.shape(), weight.shape(), how.paddingHeight(), how.paddingWidth())
              + " dilation [%d, %d]; pad more or take a smaller kernel"
                  .formatted(how.dilationHeight(), how.dilationWidth()));
    }
    return Shape.of(x.shape().size(0), out, height, width);
  }

  private static void checkRanks(String operation, Shape x, Shape weight) {
    if (x.rank() != 4) {
      throw new ShapeException(
          "%s: the input must be [n, channels, height, width], got %s".formatted(operation, x));
    }
    if (weight.rank() != 4 || weight.size(2) < 1 || weight.size(3) < 1) {
      throw new ShapeException(
          "%s: the weight must have four axes and a kernel of one element or more, got %s"
              .formatted(operation, weight));
    }
  }

  @Override
  public @Nullable Tensor[] gradients(Backward backward) {
    Shape x = backward.shape(0);
    Shape weight = backward.shape(1);
    Tensor g =
        relu ? backward.overGradient(new Relu.Gradient(), backward.output()) : backward.gradient();
    return backward.each(
        () -> backward.apply(new InputGradient(how, x.size(2), x.size(3)), g, backward.input(1)),
        () ->
            backward.apply(
                new WeightGradient(how, weight.size(2), weight.size(3)), backward.input(0), g),
        // Not all at once: that would lay out a copy with these axes side by side.
        () -> g.sum(new int[] {2, 3}, false).sum(0));
  }

  /**
   * {@code I(G, W)}: the gradient with respect to images of a height and width, which is the
   * transposed convolution. For the upper gradient {@code U}, {@code dG} is U's convolution with W,
   * and {@code dW = V(U, G)}.
   */
  public record InputGradient(Convolution how, int height, int width) implements Operation {

    private static final String TRANSPOSED = "convTranspose2d";

    /** The transposed convolution with an output padding. */
    public static InputGradient transposed(
        Shape x, Shape weight, Convolution how, int paddingHeight, int paddingWidth) {
      checkRanks(TRANSPOSED, x, weight);
      if (x.size(1) != weight.size(0) || x.size(1) % how.groups() != 0) {
        throw new ShapeException(
            "convTranspose2d: axis 1 must be %d and divide into %d groups, input is %s (weight %s)"
                .formatted(weight.size(0), how.groups(), x, weight));
      }
      if (paddingHeight < 0
          || paddingWidth < 0
          || paddingHeight >= how.strideHeight()
          || paddingWidth >= how.strideWidth()) {
        throw new ShapeException(
            "convTranspose2d: the output padding must be from 0 to below the stride [%d, %d], got"
                    .formatted(how.strideHeight(), how.strideWidth())
                + " [%d, %d]".formatted(paddingHeight, paddingWidth));
      }
      int height =
          (x.size(2) - 1) * how.strideHeight()
              - 2 * how.paddingHeight()
              + how.dilationHeight() * (weight.size(2) - 1)
              + paddingHeight
              + 1;
      int width =
          (x.size(3) - 1) * how.strideWidth()
              - 2 * how.paddingWidth()
              + how.dilationWidth() * (weight.size(3) - 1)
              + paddingWidth
              + 1;
      if (x.size(2) < 1 || x.size(3) < 1 || height < 1 || width < 1) {
        throw new ShapeException(
            "convTranspose2d: nothing would be left of %s (weight %s, padding [%d, %d])"
                .formatted(x, weight, how.paddingHeight(), how.paddingWidth()));
      }
      return new InputGradient(how, height, width);
    }

    @Override
    public NdArray forward(NdArray... inputs) {
      Check.floating(TRANSPOSED, inputs[0]);
      Check.sameType(TRANSPOSED, inputs[0], inputs[1]);
      NdArray g = inputs[0].contiguous();
      NdArray weight = inputs[1].contiguous();
      int in = weight.shape().size(1) * how.groups();
      Shape shape = Shape.of(g.shape().size(0), in, height, width);
      if (shape.elements() == 0 || g.elements() == 0) {
        return NdArray.zeros(g.dtype(), shape);
      }
      var sizes = sizes(how, shape, weight.shape(), g.shape());
      NdArray x;
      if (g.dtype() == DType.FLOAT32) {
        x = NdArray.allocate(g.dtype(), shape);
        KernelProvider.kernels()
            .convolution(sizes)
            .inputGradient(floats(g), floats(weight), floats(x));
      } else {
        x = NdArray.zeros(g.dtype(), shape);
        double[] to = x.doubles();
        sizes.forEachTerm((i, w, o) ->
            to[i] += g.doubles()[g.offset() + o] * weight.doubles()[weight.offset() + w]);
      }
      return x;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Shape weight = backward.shape(1);
      Tensor upper = backward.gradient();
      return backward.each(
          () -> backward.apply(new Conv2d(how), upper, backward.input(1)),
          () ->
              backward.apply(
                  new WeightGradient(how, weight.size(2), weight.size(3)),
                  upper,
                  backward.input(0)));
    }
  }

  /**
   * {@code V(X, G)}: the gradient with respect to kernels of a height and width. For the upper
   * gradient {@code U}, {@code dX = I(G, U)}, and {@code dG} is X's convolution with U.
   */
  public record WeightGradient(Convolution how, int kernelHeight, int kernelWidth)
      implements Operation {

    @Override
    public NdArray forward(NdArray... inputs) {
      NdArray x = inputs[0].contiguous();
      NdArray g = inputs[1].contiguous();
      int in = x.shape().size(1) / how.groups();
      Shape shape = Shape.of(g.shape().size(1), in, kernelHeight, kernelWidth);
      if (shape.elements() == 0 || x.elements() == 0 || g.elements() == 0) {
        return NdArray.zeros(x.dtype(), shape);
      }
      var sizes = sizes(how, x.shape(), shape, g.shape());
      NdArray weight;
      if (x.dtype() == DType.FLOAT32) {
        weight = NdArray.allocate(x.dtype(), shape);
        KernelProvider.kernels()
            .convolution(sizes)
            .weightGradient(floats(x), floats(g), floats(weight));
      } else {
        weight = NdArray.zeros(x.dtype(), shape);
        double[] to = weight.doubles();
        sizes.forEachTerm(
            (i, w, o) -> to[w] += x.doubles()[x.offset() + i] * g.doubles()[g.offset() + o]);
      }
      return weight;
    }

    @Override
    public @Nullable Tensor[] gradients(Backward backward) {
      Shape x = backward.shape(0);
      Tensor upper = backward.gradient();
      return backward.each(
          () ->
              backward.apply(
                  new InputGradient(how, x.size(2), x.size(3)), backward.input(1), upper),
          () -> backward.apply(new Conv2d(how), backward.input(0), upper));
    }
  }
}
