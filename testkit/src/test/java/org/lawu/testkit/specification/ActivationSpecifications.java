package org.lawu.testkit.specification;

import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.special;
import static org.lawu.testkit.specification.Arguments.truths;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lawu.internal.operation.Elu;
import org.lawu.internal.operation.Gelu;
import org.lawu.internal.operation.GeluTanh;
import org.lawu.internal.operation.HardSwish;
import org.lawu.internal.operation.LeakyRelu;
import org.lawu.internal.operation.LogSoftmax;
import org.lawu.internal.operation.Mish;
import org.lawu.internal.operation.Relu;
import org.lawu.internal.operation.Selu;
import org.lawu.internal.operation.Sigmoid;
import org.lawu.internal.operation.Silu;
import org.lawu.internal.operation.Softmax;
import org.lawu.internal.operation.Softplus;
import org.lawu.internal.operation.Tanh;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;
import org.lawu.testkit.SampleShapes;

/** The methods of {@link org.lawu.tensor.Activations}. */
final class ActivationSpecifications {
  private static final Domain WITHOUT_KINK = Domain.realsAwayFrom(-3, 3, 0);

  private ActivationSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(
            elementwise().stream(),
            alongAxes("softmax", Tensor::softmax, Softmax.class, Softmax.Gradient.class),
            alongAxes(
                "logSoftmax", Tensor::logSoftmax, LogSoftmax.class, LogSoftmax.Gradient.class))
        .flatMap(specifications -> specifications);
  }

  private static OperationSpecification activation(
      String name, UnaryOperator<Tensor> function, Class<?>... types) {
    return OperationSpecification.of(name, unary(function))
        .extreme(special())
        .covers(types)
        .refuses(
            () -> function.apply(truths(2)),
            name + ": needs FLOAT32 or FLOAT64, got BOOL [2]; convert with .to(DType.FLOAT32)");
  }

  private static OperationSpecification real(
      String name, UnaryOperator<Tensor> function, Class<?>... types) {
    return activation(name, function, types)
        .refuses(
            () -> function.apply(ints(2)),
            name + ": needs FLOAT32 or FLOAT64, got INT32 [2]; convert with .to(DType.FLOAT32)");
  }

  private static List<OperationSpecification> elementwise() {
    return List.of(
        activation("relu", Tensor::relu, Relu.class, Relu.Gradient.class).inputs(WITHOUT_KINK),
        real("leakyRelu", x -> x.leakyRelu(0.2), LeakyRelu.class).inputs(WITHOUT_KINK),
        real("sigmoid", Tensor::sigmoid, Sigmoid.class, Sigmoid.Gradient.class),
        real("tanh", Tensor::tanh, Tanh.class, Tanh.Gradient.class),
        real("gelu", Tensor::gelu, Gelu.class, Gelu.Gradient.class),
        real("geluTanh", Tensor::geluTanh, GeluTanh.class, GeluTanh.Gradient.class),
        real("silu", Tensor::silu, Silu.class, Silu.Gradient.class),
        real("softplus", Tensor::softplus, Softplus.class),
        real("elu", x -> x.elu(0.7), Elu.class)
            .inputs(WITHOUT_KINK)
            .refuses(
                () -> floats(2).elu(Double.POSITIVE_INFINITY),
                "elu: alpha must be finite, got Infinity"),
        real("selu", Tensor::selu, Selu.class).inputs(WITHOUT_KINK),
        real("mish", Tensor::mish, Mish.class),
        real("hardSwish", Tensor::hardSwish, HardSwish.class).inputs(Domain.reals(-2.9, 2.9)),
        OperationSpecification.of("hardSwish below -3", unary(Tensor::hardSwish))
            .inputs(Domain.reals(-6, -3.1)),
        OperationSpecification.of("hardSwish above 3", unary(Tensor::hardSwish))
            .inputs(Domain.reals(3.1, 6)));
  }

  private static Stream<OperationSpecification> alongAxes(
      String name, BiFunction<Tensor, Integer, Tensor> function, Class<?>... types) {
    return IntStream.of(0, 1, 2, -1)
        .mapToObj(axis ->
            OperationSpecification.of(
                    name + " along axis " + axis,
                    unary(x -> function.apply(x, x.rank() == 2 ? -1 : axis)))
                .samples(SampleShapes.cubesAndEmpty())
                .tolerance(2e-6)
                .extreme(Tensor.of(new float[] {1000, -1000, 0, 88, 89, 1000}, 2, 3))
                .extreme(
                    Tensor.of(new float[] {0, Float.NEGATIVE_INFINITY, 1, Float.NaN, 1, 2}, 2, 3))
                .covers(types)
                .refuses(
                    () -> function.apply(floats(2, 3), 2),
                    name
                        + ": axis 2 is out of range for shape [2, 3], which has the axes 0 to"
                        + " 1")
                .refuses(
                    () -> function.apply(ints(2, 3), 1),
                    name
                        + ": needs FLOAT32 or FLOAT64, got INT32 [2, 3]; convert with"
                        + " .to(DType.FLOAT32)"));
  }
}
