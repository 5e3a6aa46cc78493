package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.truths;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.ScatterAdd;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;
import org.lawu.testkit.SampleShapes;

/** {@code tril}, {@code triu}, {@code maskedFill} and {@code scatterAdd}. */
final class MaskSpecifications {
  private static final Domain REALS = Domain.reals(-3, 3);

  private MaskSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(triangles(), maskedFills(), scatterAdds())
        .flatMap(specifications -> specifications);
  }

  private static OperationSpecification triangle(String name, UnaryOperator<Tensor> function) {
    return OperationSpecification.of(name, unary(function))
        .samples(SampleShapes.cubesAndEmpty())
        .refuses(
            () -> function.apply(floats(3)),
            name.substring(0, 4) + ": needs a matrix or a stack of matrices, got [3]");
  }

  private static Stream<OperationSpecification> triangles() {
    return Stream.of(
        triangle("tril", Tensor::tril),
        triangle("tril above", x -> x.tril(2)),
        triangle("tril below", x -> x.tril(-1)),
        triangle("triu", Tensor::triu),
        triangle("triu above", x -> x.triu(1)),
        triangle("triu below", x -> x.triu(-2)));
  }

  private static Stream<OperationSpecification> maskedFills() {
    return Stream.of(
        OperationSpecification.of("maskedFill", in -> in.get(0).maskedFill(in.get(1), -7.5))
            .inputs(REALS, Domain.truths())
            .samples(
                List.of(
                    sample(Shape.SCALAR, Shape.SCALAR),
                    sample(Shape.of(33), Shape.of(33)),
                    sample(Shape.of(2, 3, 17), Shape.of(3, 1)),
                    sample(Shape.of(2, 3, 17), Shape.of(17)),
                    sample(Shape.of(2, 0), Shape.of(1))))
            .refuses(
                () -> floats(3).maskedFill(truths(2, 3), 0),
                "maskedFill: the mask [2, 3] does not broadcast to [3]")
            .refuses(
                () -> floats(3).maskedFill(floats(3), 0),
                "maskedFill: the mask must be BOOL, got FLOAT32 [3]; convert with .to(DType.BOOL)")
            .refuses(
                () -> ints(3).maskedFill(truths(3), 0.5),
                "full: 0.5 is no INT32 value; convert the tensor with .to(DType.FLOAT32) first"));
  }

  private static OperationSpecification scatterAdd(int axis, List<List<Shape>> samples) {
    return OperationSpecification.of(
            "scatterAdd along axis " + axis, in -> in.get(0).scatterAdd(axis, in.get(1), in.get(2)))
        .inputs(REALS, Domain.integers(0, 3), REALS)
        .samples(samples)
        .tolerance(1e-5)
        .covers(ScatterAdd.class)
        .refuses(
            () -> floats(2, 3).scatterAdd(1, Tensor.of(new int[] {0, 3}, 2, 1), floats(2, 1)),
            "scatterAdd: index 3 at position [1, 0] is out of range 0 to 2")
        .refuses(
            () -> floats(2, 3).scatterAdd(1, ints(3, 1), floats(3, 1)),
            "scatterAdd: the index [3, 1] must have as many axes as [2, 3] and, except on axis 1,"
                + " at most its sizes")
        .refuses(
            () -> floats(2, 3).scatterAdd(1, ints(2, 2), floats(2, 1)),
            "scatterAdd: the index [2, 2] must have as many axes as the source [2, 1] and at most"
                + " its sizes")
        .refuses(
            () -> floats(2, 3).scatterAdd(1, floats(2, 1), floats(2, 1)),
            "scatterAdd: the index must be INT32, got FLOAT32 [2, 1]; convert with"
                + " .to(DType.INT32)")
        .refuses(
            () -> floats(2, 3).scatterAdd(1, ints(2, 1), ints(2, 1)),
            "scatterAdd: element types differ: FLOAT32 [2, 3] and INT32 [2, 1]; convert one with"
                + " .to(DType.FLOAT32)")
        .refuses(
            () -> ints(2, 3).scatterAdd(1, ints(2, 1), ints(2, 1)),
            "scatterAdd: needs FLOAT32 or FLOAT64, got INT32 [2, 3]; convert with"
                + " .to(DType.FLOAT32)")
        .refuses(
            () -> floats(2, 3).scatterAdd(2, ints(2, 1), floats(2, 1)),
            "scatterAdd: axis 2 is out of range for shape [2, 3], which has the axes 0 to 1");
  }

  private static Stream<OperationSpecification> scatterAdds() {
    return Stream.of(
        scatterAdd(
            0,
            List.of(
                sample(Shape.of(3), Shape.of(17), Shape.of(17)),
                sample(Shape.of(4, 7), Shape.of(9, 2), Shape.of(9, 2)),
                sample(Shape.of(4, 7), Shape.of(2, 3), Shape.of(5, 7)),
                sample(Shape.of(3, 2), Shape.of(0, 2), Shape.of(0, 2)))),
        scatterAdd(
            1,
            List.of(
                sample(Shape.of(5, 3), Shape.of(2, 7), Shape.of(2, 7)),
                sample(Shape.of(2, 3, 17), Shape.of(2, 2, 17), Shape.of(2, 4, 17)))),
        scatterAdd(-1, List.of(sample(Shape.of(2, 5, 3), Shape.of(2, 5, 9), Shape.of(2, 5, 9)))));
  }
}
