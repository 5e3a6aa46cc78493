package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.binary;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.inDoubles;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.special;
import static org.lawu.testkit.specification.Arguments.specialPairs;
import static org.lawu.testkit.specification.Arguments.truths;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.Abs;
import org.lawu.internal.operation.Add;
import org.lawu.internal.operation.Clamp;
import org.lawu.internal.operation.Cos;
import org.lawu.internal.operation.Div;
import org.lawu.internal.operation.Erf;
import org.lawu.internal.operation.Exp;
import org.lawu.internal.operation.Floor;
import org.lawu.internal.operation.Log;
import org.lawu.internal.operation.Log1p;
import org.lawu.internal.operation.Maximum;
import org.lawu.internal.operation.Minimum;
import org.lawu.internal.operation.Mul;
import org.lawu.internal.operation.MulAdd;
import org.lawu.internal.operation.Neg;
import org.lawu.internal.operation.Pow;
import org.lawu.internal.operation.Reciprocal;
import org.lawu.internal.operation.Round;
import org.lawu.internal.operation.Rsqrt;
import org.lawu.internal.operation.Sign;
import org.lawu.internal.operation.Sin;
import org.lawu.internal.operation.Sqrt;
import org.lawu.internal.operation.Square;
import org.lawu.internal.operation.Sub;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;
import org.lawu.testkit.SampleShapes;

/** The methods of {@link org.lawu.tensor.Arithmetic}. */
final class ArithmeticSpecifications {
  private static final Domain POSITIVE = Domain.reals(0.2, 3);

  private ArithmeticSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(
            ofTwoTensors(), ofNumbers(), ofOneTensor(), ofWholeNumbers(), List.of(mulAdd()))
        .flatMap(List::stream);
  }

  private static OperationSpecification mulAdd() {
    Domain reals = Domain.reals(-3, 3);
    return OperationSpecification.of("mulAdd", in -> in.get(0).mulAdd(in.get(1), in.get(2)))
        .reference(in -> in.get(0).mul(in.get(1)).add(in.get(2)))
        .inputs(reals, reals, reals)
        .samples(
            List.of(
                sample(Shape.SCALAR, Shape.SCALAR, Shape.SCALAR),
                sample(Shape.of(37), Shape.of(37), Shape.of(37)),
                sample(Shape.of(3, 17), Shape.of(3, 17), Shape.of(3, 17)),
                sample(Shape.of(3, 17), Shape.of(17), Shape.of(3, 1)),
                sample(Shape.of(5), Shape.of(5), Shape.of(2, 5)),
                sample(Shape.of(0, 3), Shape.of(0, 3), Shape.of(3))))
        .covers(MulAdd.class)
        .refuses(
            () -> floats(2, 3).mulAdd(floats(3), floats(2)),
            "mulAdd: shapes do not broadcast: [2, 3] and [2] (axis -1: 3 vs 2); sizes must be equal"
                + " or 1")
        .refuses(
            () -> floats(2).mulAdd(floats(2), ints(2)),
            "mulAdd: element types differ: FLOAT32 [2] and INT32 [2]; convert one with"
                + " .to(DType.FLOAT32)")
        .refuses(
            () -> ints(2).mulAdd(ints(2), ints(2)),
            "mulAdd: needs FLOAT32 or FLOAT64, got INT32 [2]; convert with .to(DType.FLOAT32)");
  }

  private static OperationSpecification two(
      String name, BinaryOperator<Tensor> function, Class<?> type) {
    return OperationSpecification.of(name, binary(function))
        .inputs(Domain.reals(-3, 3), Domain.reals(-3, 3))
        .samples(SampleShapes.broadcast())
        .extreme(specialPairs())
        .covers(type)
        .refuses(
            () -> function.apply(floats(4, 2), floats(4, 3)),
            name
                + ": shapes do not broadcast: [4, 2] and [4, 3] (axis -1: 2 vs 3); sizes must be"
                + " equal or 1")
        .refuses(
            () -> function.apply(floats(2), ints(2)),
            name
                + ": element types differ: FLOAT32 [2] and INT32 [2]; convert one with"
                + " .to(DType.FLOAT32)")
        .refuses(
            () -> function.apply(truths(2), truths(2)),
            name + ": BOOL is not supported; convert with .to(DType.FLOAT32) first");
  }

  private static List<OperationSpecification> ofTwoTensors() {
    return List.of(
        two("add", Tensor::add, Add.class),
        two("sub", Tensor::sub, Sub.class),
        two("mul", Tensor::mul, Mul.class),
        two("maximum", Tensor::maximum, Maximum.class),
        two("minimum", Tensor::minimum, Minimum.class),
        two("div", Tensor::div, Div.class)
            .inputs(Domain.reals(-3, 3), POSITIVE)
            .refuses(
                () -> ints(2).div(ints(2)),
                "div: INT32 is not supported; convert with .to(DType.FLOAT32) first"),
        two("pow", Tensor::pow, Pow.class)
            .inputs(POSITIVE, Domain.reals(-3, 3))
            .tolerance(5e-6)
            .refuses(
                () -> ints(2).pow(ints(2)),
                "pow: INT32 is not supported; convert with .to(DType.FLOAT32) first"));
  }

  private static OperationSpecification number(String name, UnaryOperator<Tensor> function) {
    return OperationSpecification.of(name + " with a number", unary(function)).extreme(special());
  }

  private static List<OperationSpecification> ofNumbers() {
    return List.of(
        number("add", x -> x.add(2.5))
            .refuses(
                () -> ints(2).add(0.5),
                "full: 0.5 is no INT32 value; convert the tensor with .to(DType.FLOAT32) first"),
        number("sub", x -> x.sub(2.5)),
        number("mul", x -> x.mul(-2.5)),
        number("div", x -> x.div(2.5)),
        number("pow, cube", x -> x.pow(3)).tolerance(5e-6),
        number("pow, square root", x -> x.pow(0.5)).inputs(POSITIVE).tolerance(5e-6),
        number("maximum", x -> x.maximum(0.5)).inputs(Domain.realsAwayFrom(-3, 3, 0.5)),
        number("minimum", x -> x.minimum(0.5)).inputs(Domain.realsAwayFrom(-3, 3, 0.5)));
  }

  private static OperationSpecification one(
      String name, UnaryOperator<Tensor> function, Class<?> type) {
    return OperationSpecification.of(name, unary(function))
        .extreme(special())
        .covers(type)
        .refuses(
            () -> function.apply(truths(2)),
            name + ": needs FLOAT32 or FLOAT64, got BOOL [2]; convert with .to(DType.FLOAT32)");
  }

  private static OperationSpecification real(
      String name, UnaryOperator<Tensor> function, Class<?> type) {
    return one(name, function, type)
        .refuses(
            () -> function.apply(ints(2)),
            name + ": needs FLOAT32 or FLOAT64, got INT32 [2]; convert with .to(DType.FLOAT32)");
  }

  private static List<OperationSpecification> ofOneTensor() {
    return List.of(
        one("neg", Tensor::neg, Neg.class),
        one("abs", Tensor::abs, Abs.class).inputs(Domain.realsAwayFrom(-3, 3, 0)),
        one("sign", Tensor::sign, Sign.class).derivatives(0),
        one("square", Tensor::square, Square.class),
        real("sqrt", Tensor::sqrt, Sqrt.class).inputs(POSITIVE),
        real("exp", Tensor::exp, Exp.class),
        real("log", Tensor::log, Log.class).inputs(POSITIVE),
        real("clamp", x -> x.clamp(-1, 0.5), Clamp.class)
            .refuses(
                () -> floats(2).clamp(1, 0), "clamp: min must not be above max, got 1.0 and 0.0"),
        real("sin", Tensor::sin, Sin.class),
        real("cos", Tensor::cos, Cos.class),
        real("erf", Tensor::erf, Erf.class),
        real("rsqrt", Tensor::rsqrt, Rsqrt.class).inputs(POSITIVE),
        real("reciprocal", Tensor::reciprocal, Reciprocal.class).inputs(POSITIVE),
        real("log1p", Tensor::log1p, Log1p.class).inputs(Domain.reals(-0.7, 3)),
        one("floor", Tensor::floor, Floor.class).derivatives(0),
        one("round", Tensor::round, Round.class)
            .derivatives(0)
            .extreme(Tensor.of(-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f, 8388607.5f)));
  }

  private static OperationSpecification whole(String name, BinaryOperator<Tensor> function) {
    return OperationSpecification.of(name + " of INT32", binary(function))
        .reference(inDoubles(binary(function)))
        .inputs(Domain.integers(-1000, 1000), Domain.integers(-1000, 1000))
        .samples(SampleShapes.broadcast())
        .derivatives(0);
  }

  private static OperationSpecification whole(String name, UnaryOperator<Tensor> function) {
    return OperationSpecification.of(name + " of INT32", unary(function))
        .reference(inDoubles(unary(function)))
        .inputs(Domain.integers(-1000, 1000))
        .derivatives(0);
  }

  private static List<OperationSpecification> ofWholeNumbers() {
    return List.of(
        whole("add", Tensor::add),
        whole("sub", Tensor::sub),
        whole("mul", Tensor::mul),
        whole("maximum", Tensor::maximum),
        whole("minimum", Tensor::minimum),
        whole("add a number", x -> x.add(7)),
        whole("neg", Tensor::neg),
        whole("abs", Tensor::abs),
        whole("sign", Tensor::sign),
        whole("square", Tensor::square),
        whole("relu", Tensor::relu),
        whole("floor", Tensor::floor),
        whole("round", Tensor::round));
  }
}
