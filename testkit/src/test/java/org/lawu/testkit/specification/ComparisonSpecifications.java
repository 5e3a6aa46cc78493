package org.lawu.testkit.specification;

import static org.lawu.testkit.specification.Arguments.binary;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.inDoubles;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.special;
import static org.lawu.testkit.specification.Arguments.specialPairs;
import static org.lawu.testkit.specification.Arguments.truths;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.Compare;
import org.lawu.internal.operation.Logic;
import org.lawu.internal.operation.Not;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;
import org.lawu.testkit.SampleShapes;

/** The methods of {@link org.lawu.tensor.Comparisons}. */
final class ComparisonSpecifications {
  private ComparisonSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(
            comparison("equal", Tensor::equal, Tensor::equal),
            comparison("notEqual", Tensor::notEqual, Tensor::notEqual),
            ordering("less", Tensor::less, Tensor::less),
            ordering("lessEqual", Tensor::lessEqual, Tensor::lessEqual),
            ordering("greater", Tensor::greater, Tensor::greater),
            ordering("greaterEqual", Tensor::greaterEqual, Tensor::greaterEqual),
            logic())
        .flatMap(specifications -> specifications);
  }

  private static OperationSpecification plain(String name, BinaryOperator<Tensor> function) {
    return OperationSpecification.of(name, binary(function))
        .samples(SampleShapes.broadcast())
        .derivatives(0);
  }

  private static OperationSpecification ofTensors(String name, BinaryOperator<Tensor> function) {
    return plain(name, function)
        .inputs(Domain.reals(-3, 3), Domain.reals(-3, 3))
        .extreme(specialPairs())
        .covers(Compare.class)
        .refuses(
            () -> function.apply(floats(2), floats(3)),
            name
                + ": shapes do not broadcast: [2] and [3] (axis -1: 2 vs 3); sizes must be equal"
                + " or 1")
        .refuses(
            () -> function.apply(ints(2), floats(2)),
            name
                + ": element types differ: INT32 [2] and FLOAT32 [2]; convert one with"
                + " .to(DType.INT32)");
  }

  private static Stream<OperationSpecification> rest(
      String name, BinaryOperator<Tensor> function, BiFunction<Tensor, Double, Tensor> withNumber) {
    Domain few = Domain.integers(-2, 2);
    return Stream.of(
        plain(name + " of INT32", function).inputs(few, few).reference(inDoubles(binary(function))),
        OperationSpecification.of(name + " with a number", unary(x -> withNumber.apply(x, 0.5)))
            .extreme(special())
            .derivatives(0));
  }

  private static Stream<OperationSpecification> comparison(
      String name, BinaryOperator<Tensor> function, BiFunction<Tensor, Double, Tensor> withNumber) {
    OperationSpecification ofTruths =
        plain(name + " of BOOL", function)
            .inputs(Domain.truths(), Domain.truths())
            .reference(inDoubles(binary(function)));
    return Stream.concat(
        Stream.of(ofTensors(name, function), ofTruths), rest(name, function, withNumber));
  }

  private static Stream<OperationSpecification> ordering(
      String name, BinaryOperator<Tensor> function, BiFunction<Tensor, Double, Tensor> withNumber) {
    OperationSpecification ordering =
        ofTensors(name, function)
            .refuses(
                () -> function.apply(truths(2), truths(2)),
                name + ": BOOL has no order; use equal or notEqual");
    return Stream.concat(Stream.of(ordering), rest(name, function, withNumber));
  }

  private static OperationSpecification logic(
      String name, BinaryOperator<Tensor> function, BinaryOperator<Tensor> inDoubles) {
    return plain(name, function)
        .inputs(Domain.truths(), Domain.truths())
        .reference(in -> inDoubles.apply(number(in.get(0)), number(in.get(1))).to(DType.BOOL))
        .covers(Logic.class)
        .refuses(
            () -> function.apply(truths(2), truths(3)),
            name
                + ": shapes do not broadcast: [2] and [3] (axis -1: 2 vs 3); sizes must be equal"
                + " or 1")
        .refuses(
            () -> function.apply(floats(2), truths(2)),
            name
                + ": the first operand must be BOOL, got FLOAT32 [2]; convert with .to(DType.BOOL)")
        .refuses(
            () -> function.apply(truths(2), ints(2)),
            name
                + ": the second operand must be BOOL, got INT32 [2]; convert with .to(DType.BOOL)");
  }

  private static Tensor number(Tensor x) {
    return x.to(DType.FLOAT64);
  }

  private static Stream<OperationSpecification> logic() {
    return List.of(
        logic("and", Tensor::and, Tensor::mul),
        logic("or", Tensor::or, Tensor::add),
        OperationSpecification.of("not", unary(Tensor::not))
            .inputs(Domain.truths())
            .reference(in -> number(in.getFirst()).neg().add(1).to(DType.BOOL))
            .derivatives(0)
            .covers(Not.class)
            .refuses(
                () -> floats(2).not(),
                "not: the operand must be BOOL, got FLOAT32 [2]; convert with"
                    + " .to(DType.BOOL)"))
        .stream();
  }
}
