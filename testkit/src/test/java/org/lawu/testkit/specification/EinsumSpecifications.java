package org.lawu.testkit.specification;

import static org.lawu.testkit.SampleShapes.sample;
import static org.lawu.testkit.specification.Arguments.binary;
import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.unary;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;

/** {@code einsum}, judged by broadcast products and sums. */
final class EinsumSpecifications {
  private static final Domain REALS = Domain.reals(-1, 1);

  private EinsumSpecifications() {}

  static Stream<OperationSpecification> all() {
    return Stream.of(products(), arrangements(), refusals())
        .flatMap(specifications -> specifications);
  }

  private static OperationSpecification product(
      String equation, BinaryOperator<Tensor> reference, Shape x, Shape y) {
    return OperationSpecification.of(
            "einsum " + equation, binary((a, b) -> Tensor.einsum(equation, a, b)))
        .reference(binary(reference))
        .inputs(REALS, REALS)
        .samples(List.of(sample(x, y)))
        .tolerance(1e-5);
  }

  private static Stream<OperationSpecification> products() {
    return Stream.of(
        product(
            "ij,jk->ik",
            (x, y) -> x.unsqueeze(2).mul(y.unsqueeze(0)).sum(1),
            Shape.of(5, 17),
            Shape.of(17, 3)),
        product(
            "ij,jk",
            (x, y) -> x.unsqueeze(2).mul(y.unsqueeze(0)).sum(1),
            Shape.of(5, 0),
            Shape.of(0, 3)),
        product("i,i->", (x, y) -> x.mul(y).sum(), Shape.of(17), Shape.of(17)),
        product("i,j->ji", (x, y) -> y.unsqueeze(1).mul(x), Shape.of(5), Shape.of(3)),
        product("ij,ij->ij", Tensor::mul, Shape.of(5, 3), Shape.of(5, 3)),
        product(",ij->ji", (x, y) -> x.mul(y).transpose(), Shape.SCALAR, Shape.of(5, 3)),
        product(
            "bhid,bhjd->bhij",
            (x, y) -> x.unsqueeze(3).mul(y.unsqueeze(2)).sum(-1),
            Shape.of(2, 3, 4, 5),
            Shape.of(2, 3, 6, 5)),
        product(
            "ibd, jdb -> bji",
            (x, y) -> {
              Tensor left = x.permute(1, 0, 2).unsqueeze(1);
              return left.mul(y.permute(2, 0, 1).unsqueeze(2)).sum(-1);
            },
            Shape.of(4, 2, 5),
            Shape.of(3, 5, 2)),
        // Letters of one operand alone, and two contracted ones in different order.
        product(
            "aixj,jibB->baB",
            (x, y) -> {
              Tensor left = x.sum(2).reshape(2, 1, 3, 4, 1, 1);
              Tensor right = y.permute(1, 0, 2, 3).reshape(1, 1, 3, 4, 5, 6);
              return left.mul(right).sum(new int[] {1, 2, 3}, false).permute(1, 0, 2);
            },
            Shape.of(2, 3, 7, 4),
            Shape.of(4, 3, 5, 6)),
        product("...ij,...jk->...ik", Tensor::matmul, Shape.of(2, 1, 4, 5), Shape.of(3, 5, 2)),
        product("i...,...->i...", Tensor::mul, Shape.of(4, 3, 1), Shape.of(3, 5)),
        product("...i,i", (x, y) -> x.mul(y).sum(-1), Shape.of(2, 3, 4), Shape.of(4)),
        product(
            "ab...,b...->a",
            (x, y) -> x.mul(y).sum(new int[] {1, 2}, false),
            Shape.of(2, 3, 4),
            Shape.of(3, 4)),
        product(
            "iij,jj->ij",
            (x, y) -> diagonal(x).mul(diagonal(y)),
            Shape.of(4, 4, 3),
            Shape.of(3, 3)),
        product("ij,kl->", (x, y) -> x.sum().mul(y.sum()), Shape.of(2, 3), Shape.of(3, 2)));
  }

  /** Of the first two axes, by a mask. */
  private static Tensor diagonal(Tensor x) {
    int[] sizes = x.shape().toArray();
    Tensor eye = Tensor.eye(sizes[0]).to(x.dtype());
    return x.rank() == 2 ? x.mul(eye).sum(1) : x.mul(eye.unsqueeze(2)).sum(1);
  }

  private static OperationSpecification arrangement(
      String equation, UnaryOperator<Tensor> reference, Shape shape) {
    return OperationSpecification.of("einsum " + equation, unary(x -> Tensor.einsum(equation, x)))
        .reference(unary(reference))
        .samples(List.of(sample(shape)))
        .tolerance(1e-5);
  }

  private static Stream<OperationSpecification> arrangements() {
    return Stream.of(
        arrangement("ij->ji", Tensor::transpose, Shape.of(5, 3)),
        arrangement("ba", Tensor::transpose, Shape.of(5, 3)),
        arrangement("ij->", Tensor::sum, Shape.of(5, 3)),
        arrangement("ii->", x -> diagonal(x).sum(), Shape.of(5, 5)),
        arrangement("ii->i", EinsumSpecifications::diagonal, Shape.of(5, 5)),
        arrangement("...i->i...", x -> x.permute(2, 0, 1), Shape.of(2, 5, 3)),
        arrangement("...i->i", x -> x.sum(new int[] {0, 1}, false), Shape.of(2, 5, 3)),
        arrangement("ijk->ki", x -> x.sum(1).transpose(), Shape.of(2, 5, 3)));
  }

  private static Stream<OperationSpecification> refusals() {
    Tensor x = floats(2, 3);
    return Stream.of(
        OperationSpecification.of("einsum of bad equations", unary(y -> Tensor.einsum("...", y)))
            .samples(List.of())
            .refuses(
                () -> Tensor.einsum("i.j->j", x),
                "einsum: \"i.j->j\" holds '.'; an equation has letters, commas and one arrow, as in"
                    + " \"ij,jk->ik\"")
            .refuses(
                () -> Tensor.einsum("ij->i->j", x),
                "einsum: \"ij->i->j\" holds '-'; an equation has letters, commas and one arrow, as"
                    + " in \"ij,jk->ik\"")
            .refuses(
                () -> Tensor.einsum("ii->i", x),
                "einsum: the letter i repeats in \"ii\" of \"ii->i\", but the sizes of [2, 3] differ"
                    + " (2 vs 3)")
            .refuses(
                () -> Tensor.einsum("...ijk->j", x),
                "einsum: \"...ijk\" of \"...ijk->j\" has 3 letters, but [2, 3] has 2 axes")
            .refuses(
                () -> Tensor.einsum("ij,jk->ikk", x, floats(3, 4)),
                "einsum: the letter k is twice in \"ikk\" of \"ij,jk->ikk\"; name each axis once")
            .refuses(
                () -> Tensor.einsum("ij,jk->ik", x),
                "einsum: \"ij,jk->ik\" names 2 operands, got 1")
            .refuses(
                () -> Tensor.einsum("ij->i", x, x), "einsum: \"ij->i\" names 1 operands, got 2")
            .refuses(
                () -> Tensor.einsum("ij->ik", x),
                "einsum: the result of \"ij->ik\" has the letter k, which no operand has")
            .refuses(
                () -> Tensor.einsum("ijk->i", x),
                "einsum: \"ijk\" of \"ijk->i\" has 3 letters, but [2, 3] has 2 axes")
            .refuses(
                () -> Tensor.einsum("ij,jk->ik", x, x),
                "einsum: sizes of j differ: [2, 3] and [2, 3] (3 vs 2) in \"ij,jk->ik\""));
  }
}
