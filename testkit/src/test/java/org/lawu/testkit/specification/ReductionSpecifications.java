package org.lawu.testkit.specification;

import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.inDoubles;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.list;
import static org.lawu.testkit.specification.Arguments.truths;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.ArgMax;
import org.lawu.internal.operation.CumSum;
import org.lawu.internal.operation.Max;
import org.lawu.internal.operation.Min;
import org.lawu.internal.operation.Sum;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;
import org.lawu.testkit.SampleShapes;

/** The methods of {@link org.lawu.tensor.Reductions}. */
final class ReductionSpecifications {
  private static final List<int[]> AXES =
      List.of(
          new int[] {},
          new int[] {0},
          new int[] {1},
          new int[] {-1},
          new int[] {0, 1},
          new int[] {0, 2},
          new int[] {2, 1},
          new int[] {0, 1, 2});

  private static final double TOLERANCE = 1e-5;

  private ReductionSpecifications() {}

  /** A reduction in its general form. */
  @FunctionalInterface
  private interface Reduction {
    Tensor of(Tensor x, int[] axes, boolean keepDims);
  }

  static Stream<OperationSpecification> all() {
    return Stream.of(
            sums(),
            of("max", Tensor::max, Max.class).map(ReductionSpecifications::choosing),
            of("min", Tensor::min, Min.class).map(ReductionSpecifications::choosing),
            of("mean", Tensor::mean),
            of("variance", Tensor::variance),
            of("logSumExp", Tensor::logSumExp),
            of("standardDeviation", Tensor::standardDeviation)
                .map(specification -> specification.inputs(Domain.distinctReals(-3, 3))),
            of("norm", Tensor::norm)
                .map(specification -> specification.inputs(Domain.realsAwayFrom(-3, 3, 0))),
            prods(),
            cumSums(),
            shortForms(),
            argMax(),
            ofWholeNumbers(),
            refusals())
        .flatMap(specifications -> specifications);
  }

  private static Stream<OperationSpecification> of(
      String name, Reduction reduction, Class<?>... types) {
    return AXES.stream()
        .flatMap(
            axes -> Stream.of(false, true).map(keep -> of(name, reduction, axes, keep, types)));
  }

  private static OperationSpecification of(
      String name, Reduction reduction, int[] axes, boolean keepDims, Class<?>... types) {
    return OperationSpecification.of(
            "%s over axes %s%s".formatted(name, list(axes), keepDims ? ", kept" : ""),
            unary(x -> reduction.of(x, axes, keepDims)))
        .samples(SampleShapes.cubes())
        .tolerance(TOLERANCE)
        .covers(types)
        .refuses(
            () -> reduction.of(floats(2, 3), new int[] {2}, keepDims),
            name + ": axis 2 is out of range for shape [2, 3], which has the axes 0 to 1")
        .refuses(
            () -> reduction.of(floats(2, 3), new int[] {1, -1}, keepDims),
            name + ": axis 1 is named twice in [1, -1]; name each axis once");
  }

  private static Stream<OperationSpecification> sums() {
    return of("sum", Tensor::sum, Sum.class)
        .map(specification -> specification.samples(SampleShapes.cubesAndEmpty()));
  }

  /** Where NaN and infinities stand among other elements. */
  private static OperationSpecification choosing(OperationSpecification specification) {
    float[] elements = new float[3 * 5 * 20];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (i * 37) % 101 - 50;
    }
    elements[7] = Float.NaN;
    elements[160] = Float.POSITIVE_INFINITY;
    elements[290] = Float.NEGATIVE_INFINITY;
    return specification.inputs(Domain.distinctReals(-3, 3)).extreme(Tensor.of(elements, 3, 5, 20));
  }

  private static OperationSpecification shortForm(String name, UnaryOperator<Tensor> function) {
    return OperationSpecification.of(name, unary(function))
        .samples(
            List.of(List.of(Shape.of(1, 1)), List.of(Shape.of(3, 17)), List.of(Shape.of(5, 2, 9))))
        .tolerance(TOLERANCE);
  }

  private static OperationSpecification shortFormOfDistinct(
      String name, UnaryOperator<Tensor> function) {
    return shortForm(name, function).inputs(Domain.distinctReals(-3, 3));
  }

  private static Stream<OperationSpecification> shortForms() {
    Tensor large = Tensor.normal(new Philox(3), 0.1, 1, 3, 100_003);
    return Stream.of(
        shortForm("sum of all", Tensor::sum).extreme(large),
        shortForm("sum over an axis", x -> x.sum(1)).extreme(large).extreme(large.transpose()),
        shortFormOfDistinct("max of all", Tensor::max).extreme(large),
        shortFormOfDistinct("max over an axis", x -> x.max(1)).extreme(large),
        shortFormOfDistinct("min of all", Tensor::min).extreme(large),
        shortFormOfDistinct("min over an axis", x -> x.min(-2)).extreme(large),
        shortForm("mean of all", Tensor::mean).extreme(large),
        shortForm("mean over an axis", x -> x.mean(-1)).extreme(large),
        shortForm("variance of all", Tensor::variance).extreme(large.add(100)),
        shortForm("variance over an axis", x -> x.variance(0)),
        shortFormOfDistinct("standardDeviation of all", Tensor::standardDeviation)
            .refuses(
                () -> floats(2, 0).standardDeviation(1),
                "standardDeviation: shape [2, 0] has no elements along the axes [1]")
            .refuses(
                () -> ints(2).standardDeviation(),
                "standardDeviation: needs FLOAT32 or FLOAT64, got INT32 [2]; convert with"
                    + " .to(DType.FLOAT32)"),
        shortFormOfDistinct("standardDeviation over an axis", x -> x.standardDeviation(0)),
        shortForm("norm of all", Tensor::norm)
            .inputs(Domain.realsAwayFrom(-3, 3, 0))
            .extreme(large)
            .refuses(
                () -> ints(2).norm(),
                "norm: needs FLOAT32 or FLOAT64, got INT32 [2]; convert with .to(DType.FLOAT32)"),
        shortForm("norm over an axis", x -> x.norm(1))
            .inputs(Domain.realsAwayFrom(-3, 3, 0))
            .extreme(Tensor.zeros(2, 3)),
        shortForm("prod of all", Tensor::prod).inputs(Domain.reals(-1.5, 1.5)),
        shortForm("logSumExp of all", Tensor::logSumExp).extreme(large),
        shortForm("logSumExp over an axis", x -> x.logSumExp(1))
            .extreme(
                Tensor.of(
                    new float[] {
                      1000,
                      999,
                      Float.NEGATIVE_INFINITY,
                      Float.NEGATIVE_INFINITY,
                      Float.POSITIVE_INFINITY,
                      0,
                      Float.NaN,
                      0
                    },
                    4,
                    2)));
  }

  private static Stream<OperationSpecification> argMax() {
    Tensor ties = Tensor.of(new float[] {1, 3, 3, 2, Float.NaN, 7, 0, -0f, 0}, 3, 3, 1);
    return Stream.of(0, 1, 2, -1)
        .flatMap(axis ->
            Stream.of(false, true)
                .map(keep ->
                    OperationSpecification.of(
                        "argMax along axis %d%s".formatted(axis, keep ? ", kept" : ""),
                        unary(x -> x.argMax(axis, keep)))))
        .map(specification ->
            specification
                .samples(SampleShapes.cubes())
                .extreme(ties)
                .derivatives(0)
                .covers(ArgMax.class)
                .refuses(
                    () -> floats(2, 0).argMax(1),
                    "argMax: axis 1 of [2, 0] has no elements to choose from")
                .refuses(
                    () -> floats(2).argMax(1),
                    "argMax: axis 1 is out of range for shape [2], which has the axis 0")
                .refuses(
                    () -> ints(2).argMax(0),
                    "argMax: needs FLOAT32 or FLOAT64, got INT32 [2]; convert with"
                        + " .to(DType.FLOAT32)"));
  }

  private static Stream<OperationSpecification> prods() {
    return Stream.of(0, 1, 2, -1)
        .flatMap(axis ->
            Stream.of(false, true)
                .map(keep ->
                    OperationSpecification.of(
                        "prod over axis %d%s".formatted(axis, keep ? ", kept" : ""),
                        unary(x -> x.prod(axis, keep)))))
        .map(specification ->
            specification
                .samples(SampleShapes.cubesAndEmpty())
                .inputs(Domain.reals(-1.5, 1.5))
                .tolerance(TOLERANCE)
                .refuses(
                    () -> floats(2).prod(1),
                    "prod: axis 1 is out of range for shape [2], which has the axis 0")
                .refuses(
                    () -> ints(2).prod(),
                    "prod: needs FLOAT32 or FLOAT64, got INT32 [2]; convert with"
                        + " .to(DType.FLOAT32)"));
  }

  private static Stream<OperationSpecification> cumSums() {
    Stream<OperationSpecification> floats =
        Stream.of(0, 1, 2, -1)
            .map(axis ->
                OperationSpecification.of("cumSum along axis " + axis, unary(x -> x.cumSum(axis)))
                    .samples(SampleShapes.cubesAndEmpty())
                    .tolerance(TOLERANCE)
                    .covers(CumSum.class)
                    .refuses(
                        () -> floats(2).cumSum(1),
                        "cumSum: axis 1 is out of range for shape [2], which has the axis 0")
                    .refuses(
                        () -> truths(2).cumSum(0),
                        "cumSum: BOOL is not supported; convert with .to(DType.FLOAT32) first")
                    .refuses(
                        () -> Tensor.of(Integer.MAX_VALUE, 1).cumSum(0),
                        "cumSum: the sum 2147483648 does not fit INT32; convert with"
                            + " .to(DType.FLOAT64) first"));
    return Stream.concat(floats, Stream.of(whole("cumSum", x -> x.cumSum(1))));
  }

  private static OperationSpecification whole(String name, UnaryOperator<Tensor> function) {
    return OperationSpecification.of(name + " of INT32", unary(function))
        .inputs(Domain.integers(-1000, 1000))
        .reference(inDoubles(unary(function)))
        .samples(SampleShapes.cubes())
        .derivatives(0);
  }

  private static Stream<OperationSpecification> ofWholeNumbers() {
    Tensor large = Tensor.of(2_000_000_000, 2_000_000_000);
    return Stream.of(
        whole("sum", x -> x.sum(1))
            .refuses(
                large::sum,
                "sum: the result 4000000000 does not fit INT32; convert with .to(DType.FLOAT64)"
                    + " first"),
        whole("sum over two axes", x -> x.sum(new int[] {0, 2}, true)),
        whole("max", x -> x.max(0)).extreme(large),
        whole("min", x -> x.min(-1)).extreme(large));
  }

  private static Stream<OperationSpecification> refusals() {
    return Stream.of(
        OperationSpecification.of("reductions of nothing", unary(Tensor::sum))
            .refuses(
                () -> floats(2, 0, 3).max(1),
                "max: shape [2, 0, 3] has no elements along the axes [1]; there is nothing to"
                    + " choose from")
            .refuses(
                () -> floats(0).min(),
                "min: shape [0] has no elements along the axes [0]; there is nothing to choose"
                    + " from")
            .refuses(
                () -> floats(2, 0).mean(1), "mean: shape [2, 0] has no elements along the axes [1]")
            .refuses(
                () -> floats(2, 0).variance(),
                "variance: shape [2, 0] has no elements along the axes [0, 1]"),
        OperationSpecification.of("reductions of BOOL", unary(Tensor::sum))
            .refuses(
                () -> truths(2).sum(),
                "sum: BOOL is not supported; convert with .to(DType.FLOAT32) first")
            .refuses(
                () -> truths(2).max(),
                "max: BOOL is not supported; convert with .to(DType.FLOAT32) first")
            .refuses(
                () -> truths(2).min(),
                "min: BOOL is not supported; convert with .to(DType.FLOAT32) first"));
  }
}
