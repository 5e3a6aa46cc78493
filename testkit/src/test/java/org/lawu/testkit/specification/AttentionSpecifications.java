package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.internal.operation.Attention;
import org.lawu.random.Philox;
import org.lawu.tensor.DotProductAttention;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;

/** Scaled dot-product attention with its masks. */
final class AttentionSpecifications {
  private static final Domain REALS = Domain.reals(-2, 2);
  private static final DotProductAttention PLAIN = DotProductAttention.scaled(0.5);
  private static final double TOLERANCE = 5e-6;

  private AttentionSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(
        plain(),
        masked("causal", how -> how.causal()),
        masked("allowed", how -> how.allowed(someOf(5, 7))),
        masked("allowed to some queries", how -> how.allowed(someOf(5, 1))),
        masked(
            "causal and allowed twice",
            how -> how.causal().allowed(someOf(1, 7)).allowed(someOf(5, 7))),
        masked("dropout", how -> how.causal().dropout(0.4, new Philox(5))),
        blocks("in blocks", how -> how),
        blocks("in blocks, causal", how -> how.causal()),
        blocks("in blocks, dropout", how -> how.dropout(0.2, new Philox(5))),
        biased(),
        packed());
  }

  private static Tensor someOf(int... sizes) {
    return Tensor.bernoulli(new Philox(9), 0.6, sizes).greater(0.5);
  }

  private static OperationSpecification of(String name, UnaryOperator<DotProductAttention> how) {
    return OperationSpecification.of(
            name, in -> how.apply(PLAIN).of(in.get(0), in.get(1), in.get(2)))
        .inputs(REALS, REALS, REALS)
        .tolerance(TOLERANCE);
  }

  private static OperationSpecification plain() {
    return of("attention", how -> how)
        .samples(
            List.of(
                sample(Shape.of(3, 2), Shape.of(5, 2), Shape.of(5, 4)),
                sample(Shape.of(2, 3, 2), Shape.of(2, 5, 2), Shape.of(2, 5, 4)),
                sample(Shape.of(2, 1, 3, 2), Shape.of(1, 2, 4, 2), Shape.of(2, 2, 4, 3)),
                sample(Shape.of(2, 17, 3), Shape.of(17, 3), Shape.of(17, 3)),
                sample(Shape.of(1, 1), Shape.of(1, 1), Shape.of(1, 1)),
                sample(Shape.of(2, 3, 2), Shape.of(2, 0, 2), Shape.of(2, 0, 2)),
                sample(Shape.of(2, 0, 2), Shape.of(2, 3, 2), Shape.of(2, 3, 2)),
                sample(Shape.of(0, 3, 2), Shape.of(0, 3, 2), Shape.of(0, 3, 2)),
                sample(Shape.of(2, 3, 0), Shape.of(2, 4, 0), Shape.of(2, 4, 3)),
                sample(Shape.of(2, 3, 2), Shape.of(2, 4, 2), Shape.of(2, 4, 0))))
        .covers(Attention.class)
        .refuses(
            () -> PLAIN.of(floats(2, 3), floats(4, 2), floats(4, 3)),
            "attention: needs query [..., t, d], key [..., s, d] and value [..., s, e], got [2, 3],"
                + " [4, 2] and [4, 3]")
        .refuses(
            () -> PLAIN.of(floats(2, 3), floats(4, 3), floats(3, 3)),
            "attention: needs query [..., t, d], key [..., s, d] and value [..., s, e], got [2, 3],"
                + " [4, 3] and [3, 3]")
        .refuses(
            () -> PLAIN.of(floats(3), floats(4, 3), floats(4, 3)),
            "attention: needs query [..., t, d], key [..., s, d] and value [..., s, e], got [3],"
                + " [4, 3] and [4, 3]")
        .refuses(
            () -> PLAIN.of(floats(2, 2, 3), floats(3, 4, 3), floats(4, 3)),
            "attention: shapes do not broadcast: [2] and [3] (axis -1: 2 vs 3); sizes must be equal"
                + " or 1")
        .refuses(
            () -> PLAIN.of(ints(2, 3), ints(4, 3), ints(4, 3)),
            "attention: needs FLOAT32 or FLOAT64, got INT32 [2, 3]; convert with"
                + " .to(DType.FLOAT32)")
        .refuses(
            () -> PLAIN.bias(floats(3)).of(floats(2, 3), floats(4, 3), floats(4, 3)),
            "attention: the bias must broadcast to the scores [2, 4], got [3]")
        .refuses(
            () -> PLAIN.allowed(someOf(3)).of(floats(2, 3), floats(4, 3), floats(4, 3)),
            "attention: the mask must broadcast to the scores [2, 4], got [3]")
        .refuses(
            () -> PLAIN.allowed(floats(4)).of(floats(2, 3), floats(4, 3), floats(4, 3)),
            "attention: the mask must be BOOL, got FLOAT32 [4]; convert with .to(DType.BOOL)")
        .refuses(
            () -> PLAIN.dropout(1, new Philox(1)).of(floats(2, 3, 4)),
            "attention: the dropout must be at least 0 and below 1, got 1.0");
  }

  private static OperationSpecification masked(
      String name, UnaryOperator<DotProductAttention> how) {
    return of("attention " + name, how)
        .samples(
            List.of(
                sample(Shape.of(5, 3), Shape.of(7, 3), Shape.of(7, 2)),
                sample(Shape.of(2, 5, 3), Shape.of(2, 7, 3), Shape.of(2, 7, 2))));
  }

  /** More queries than a block has; some before the first key. */
  private static OperationSpecification blocks(
      String name, UnaryOperator<DotProductAttention> how) {
    Philox random = new Philox(4);
    return of("attention " + name, how)
        .samples(
            List.of(
                sample(Shape.of(4, 2), Shape.of(3, 2), Shape.of(3, 2)),
                sample(Shape.of(3, 2), Shape.of(4, 2), Shape.of(4, 2))))
        .extreme(
            Tensor.normal(random, 0, 1, 2, 270, 5),
            Tensor.normal(random, 0, 1, 2, 600, 5),
            Tensor.normal(random, 0, 1, 2, 600, 3));
  }

  private static OperationSpecification biased() {
    return OperationSpecification.of(
            "attention bias",
            in -> PLAIN.bias(in.get(3)).causal().of(in.get(0), in.get(1), in.get(2)))
        .inputs(REALS, REALS, REALS, REALS)
        .samples(
            List.of(
                sample(Shape.of(2, 3, 2), Shape.of(2, 5, 2), Shape.of(2, 5, 4), Shape.of(3, 5)),
                sample(Shape.of(2, 3, 2), Shape.of(2, 5, 2), Shape.of(2, 5, 4), Shape.of(2, 1, 5)),
                sample(Shape.of(3, 2), Shape.of(5, 2), Shape.of(5, 4), Shape.of(3, 1))))
        .tolerance(TOLERANCE);
  }

  private static OperationSpecification packed() {
    return OperationSpecification.of("attention of one tensor", unary(PLAIN.causal()::of))
        .inputs(REALS)
        .samples(
            List.of(
                sample(Shape.of(3, 4, 2)),
                sample(Shape.of(3, 2, 2, 5, 3)),
                sample(Shape.of(3, 2, 0, 3))))
        .tolerance(TOLERANCE)
        .refuses(
            () -> PLAIN.of(floats(2, 3, 4)),
            "attention: queries, keys and values together must be [3, ..., t, d], got [2, 3, 4]")
        .refuses(
            () -> PLAIN.of(floats(3, 4)),
            "attention: queries, keys and values together must be [3, ..., t, d], got [3, 4]");
  }
}
