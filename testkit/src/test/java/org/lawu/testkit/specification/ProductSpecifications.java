package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.binary;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;

import java.util.List;
import java.util.stream.Stream;
import org.lawu.internal.operation.CrossEntropy;
import org.lawu.internal.operation.Linear;
import org.lawu.internal.operation.MatMul;
import org.lawu.internal.operation.Softmax;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;

/** {@code matmul}, {@code linear} and {@code crossEntropy}. */
final class ProductSpecifications {
  private static final Domain REALS = Domain.reals(-1, 1);
  private static final double TOLERANCE = 1e-5;

  private ProductSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(matmuls(), linears(), crossEntropies())
        .flatMap(specifications -> specifications);
  }

  private static OperationSpecification matmul(String name, List<List<Shape>> samples) {
    return OperationSpecification.of("matmul " + name, binary(Tensor::matmul))
        .inputs(REALS, REALS)
        .samples(samples)
        .tolerance(TOLERANCE)
        .covers(MatMul.class);
  }

  private static Stream<OperationSpecification> matmuls() {
    return Stream.of(
        matmul(
                "of matrices",
                List.of(
                    sample(Shape.of(1, 1), Shape.of(1, 1)),
                    sample(Shape.of(7, 1), Shape.of(1, 17)),
                    sample(Shape.of(1, 17), Shape.of(17, 1)),
                    sample(Shape.of(1, 17), Shape.of(17, 33)),
                    sample(Shape.of(13, 7), Shape.of(7, 35)),
                    sample(Shape.of(3, 67), Shape.of(67, 2)),
                    sample(Shape.of(0, 3), Shape.of(3, 2)),
                    sample(Shape.of(2, 3), Shape.of(3, 0)),
                    sample(Shape.of(2, 0), Shape.of(0, 3))))
            // Larger than what kernels pack at once, with a remainder in every size.
            .extreme(
                Tensor.normal(new Philox(1), 0, 1, 70, 300),
                Tensor.normal(new Philox(2), 0, 1, 300, 131))
            .extreme(
                Tensor.normal(new Philox(1), 0, 1, 300, 70).transpose(),
                Tensor.normal(new Philox(2), 0, 1, 131, 300).transpose())
            .tolerance(2e-5)
            .refuses(
                () -> floats(2, 3).matmul(floats(2, 3)),
                "matmul: inner sizes differ: [2, 3] x [2, 3] (3 vs 2)")
            .refuses(
                () -> floats(2, 3).matmul(floats()),
                "matmul: needs vectors or matrices, got [2, 3] x []; use mul for scalars")
            .refuses(
                () -> ints(2, 3).matmul(ints(3, 2)),
                "matmul: needs FLOAT32 or FLOAT64, got INT32 [2, 3]; convert with"
                    + " .to(DType.FLOAT32)")
            .refuses(
                () -> floats(2, 3).matmul(ints(3, 2)),
                "matmul: element types differ: FLOAT32 [2, 3] and INT32 [3, 2]; convert one with"
                    + " .to(DType.FLOAT32)"),
        matmul(
                "with vectors",
                List.of(
                    sample(Shape.of(17), Shape.of(17)),
                    sample(Shape.of(1), Shape.of(1)),
                    sample(Shape.of(0), Shape.of(0)),
                    sample(Shape.of(5, 17), Shape.of(17)),
                    sample(Shape.of(17), Shape.of(17, 5)),
                    sample(Shape.of(2, 3, 7), Shape.of(7)),
                    sample(Shape.of(7), Shape.of(2, 7, 3))))
            .refuses(
                () -> floats(2, 3).matmul(floats(2)),
                "matmul: inner sizes differ: [2, 3] x [2] (3 vs 2)")
            .refuses(
                () -> floats(3).matmul(floats(2)),
                "matmul: inner sizes differ: [3] x [2] (3 vs 2)"),
        matmul(
                "of batches",
                List.of(
                    sample(Shape.of(3, 5, 7), Shape.of(3, 7, 2)),
                    sample(Shape.of(2, 3, 4, 5), Shape.of(2, 3, 5, 6)),
                    sample(Shape.of(3, 5, 7), Shape.of(7, 2)),
                    sample(Shape.of(5, 7), Shape.of(3, 7, 2)),
                    sample(Shape.of(2, 1, 3, 5), Shape.of(4, 5, 2)),
                    sample(Shape.of(1, 3, 5), Shape.of(4, 5, 2)),
                    sample(Shape.of(0, 3, 5), Shape.of(5, 2)),
                    sample(Shape.of(0, 3, 5), Shape.of(0, 5, 2)),
                    sample(Shape.of(2, 3, 0), Shape.of(2, 0, 4))))
            .refuses(
                () -> floats(2, 3, 4).matmul(floats(3, 4, 5)),
                "matmul: shapes do not broadcast: [2] and [3] (axis -1: 2 vs 3); sizes must be"
                    + " equal or 1"));
  }

  private static Stream<OperationSpecification> linears() {
    return Stream.of(
        OperationSpecification.of("linear", binary(Tensor::linear))
            .inputs(REALS, REALS)
            .samples(
                List.of(
                    sample(Shape.of(4, 17), Shape.of(7, 17)),
                    sample(Shape.of(17), Shape.of(3, 17)),
                    sample(Shape.of(2, 3, 5), Shape.of(4, 5)),
                    sample(Shape.of(1, 1), Shape.of(1, 1)),
                    sample(Shape.of(0, 5), Shape.of(4, 5)),
                    sample(Shape.of(2, 0), Shape.of(4, 0)),
                    sample(Shape.of(2, 5), Shape.of(0, 5))))
            .tolerance(TOLERANCE)
            .covers(Linear.class)
            .refuses(
                () -> floats(2, 3).linear(floats(4, 5)),
                "linear: last axis must be 5, input is [2, 3] (weight [4, 5])")
            .refuses(
                () -> floats().linear(floats(4, 5)),
                "linear: last axis must be 5, input is [] (weight [4, 5])")
            .refuses(
                () -> floats(2, 3).linear(floats(3)),
                "linear: the weight must be [out, in], got [3]")
            .refuses(
                () -> ints(2, 3).linear(ints(4, 3)),
                "linear: needs FLOAT32 or FLOAT64, got INT32 [2, 3]; convert with"
                    + " .to(DType.FLOAT32)"),
        OperationSpecification.of("linear with bias", in -> in.get(0).linear(in.get(1), in.get(2)))
            .inputs(REALS, REALS, REALS)
            .samples(
                List.of(
                    sample(Shape.of(4, 17), Shape.of(7, 17), Shape.of(7)),
                    sample(Shape.of(17), Shape.of(3, 17), Shape.of(3)),
                    sample(Shape.of(2, 3, 5), Shape.of(33, 5), Shape.of(33)),
                    sample(Shape.of(0, 5), Shape.of(4, 5), Shape.of(4)),
                    sample(Shape.of(2, 0), Shape.of(4, 0), Shape.of(4))))
            .tolerance(TOLERANCE)
            .covers(Linear.class)
            .refuses(
                () -> floats(2, 3).linear(floats(4, 3), floats(3)),
                "linear: the bias must be [4], got [3] (weight [4, 3])")
            .refuses(
                () -> floats(2, 3).linear(floats(4, 3), ints(4)),
                "linear: element types differ: FLOAT32 [2, 3] and INT32 [4]; convert one with"
                    + " .to(DType.FLOAT32)"));
  }

  private static Stream<OperationSpecification> crossEntropies() {
    return Stream.of(
        OperationSpecification.of("crossEntropy", binary(Tensor::crossEntropy))
            .inputs(Domain.reals(-3, 3), Domain.integers(0, 3))
            .samples(
                List.of(
                    sample(Shape.of(1, 3), Shape.of(1)),
                    sample(Shape.of(7, 3), Shape.of(7)),
                    sample(Shape.of(3, 17), Shape.of(3)),
                    sample(Shape.of(33, 5), Shape.of(33)),
                    sample(Shape.of(0, 5), Shape.of(0))))
            .extreme(Tensor.of(new float[] {1000, 0, -1000, 0, 0, 0}, 2, 3), Tensor.of(1, 2))
            .tolerance(2e-6)
            .covers(CrossEntropy.class, CrossEntropy.Gradient.class, Softmax.Gradient.class)
            .refuses(
                () -> floats(2, 3).crossEntropy(Tensor.of(0, 3)),
                "crossEntropy: label 3 at position [1] is out of range 0 to 2")
            .refuses(
                () -> floats(2, 3).crossEntropy(ints(3)),
                "crossEntropy: needs logits [n, classes] and labels [n], got [2, 3] and [3]")
            .refuses(
                () -> floats(2).crossEntropy(ints(2)),
                "crossEntropy: needs logits [n, classes] and labels [n], got [2] and [2]")
            .refuses(
                () -> floats(2, 3).crossEntropy(floats(2)),
                "crossEntropy: the labels must be INT32, got FLOAT32 [2]; convert with"
                    + " .to(DType.INT32)")
            .refuses(
                () -> ints(2, 3).crossEntropy(ints(2)),
                "crossEntropy: needs FLOAT32 or FLOAT64, got INT32 [2, 3]; convert with"
                    + " .to(DType.FLOAT32)"));
  }
}
