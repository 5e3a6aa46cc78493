package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.inDoubles;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.special;
import static org.lawu.testkit.specification.Arguments.truths;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lawu.internal.operation.Cast;
import org.lawu.internal.operation.Concat;
import org.lawu.internal.operation.Where;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;
import org.lawu.testkit.SampleShapes;

/** {@code where}, {@code concat}, {@code stack} and {@code to}. */
final class TensorSpecifications {
  private static final Domain REALS = Domain.reals(-3, 3);
  private static final Domain WHOLE = Domain.integers(-9, 9);

  private TensorSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(wheres(), concats(), stacks(), casts())
        .flatMap(specifications -> specifications);
  }

  private static Stream<OperationSpecification> wheres() {
    Function<List<Tensor>, Tensor> where = in -> Tensor.where(in.get(0), in.get(1), in.get(2));
    return Stream.of(
        OperationSpecification.of("where", where)
            .inputs(Domain.truths(), REALS, REALS)
            .samples(SampleShapes.elementwise(3))
            .covers(Where.class)
            .refuses(
                () -> Tensor.where(floats(2), floats(2), floats(2)),
                "where: the mask must be BOOL, got FLOAT32 [2]; convert with .to(DType.BOOL)")
            .refuses(
                () -> Tensor.where(truths(2), floats(2), ints(2)),
                "where: element types differ: FLOAT32 [2] and INT32 [2]; convert one with"
                    + " .to(DType.FLOAT32)")
            .refuses(
                () -> Tensor.where(truths(2), floats(3), floats(3)),
                "where: shapes do not broadcast: [2] and [3] (axis -1: 2 vs 3); sizes must be"
                    + " equal or 1"),
        OperationSpecification.of("where, broadcast", where)
            .inputs(Domain.truths(), REALS, REALS)
            .samples(
                List.of(
                    sample(Shape.of(3, 1), Shape.of(17), Shape.SCALAR),
                    sample(Shape.SCALAR, Shape.of(3, 17), Shape.of(3, 1)),
                    sample(Shape.of(2, 3, 5), Shape.of(3, 5), Shape.of(1, 5)),
                    sample(Shape.of(1), Shape.of(1), Shape.of(0))))
            .tolerance(1e-5)
            .covers(Where.class),
        OperationSpecification.of("where of INT32", where)
            .inputs(Domain.truths(), WHOLE, WHOLE)
            .samples(SampleShapes.elementwise(3))
            .derivatives(0),
        OperationSpecification.of("where of BOOL", where)
            .inputs(Domain.truths(), Domain.truths(), Domain.truths())
            .samples(SampleShapes.elementwise(3))
            .derivatives(0));
  }

  private static Stream<OperationSpecification> concats() {
    return Stream.of(
        OperationSpecification.of("concat", in -> Tensor.concat(1, in))
            .inputs(REALS, REALS, REALS)
            .samples(
                List.of(
                    sample(Shape.of(2, 3), Shape.of(2, 1), Shape.of(2, 17)),
                    sample(Shape.of(2, 3, 5), Shape.of(2, 0, 5), Shape.of(2, 7, 5)),
                    sample(Shape.of(0, 1), Shape.of(0, 2), Shape.of(0, 3))))
            .covers(Concat.class)
            .refuses(
                () -> Tensor.concat(0, floats(2, 3), floats(2, 4)),
                "concat: shapes must agree except along axis 0: [2, 3] and [2, 4]")
            .refuses(
                () -> Tensor.concat(0, floats(2), floats(2, 1)),
                "concat: shapes must agree except along axis 0: [2] and [2, 1]")
            .refuses(
                () -> Tensor.concat(0, floats(2), ints(2)),
                "concat: element types differ: FLOAT32 [2] and INT32 [2]; convert one with"
                    + " .to(DType.FLOAT32)")
            .refuses(
                () -> Tensor.concat(1, floats(2), floats(2)),
                "concat: axis 1 is out of range for shape [2], which has the axis 0")
            .refuses(() -> Tensor.concat(0), "concat: needs at least one tensor"),
        OperationSpecification.of("concat along the last axis", in -> Tensor.concat(-1, in))
            .inputs(REALS, REALS)
            .samples(
                List.of(sample(Shape.of(7), Shape.of(33)), sample(Shape.of(3, 2), Shape.of(3, 5))))
            .covers(Concat.class),
        OperationSpecification.of("concat of one", in -> Tensor.concat(0, in))
            .samples(List.of(sample(Shape.of(3, 2))))
            .covers(Concat.class),
        OperationSpecification.of("concat of itself", unary(x -> Tensor.concat(0, x, x)))
            .samples(List.of(sample(Shape.of(3, 2))))
            .covers(Concat.class),
        OperationSpecification.of("concat of INT32", in -> Tensor.concat(0, in))
            .inputs(WHOLE, WHOLE)
            .samples(List.of(sample(Shape.of(3, 2), Shape.of(1, 2))))
            .derivatives(0),
        OperationSpecification.of("concat of BOOL", in -> Tensor.concat(0, in))
            .inputs(Domain.truths(), Domain.truths())
            .samples(List.of(sample(Shape.of(3, 2), Shape.of(1, 2))))
            .derivatives(0));
  }

  private static Stream<OperationSpecification> stacks() {
    return Stream.of(0, 1, -1)
        .map(axis ->
            OperationSpecification.of("stack at " + axis, in -> Tensor.stack(axis, in))
                .inputs(REALS, REALS, REALS)
                .samples(
                    Stream.of(Shape.of(17), Shape.of(3, 5), Shape.of(2, 0))
                        .map(shape -> sample(shape, shape, shape))
                        .toList())
                .covers(Concat.class)
                .refuses(
                    () -> Tensor.stack(axis, floats(2), floats(3)),
                    "stack: shapes must be equal: [2] and [3]")
                .refuses(
                    () -> Tensor.stack(2, floats(2), floats(2)),
                    "unsqueeze: position 2 is out of range for shape [2] (-2 to 1)")
                .refuses(() -> Tensor.stack(0), "stack: needs at least one tensor"));
  }

  private static Stream<OperationSpecification> casts() {
    return Stream.of(
        OperationSpecification.of("to FLOAT64", unary(x -> x.to(DType.FLOAT64)))
            .extreme(special())
            .covers(Cast.class),
        OperationSpecification.of("to INT32", unary(x -> x.to(DType.INT32)))
            .extreme(special())
            .derivatives(0)
            .covers(Cast.class),
        OperationSpecification.of("to BOOL", unary(x -> x.to(DType.BOOL)))
            .extreme(special())
            .derivatives(0)
            .covers(Cast.class),
        OperationSpecification.of("INT32 to FLOAT32", unary(x -> x.to(DType.FLOAT32)))
            .inputs(WHOLE)
            .reference(inDoubles(unary(x -> x)))
            .derivatives(0),
        OperationSpecification.of("BOOL to FLOAT32", unary(x -> x.to(DType.FLOAT32)))
            .inputs(Domain.truths())
            .reference(inDoubles(unary(x -> x)))
            .derivatives(0));
  }
}
