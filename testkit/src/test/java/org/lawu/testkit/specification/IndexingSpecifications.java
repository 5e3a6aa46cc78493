package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.Gather;
import org.lawu.internal.operation.IndexSelect;
import org.lawu.internal.operation.OneHot;
import org.lawu.internal.operation.Slice;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;

/** The methods of {@link org.lawu.tensor.Indexing}. */
final class IndexingSpecifications {
  private static final Domain REALS = Domain.reals(-3, 3);

  private IndexingSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(slices(), indexSelects(), gathers(), oneHots())
        .flatMap(specifications -> specifications);
  }

  private static OperationSpecification slice(String name, UnaryOperator<Tensor> function) {
    return OperationSpecification.of(name, unary(function))
        .samples(
            List.of(
                sample(Shape.of(3, 7, 5)), sample(Shape.of(3, 17, 1)), sample(Shape.of(3, 7, 0))))
        .covers(Slice.class, Slice.Scatter.class);
  }

  private static Stream<OperationSpecification> slices() {
    return Stream.of(
        slice("slice", x -> x.slice(1, 2, 5))
            .refuses(
                () -> floats(2, 3).slice(1, 0, 4),
                "slice: 0 to 4 step 1 is out of range for axis 1 of [2, 3] (0 to 3, step at least"
                    + " 1)")
            .refuses(
                () -> floats(2, 3).slice(1, 2, 1),
                "slice: 2 to 1 step 1 is out of range for axis 1 of [2, 3] (0 to 3, step at least"
                    + " 1)")
            .refuses(
                () -> floats(2, 3).slice(1, 0, 3, 0),
                "slice: 0 to 3 step 0 is out of range for axis 1 of [2, 3] (0 to 3, step at least"
                    + " 1)")
            .refuses(
                () -> floats(2, 3).slice(2, 0, 1),
                "slice: axis 2 is out of range for shape [2, 3], which has the axes 0 to 1"),
        slice("slice from the end", x -> x.slice(1, -6, -1)),
        slice("slice with a step", x -> x.slice(1, 1, 7, 3)),
        slice("slice of nothing", x -> x.slice(1, 2, 2)),
        slice("slice of a slice", x -> x.slice(1, 1, 6).slice(0, 1, 3).slice(1, 0, 5, 2)),
        slice("select", x -> x.select(1, 4))
            .refuses(
                () -> floats(2, 3).select(1, 3),
                "select: index 3 is out of range for axis 1 of [2, 3]"),
        slice("select from the end", x -> x.select(0, -1)));
  }

  private static OperationSpecification indexSelect(int axis, List<List<Shape>> samples) {
    return OperationSpecification.of(
            "indexSelect along axis " + axis, in -> in.get(0).indexSelect(axis, in.get(1)))
        .inputs(REALS, Domain.integers(0, 3))
        .samples(samples)
        // Gradients of slices named more than once add up.
        .tolerance(1e-5)
        .covers(IndexSelect.class, IndexSelect.Scatter.class)
        .refuses(
            () -> floats(2, 3).indexSelect(0, Tensor.of(0, 2)),
            "indexSelect: index 2 at position [1] is out of range 0 to 1")
        .refuses(
            () -> floats(2, 3).indexSelect(0, Tensor.of(-1)),
            "indexSelect: index -1 at position [0] is out of range 0 to 1")
        .refuses(
            () -> floats(2, 3).indexSelect(0, ints(1, 1)),
            "indexSelect: the index must be a vector, got [1, 1]; flatten it with reshape(-1)")
        .refuses(
            () -> floats(2, 3).indexSelect(0, floats(1)),
            "indexSelect: the index must be INT32, got FLOAT32 [1]; convert with .to(DType.INT32)")
        .refuses(
            () -> floats(2, 3).indexSelect(2, ints(1)),
            "indexSelect: axis 2 is out of range for shape [2, 3], which has the axes 0 to 1");
  }

  private static Stream<OperationSpecification> indexSelects() {
    return Stream.of(
        indexSelect(
            0,
            List.of(
                sample(Shape.of(3), Shape.of(7)),
                sample(Shape.of(3, 17), Shape.of(33)),
                sample(Shape.of(5, 2, 3), Shape.of(1)),
                sample(Shape.of(3, 0), Shape.of(2)),
                sample(Shape.of(3, 2), Shape.of(0)))),
        indexSelect(
            -2,
            List.of(
                sample(Shape.of(2, 3, 17), Shape.of(7)), sample(Shape.of(2, 3, 1), Shape.of(0)))),
        indexSelect(2, List.of(sample(Shape.of(2, 5, 3), Shape.of(9)))),
        OperationSpecification.of("indexSelect of INT32", in -> in.get(0).indexSelect(1, in.get(1)))
            .inputs(Domain.integers(-9, 9), Domain.integers(0, 3))
            .samples(List.of(sample(Shape.of(2, 3, 5), Shape.of(4))))
            .derivatives(0));
  }

  private static OperationSpecification gather(int axis, List<List<Shape>> samples) {
    return OperationSpecification.of(
            "gather along axis " + axis, in -> in.get(0).gather(axis, in.get(1)))
        .inputs(REALS, Domain.integers(0, 3))
        .samples(samples)
        .tolerance(1e-5)
        .covers(Gather.class, Gather.Scatter.class)
        .refuses(
            () -> floats(2, 3).gather(1, Tensor.of(new int[] {0, 3}, 2, 1)),
            "gather: index 3 at position [1, 0] is out of range 0 to 2")
        .refuses(
            () -> floats(2, 3).gather(1, ints(3, 1)),
            "gather: the index [3, 1] must have as many axes as [2, 3] and, except on axis 1, at"
                + " most its sizes")
        .refuses(
            () -> floats(2, 3).gather(1, ints(2)),
            "gather: the index [2] must have as many axes as [2, 3] and, except on axis 1, at most"
                + " its sizes")
        .refuses(
            () -> floats(2, 3).gather(1, floats(2, 1)),
            "gather: the index must be INT32, got FLOAT32 [2, 1]; convert with .to(DType.INT32)")
        .refuses(
            () -> floats(2, 3).gather(2, ints(2, 1)),
            "gather: axis 2 is out of range for shape [2, 3], which has the axes 0 to 1");
  }

  private static Stream<OperationSpecification> gathers() {
    return Stream.of(
        gather(
            0,
            List.of(
                sample(Shape.of(3), Shape.of(17)),
                sample(Shape.of(4, 7), Shape.of(9, 7)),
                sample(Shape.of(4, 7), Shape.of(9, 2)),
                sample(Shape.of(3, 2), Shape.of(0, 2)))),
        gather(
            1,
            List.of(
                sample(Shape.of(5, 3), Shape.of(5, 1)),
                sample(Shape.of(5, 3), Shape.of(2, 7)),
                sample(Shape.of(2, 3, 17), Shape.of(2, 2, 17)))),
        gather(-1, List.of(sample(Shape.of(2, 5, 3), Shape.of(2, 5, 33)))),
        OperationSpecification.of("gather of INT32", in -> in.get(0).gather(1, in.get(1)))
            .inputs(Domain.integers(-9, 9), Domain.integers(0, 3))
            .samples(List.of(sample(Shape.of(4, 3), Shape.of(4, 5))))
            .derivatives(0));
  }

  private static Stream<OperationSpecification> oneHots() {
    return Stream.of(
        OperationSpecification.of("oneHot", unary(x -> x.oneHot(5)))
            .inputs(Domain.integers(0, 5))
            .reference(in ->
                in.getFirst()
                    .unsqueeze(-1)
                    .to(DType.FLOAT64)
                    .equal(Tensor.arange(5).to(DType.FLOAT64)))
            .derivatives(0)
            .covers(OneHot.class)
            .refuses(
                () -> Tensor.of(new int[] {0, 1, 5}, 1, 3).oneHot(5),
                "oneHot: label 5 at position [0, 2] is out of range 0 to 4")
            .refuses(() -> ints(2).oneHot(0), "oneHot: classes must be at least 1, got 0")
            .refuses(
                () -> floats(2).oneHot(3),
                "oneHot: the labels must be INT32, got FLOAT32 [2]; convert with"
                    + " .to(DType.INT32)"));
  }
}
