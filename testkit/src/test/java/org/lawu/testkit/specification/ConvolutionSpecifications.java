package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.ArgMaxPool2d;
import org.lawu.internal.operation.AvgPool2d;
import org.lawu.internal.operation.Conv2d;
import org.lawu.internal.operation.MaxPool2d;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;

/** The methods of {@link org.lawu.tensor.Convolutions}. */
final class ConvolutionSpecifications {
  private static final Domain REALS = Domain.reals(-1, 1);
  private static final Domain DISTINCT = Domain.distinctReals(-3, 3);
  private static final Convolution PLAIN = Convolution.DEFAULT;

  private ConvolutionSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(convolutions(), transposed(), maxima(), means())
        .flatMap(specifications -> specifications);
  }

  private static OperationSpecification conv2d(
      String name, Convolution how, List<List<Shape>> samples) {
    return OperationSpecification.of("conv2d " + name, in -> in.get(0).conv2d(in.get(1), how))
        .inputs(REALS, REALS)
        .samples(samples)
        .tolerance(1e-5)
        .covers(Conv2d.class, Conv2d.InputGradient.class, Conv2d.WeightGradient.class);
  }

  private static Tensor normal(int seed, int... sizes) {
    return Tensor.normal(new Philox(seed), 0, 1, sizes);
  }

  private static Stream<OperationSpecification> convolutions() {
    return Stream.of(
        conv2d(
                "with stride 1",
                PLAIN,
                List.of(
                    sample(Shape.of(1, 1, 1, 1), Shape.of(1, 1, 1, 1)),
                    sample(Shape.of(2, 3, 5, 4), Shape.of(2, 3, 3, 2)),
                    sample(Shape.of(2, 2, 3, 7), Shape.of(3, 2, 1, 1)),
                    sample(Shape.of(1, 2, 3, 3), Shape.of(2, 2, 3, 3)),
                    sample(Shape.of(0, 2, 3, 3), Shape.of(2, 2, 2, 2)),
                    sample(Shape.of(2, 0, 3, 3), Shape.of(2, 0, 2, 2)),
                    sample(Shape.of(2, 2, 3, 3), Shape.of(0, 2, 2, 2))))
            .refuses(
                () -> floats(2, 3, 8, 8).conv2d(floats(4, 2, 3, 3)),
                "conv2d: axis 1 must be 2, input is [2, 3, 8, 8] (weight [4, 2, 3, 3], groups 1)")
            .refuses(
                () -> floats(3, 8, 8).conv2d(floats(4, 3, 3, 3)),
                "conv2d: the input must be [n, channels, height, width], got [3, 8, 8]")
            .refuses(
                () -> floats(2, 3, 8, 8).conv2d(floats(4, 3, 3)),
                "conv2d: the weight must have four axes and a kernel of one element or more, got"
                    + " [4, 3, 3]")
            .refuses(
                () -> floats(2, 3, 8, 8).conv2d(floats(4, 3, 0, 3)),
                "conv2d: the weight must have four axes and a kernel of one element or more, got"
                    + " [4, 3, 0, 3]")
            .refuses(
                () -> floats(2, 3, 2, 8).conv2d(floats(4, 3, 3, 3)),
                "conv2d: the kernel is larger than the image: input [2, 3, 2, 8], weight [4, 3, 3,"
                    + " 3], padding [0, 0], dilation [1, 1]; pad more or take a smaller kernel")
            .refuses(
                () -> floats(2, 4, 8, 8).conv2d(floats(3, 2, 3, 3), PLAIN.groups(2)),
                "conv2d: 3 output channels do not divide into 2 groups (weight [3, 2, 3, 3])")
            .refuses(
                () -> ints(2, 3, 8, 8).conv2d(ints(4, 3, 3, 3)),
                "conv2d: needs FLOAT32 or FLOAT64, got INT32 [2, 3, 8, 8]; convert with"
                    + " .to(DType.FLOAT32)")
            .refuses(
                () -> floats(1, 1, 2, 2).conv2d(floats(1, 1, 1, 1), PLAIN.stride(0)),
                "convolution: stride must be at least 1, got [0, 0]")
            .refuses(
                () -> floats(1, 1, 2, 2).conv2d(floats(1, 1, 1, 1), PLAIN.padding(0, -1)),
                "convolution: padding must be at least 0, got [0, -1]")
            .refuses(
                () -> floats(1, 1, 2, 2).conv2d(floats(1, 1, 1, 1), PLAIN.dilation(0, 1)),
                "convolution: dilation must be at least 1, got [0, 1]")
            .refuses(
                () -> floats(1, 1, 2, 2).conv2d(floats(1, 1, 1, 1), PLAIN.groups(0)),
                "convolution: groups must be at least 1, got 0"),
        conv2d(
            "with stride and padding",
            PLAIN.stride(2, 3).padding(1, 2),
            List.of(
                sample(Shape.of(2, 2, 5, 8), Shape.of(3, 2, 3, 3)),
                sample(Shape.of(1, 1, 2, 2), Shape.of(1, 1, 1, 1)),
                // More padding than kernel: some outputs see nothing but zeros.
                sample(Shape.of(1, 1, 1, 1), Shape.of(2, 1, 1, 2)))),
        conv2d(
            "with dilation",
            PLAIN.dilation(2, 3).padding(2),
            List.of(sample(Shape.of(2, 2, 4, 7), Shape.of(2, 2, 3, 2)))),
        conv2d(
            "in groups",
            PLAIN.groups(2).padding(1),
            List.of(sample(Shape.of(2, 4, 3, 4), Shape.of(6, 2, 3, 3)))),
        conv2d(
            "of each channel",
            PLAIN.groups(3).stride(2),
            List.of(sample(Shape.of(2, 3, 5, 5), Shape.of(6, 1, 3, 2)))),
        // As many columns as need several panels, and as many images as need partial sums.
        conv2d("of large images", PLAIN.padding(1), List.of())
            .extreme(normal(1, 2, 40, 37, 41), normal(2, 7, 40, 5, 5))
            .extreme(normal(3, 70, 2, 6, 6), normal(4, 3, 2, 3, 3))
            .tolerance(1e-4),
        OperationSpecification.of(
                "the gradients of conv2d of large images",
                in -> {
                  Tensor x = in.get(0).withGradient();
                  Tensor w = in.get(1).withGradient();
                  Tensor y = x.conv2d(w, PLAIN.padding(1));
                  var gradients = y.square().sum().backward();
                  return Tensor.concat(
                      0,
                      gradients.of(x).reshape(-1).div(400),
                      gradients.of(w).reshape(-1).div(9e4));
                })
            .inputs(REALS, REALS)
            .samples(List.of())
            .derivatives(0)
            .extreme(normal(1, 2, 40, 37, 41), normal(2, 7, 40, 5, 5))
            .extreme(normal(3, 70, 2, 6, 6), normal(4, 3, 2, 3, 3))
            .tolerance(1e-4),
        OperationSpecification.of(
                "conv2d with a bias",
                in -> in.get(0).conv2d(in.get(1), in.get(2), PLAIN.padding(1)))
            .inputs(REALS, REALS, REALS)
            .samples(
                List.of(
                    sample(Shape.of(2, 2, 3, 4), Shape.of(3, 2, 3, 3), Shape.of(3)),
                    sample(Shape.of(2, 2, 3, 3), Shape.of(3, 2, 1, 1), Shape.of(3)),
                    sample(Shape.of(2, 0, 3, 3), Shape.of(3, 0, 1, 1), Shape.of(3))))
            .tolerance(1e-5)
            .refuses(
                () -> floats(2, 3, 8, 8).conv2d(floats(4, 3, 3, 3), floats(3), PLAIN),
                "conv2d: the bias must be [4], got [3] (weight [4, 3, 3, 3])")
            .refuses(
                () -> floats(2, 3, 8, 8).conv2d(floats(4, 3, 3, 3), ints(4), PLAIN),
                "conv2d: element types differ: FLOAT32 [2, 3, 8, 8] and INT32 [4]; convert one"
                    + " with .to(DType.FLOAT32)"),
        OperationSpecification.of(
                "conv2dRelu", in -> in.get(0).conv2dRelu(in.get(1), in.get(2), PLAIN.padding(1)))
            .inputs(REALS, REALS, REALS)
            .samples(
                List.of(
                    sample(Shape.of(2, 2, 3, 4), Shape.of(3, 2, 3, 3), Shape.of(3)),
                    sample(Shape.of(2, 2, 3, 3), Shape.of(3, 2, 1, 1), Shape.of(3)),
                    sample(Shape.of(2, 0, 3, 3), Shape.of(3, 0, 1, 1), Shape.of(3)),
                    sample(Shape.of(0, 2, 3, 3), Shape.of(3, 2, 2, 2), Shape.of(3))))
            .tolerance(1e-5)
            .extreme(normal(1, 2, 14, 19, 18), normal(2, 13, 14, 3, 3), normal(3, 13))
            .tolerance(1e-4)
            .refuses(
                () -> floats(2, 3, 8, 8).conv2dRelu(floats(4, 3, 3, 3), floats(3), PLAIN),
                "conv2d: the bias must be [4], got [3] (weight [4, 3, 3, 3])"));
  }

  private static OperationSpecification transposed(
      String name, Convolution how, int paddingHeight, int paddingWidth) {
    return OperationSpecification.of(
            "convTranspose2d " + name,
            in -> in.get(0).convTranspose2d(in.get(1), how, paddingHeight, paddingWidth))
        .inputs(REALS, REALS)
        .samples(
            List.of(
                sample(Shape.of(2, 4, 3, 2), Shape.of(4, 3, 3, 3)),
                sample(Shape.of(1, 2, 2, 3), Shape.of(2, 1, 4, 3)),
                sample(Shape.of(0, 2, 2, 3), Shape.of(2, 1, 4, 3))))
        .tolerance(1e-5);
  }

  private static Stream<OperationSpecification> transposed() {
    return Stream.of(
        transposed("with stride 1", PLAIN, 0, 0)
            .refuses(
                () -> floats(2, 3, 4, 4).convTranspose2d(floats(4, 3, 3, 3), PLAIN),
                "convTranspose2d: axis 1 must be 4 and divide into 1 groups, input is [2, 3, 4, 4]"
                    + " (weight [4, 3, 3, 3])")
            .refuses(
                () -> floats(2, 4, 4).convTranspose2d(floats(4, 3, 3, 3), PLAIN),
                "convTranspose2d: the input must be [n, channels, height, width], got [2, 4, 4]")
            .refuses(
                () -> floats(1, 1, 1, 1).convTranspose2d(floats(1, 1, 1, 1), PLAIN.padding(1)),
                "convTranspose2d: nothing would be left of [1, 1, 1, 1] (weight [1, 1, 1, 1],"
                    + " padding [1, 1])")
            .refuses(
                () -> ints(1, 1, 1, 1).convTranspose2d(ints(1, 1, 1, 1), PLAIN),
                "convTranspose2d: needs FLOAT32 or FLOAT64, got INT32 [1, 1, 1, 1]; convert with"
                    + " .to(DType.FLOAT32)")
            .refuses(
                () -> floats(1, 1, 1, 1).convTranspose2d(floats(1, 1, 1, 1), PLAIN, 1, 0),
                "convTranspose2d: the output padding must be from 0 to below the stride [1, 1], got"
                    + " [1, 0]"),
        transposed("with stride and padding", PLAIN.stride(2, 3).padding(1), 1, 2),
        transposed("with dilation", PLAIN.dilation(2), 0, 0),
        transposed("in groups", PLAIN.groups(2).stride(2), 0, 1));
  }

  private static OperationSpecification pool(
      String name, Domain domain, UnaryOperator<Tensor> function) {
    return OperationSpecification.of(name, unary(function))
        .inputs(domain)
        .samples(
            List.of(
                sample(Shape.of(2, 3, 5, 4)),
                sample(Shape.of(1, 1, 3, 7)),
                sample(Shape.of(0, 2, 3, 4)),
                sample(Shape.of(2, 0, 3, 4))))
        .tolerance(1e-5);
  }

  private static Stream<OperationSpecification> maxima() {
    return Stream.of(
        pool("maxPool2d", DISTINCT, x -> x.maxPool2d(Window.of(2)))
            .covers(ArgMaxPool2d.class, MaxPool2d.class)
            .extreme(
                Tensor.of(
                    new float[] {1, Float.NaN, 3, Float.NaN, Float.NEGATIVE_INFINITY, 2, 2, 2},
                    1,
                    2,
                    2,
                    2))
            .refuses(
                () -> floats(2, 3, 1, 4).maxPool2d(Window.of(2)),
                "maxPool2d: the window [2, 2] is larger than the image: input [2, 3, 1, 4], padding"
                    + " [0, 0]")
            .refuses(
                () -> floats(3, 4, 4).maxPool2d(Window.of(2)),
                "maxPool2d: the input must be [n, channels, height, width], got [3, 4, 4]")
            .refuses(
                () -> ints(1, 1, 2, 2).maxPool2d(Window.of(2)),
                "maxPool2d: needs FLOAT32 or FLOAT64, got INT32 [1, 1, 2, 2]; convert with"
                    + " .to(DType.FLOAT32)")
            .refuses(
                () -> floats(1, 1, 2, 2).maxPool2d(Window.of(0, 2)),
                "window: the size must be at least 1, got [0, 2]")
            .refuses(
                () -> floats(1, 1, 2, 2).maxPool2d(Window.of(2).stride(0)),
                "window: the stride must be at least 1, got [0, 0]")
            .refuses(
                () -> floats(1, 1, 2, 2).maxPool2d(Window.of(2).padding(2, 1)),
                "window: the padding must be from 0 to half the size [2, 2], got [2, 1]"),
        pool(
            "maxPool2d of overlapping windows",
            DISTINCT,
            x -> x.maxPool2d(Window.of(3).stride(2, 1).padding(1))));
  }

  private static Stream<OperationSpecification> means() {
    return Stream.of(
        pool("avgPool2d", REALS, x -> x.avgPool2d(Window.of(2)))
            .covers(AvgPool2d.class, AvgPool2d.Gradient.class)
            .refuses(
                () -> floats(2, 3, 1, 4).avgPool2d(Window.of(2)),
                "avgPool2d: the window [2, 2] is larger than the image: input [2, 3, 1, 4], padding"
                    + " [0, 0]")
            .refuses(
                () -> ints(1, 1, 2, 2).avgPool2d(Window.of(2)),
                "avgPool2d: needs FLOAT32 or FLOAT64, got INT32 [1, 1, 2, 2]; convert with"
                    + " .to(DType.FLOAT32)"),
        pool(
            "avgPool2d of overlapping windows",
            REALS,
            x -> x.avgPool2d(Window.of(3, 2).stride(2, 1).padding(1))),
        pool("adaptiveAvgPool2d", REALS, x -> x.adaptiveAvgPool2d(2, 3))
            .refuses(
                () -> floats(2, 3, 4, 4).adaptiveAvgPool2d(0, 2),
                "adaptiveAvgPool2d: cannot divide [2, 3, 4, 4] into [0, 2] parts; sizes must be at"
                    + " least 1")
            .refuses(
                () -> floats(3, 4, 4).adaptiveAvgPool2d(1, 1),
                "adaptiveAvgPool2d: the input must be [n, channels, height, width], got [3, 4, 4]"),
        pool("adaptiveAvgPool2d to more than there is", REALS, x -> x.adaptiveAvgPool2d(7, 9)));
  }
}
