package org.lawu.testkit.specification;

import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.Expand;
import org.lawu.internal.operation.Flip;
import org.lawu.internal.operation.Pad;
import org.lawu.internal.operation.Permute;
import org.lawu.internal.operation.Reshape;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;
import org.lawu.testkit.SampleShapes;

/** The methods of {@link org.lawu.tensor.ShapeMethods}. */
final class ShapeSpecifications {
  private ShapeSpecifications() {}

  private static OperationSpecification cube(
      String name, UnaryOperator<Tensor> function, Class<?> type) {
    return OperationSpecification.of(name, unary(function))
        .samples(SampleShapes.cubesAndEmpty())
        .covers(type);
  }

  static Stream<OperationSpecification> all() {
    return Stream.concat(views(), Stream.of(flips(), pads(), splits()).flatMap(List::stream));
  }

  private static List<OperationSpecification> flips() {
    return List.of(
        cube("flip", x -> x.flip(1), Flip.class)
            .refuses(
                () -> floats(2, 3).flip(2),
                "flip: axis 2 is out of range for shape [2, 3], which has the axes 0 to 1")
            .refuses(
                () -> floats(2, 3).flip(1, -1),
                "flip: axis 1 is named twice in [1, -1]; name each axis once"),
        cube("flip of two axes", x -> x.flip(-1, 0), Flip.class),
        cube("flip of all axes", Tensor::flip, Flip.class));
  }

  private static int[] sizes(int... sizes) {
    return sizes;
  }

  private static List<OperationSpecification> pads() {
    return List.of(
        cube("pad", x -> x.pad(sizes(1, 0, 2), sizes(0, 3, 1), 0.5), Pad.class)
            .refuses(
                () -> floats(2, 3).pad(sizes(1), sizes(0, 0), 0),
                "pad: needs a size before and after each of the 2 axes of [2, 3], got before [1],"
                    + " after [0, 0]")
            .refuses(
                () -> floats(2, 3).pad(sizes(0, 0), sizes(0, -1), 0),
                "pad: sizes must not be negative, got before [0, 0], after [0, -1]; cut with slice")
            .refuses(
                () -> ints(2).pad(sizes(1), sizes(0), 0.5),
                "full: 0.5 is no INT32 value; convert the tensor with .to(DType.FLOAT32) first"),
        cube("pad with nothing", x -> x.pad(sizes(0, 0, 0), sizes(0, 0, 0), 1), Pad.class),
        cube("pad of INT32", x -> x.pad(sizes(1, 0, 2), sizes(0, 3, 1), 7), Pad.class)
            .inputs(Domain.integers(-9, 9))
            .derivatives(0));
  }

  private static List<OperationSpecification> splits() {
    return List.of(
        OperationSpecification.of("split", unary(x -> x.split(-1, 2, 0, 5).getLast()))
            .samples(List.of(List.of(Shape.of(7)), List.of(Shape.of(3, 7))))
            .refuses(
                () -> floats(2, 3).split(1, 2, 2).getFirst(),
                "split: the sizes [2, 2] must not be negative and add up to 3, the size of axis 1"
                    + " of [2, 3]")
            .refuses(
                () -> floats(2, 3).split(1, 4, -1).getFirst(),
                "split: the sizes [4, -1] must not be negative and add up to 3, the size of axis 1"
                    + " of [2, 3]")
            .refuses(
                () -> floats(2).split(1, 2).getFirst(),
                "split: axis 1 is out of range for shape [2], which has the axis 0"),
        OperationSpecification.of("chunk", unary(x -> Tensor.concat(1, x.chunk(1, 3).reversed())))
            .samples(SampleShapes.cubesAndEmpty())
            .refuses(
                () -> floats(2, 3).chunk(1, 0).getFirst(),
                "chunk: the count must be at least 1, got 0")
            .refuses(
                () -> floats(2).chunk(1, 2).getFirst(),
                "chunk: axis 1 is out of range for shape [2], which has the axis 0"));
  }

  private static Stream<OperationSpecification> views() {
    return Stream.of(
        OperationSpecification.of("reshape", unary(x -> x.reshape(2, -1, 3)))
            .samples(
                List.of(List.of(Shape.of(6)), List.of(Shape.of(17, 2, 3)), List.of(Shape.of(3, 0))))
            .covers(Reshape.class)
            .refuses(
                () -> floats(2, 3).reshape(4, 2),
                "reshape: [2, 3] (6 elements) cannot become [4, 2] (8 elements); the number of"
                    + " elements must stay")
            .refuses(
                () -> floats(2, 3).reshape(Shape.of(4)),
                "reshape: [2, 3] (6 elements) cannot become [4] (4 elements); the number of"
                    + " elements must stay")
            .refuses(
                () -> floats(2, 3).reshape(4, -1),
                "reshape: [2, 3] (6 elements) cannot become [4, -1]: 6 does not divide by 4")
            .refuses(
                () -> floats(2, 3).reshape(-1, -1), "reshape: only one size may be -1: [-1, -1]")
            .refuses(
                () -> floats(2, 3).reshape(-2, -3),
                "shape: sizes must not be negative: [-2, -3] holds -2"),
        cube("flatten", x -> x.flatten(1), Reshape.class)
            .refuses(
                () -> floats(2, 3).flatten(2),
                "flatten: axis 2 is out of range for shape [2, 3], which has the axes 0 to 1"),
        cube("flatten all", x -> x.flatten(0), Reshape.class),
        cube("permute", x -> x.permute(2, 0, 1), Permute.class)
            .refuses(
                () -> floats(2, 3).permute(1),
                "permute: needs each of the 2 axes of [2, 3] once, got [1]")
            .refuses(
                () -> floats(2, 3).permute(0, -2),
                "permute: axis 0 is named twice in [0, -2]; name each axis once"),
        cube("permute with negative axes", x -> x.permute(-1, 1, -3), Permute.class),
        cube("transpose", Tensor::transpose, Permute.class)
            .refuses(
                () -> floats(2).transpose(),
                "transpose: axis -2 is out of range for shape [2], which has the axis 0"),
        cube("transpose of two axes", x -> x.transpose(0, -1), Permute.class),
        OperationSpecification.of("expand", unary(x -> x.expand(4, 3, 17)))
            .samples(
                List.of(
                    List.of(Shape.SCALAR),
                    List.of(Shape.of(17)),
                    List.of(Shape.of(3, 1)),
                    List.of(Shape.of(4, 1, 1)),
                    List.of(Shape.of(4, 3, 17))))
            .tolerance(1e-5)
            .covers(Expand.class)
            .refuses(
                () -> floats(2, 3).expand(2, 4),
                "expand: [2, 3] does not broadcast to [2, 4]; aligned at the last axis, sizes must"
                    + " be equal or 1")
            .refuses(
                () -> floats(2, 3).expand(3),
                "expand: [2, 3] does not broadcast to [3]; aligned at the last axis, sizes must be"
                    + " equal or 1"),
        OperationSpecification.of("expand to nothing", unary(x -> x.expand(0, 3)))
            .samples(List.of(List.of(Shape.of(3)), List.of(Shape.of(1, 1))))
            .covers(Expand.class),
        cube("unsqueeze", x -> x.unsqueeze(1), Reshape.class)
            .refuses(
                () -> floats(2, 3).unsqueeze(3),
                "unsqueeze: position 3 is out of range for shape [2, 3] (-3 to 2)"),
        cube("unsqueeze at the end", x -> x.unsqueeze(-1), Reshape.class),
        OperationSpecification.of("squeeze", unary(x -> x.squeeze(-2)))
            .samples(
                List.of(
                    List.of(Shape.of(1, 1)),
                    List.of(Shape.of(3, 1, 17)),
                    List.of(Shape.of(0, 1, 2))))
            .covers(Reshape.class)
            .refuses(() -> floats(2, 3).squeeze(0), "squeeze: axis 0 of [2, 3] has size 2, not 1")
            .refuses(
                () -> floats(2, 3).squeeze(-3),
                "squeeze: axis -3 is out of range for shape [2, 3], which has the axes 0 to 1"));
  }
}
