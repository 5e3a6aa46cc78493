package org.lawu.testkit.specification;

import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.special;
import static org.lawu.testkit.specification.Arguments.truths;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.ArgSort;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;
import org.lawu.testkit.SampleShapes;

/** {@code sort}, {@code argSort} and {@code topK}. */
final class OrderSpecifications {

  private OrderSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(sorts(), argSorts(), topKs()).flatMap(specifications -> specifications);
  }

  private static OperationSpecification of(String name, UnaryOperator<Tensor> function) {
    return OperationSpecification.of(name, unary(function))
        .samples(SampleShapes.cubesAndEmpty())
        .inputs(Domain.distinctReals(-3, 3))
        .covers(ArgSort.class);
  }

  private static Stream<OperationSpecification> sorts() {
    return Stream.of(0, 1, -1)
        .flatMap(axis ->
            Stream.of(
                of("sort along axis " + axis, x -> x.sort(axis))
                    .extreme(special().reshape(-1, 1, 7))
                    .refuses(
                        () -> floats(2).sort(1),
                        "sort: axis 1 is out of range for shape [2], which has the axis 0"),
                of("sort along axis %d, falling".formatted(axis), x -> x.sort(axis, true))
                    .extreme(special().reshape(-1, 1, 7)),
                of("sort along axis %d of INT32".formatted(axis), x -> x.sort(axis))
                    .inputs(Domain.integers(-9, 9))
                    .derivatives(0)));
  }

  private static Stream<OperationSpecification> argSorts() {
    return Stream.of(false, true)
        .map(descending ->
            of("argSort" + (descending ? ", falling" : ""), x -> x.argSort(0, descending))
                .extreme(special())
                .derivatives(0)
                .refuses(
                    () -> floats(2).argSort(1),
                    "argSort: axis 1 is out of range for shape [2], which has the axis 0")
                .refuses(
                    () -> truths(2).argSort(0),
                    "argSort: BOOL is not supported; convert with .to(DType.INT32) first"));
  }

  private static Stream<OperationSpecification> topKs() {
    return Stream.of(
        of("topK, values", x -> x.topK(Math.min(3, x.size(1)), 1).values())
            .refuses(
                () -> floats(2, 3).topK(4, 1).values(),
                "topK: k must be 0 to 3, the size of axis 1 of [2, 3], got 4")
            .refuses(
                () -> floats(2, 3).topK(-1, 1).values(),
                "topK: k must be 0 to 3, the size of axis 1 of [2, 3], got -1")
            .refuses(
                () -> floats(2).topK(1, 1).values(),
                "topK: axis 1 is out of range for shape [2], which has the axis 0"),
        of("topK, indices", x -> x.topK(Math.min(3, x.size(-1)), -1).indices()).derivatives(0));
  }
}
