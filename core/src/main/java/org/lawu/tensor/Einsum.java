package org.lawu.tensor;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;

/**
 * An Einstein summation: the letters of each operand's axes and of the result's.
 *
 * <p>A letter is one of four kinds. What both operands and the result have is a batch; what both
 * have and the result lacks is contracted; what one operand has and the result too is its rows or
 * columns; the rest is summed before. So two operands make one matrix product {@code [batch...,
 * rows, contracted] x [batch..., contracted, columns]}.
 */
record Einsum(List<String> operands, String result) {

  /** Parses an equation for operands of these shapes. */
  static Einsum of(String equation, Shape... shapes) {
    String text = equation.replace(" ", "");
    int arrow = text.indexOf("->");
    List<String> operands = List.of((arrow < 0 ? text : text.substring(0, arrow)).split(",", -1));
    for (String letters : operands) {
      checkLetters(equation, letters);
    }
    if (operands.size() != shapes.length) {
      throw new ArgumentException(
          "einsum: \"%s\" names %d operands, got %d"
              .formatted(equation, operands.size(), shapes.length));
    }
    String result = arrow < 0 ? lettersThatOccurOnce(operands) : text.substring(arrow + 2);
    checkLetters(equation, result);
    for (int i = 0; i < result.length(); i++) {
      char letter = result.charAt(i);
      if (operands.stream().noneMatch(letters -> has(letters, letter))) {
        throw new ArgumentException(
            "einsum: the result of \"%s\" has the letter %s, which no operand has"
                .formatted(equation, letter));
      }
    }
    checkShapes(equation, operands, shapes);
    return new Einsum(operands, result);
  }

  private static boolean has(String letters, int letter) {
    return letters.indexOf(letter) >= 0;
  }

  private static void checkLetters(String equation, String letters) {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (!(letter >= 'a' && letter <= 'z') && !(letter >= 'A' && letter <= 'Z')) {
        throw new ArgumentException(
            "einsum: \"%s\" holds '%s'; an equation has letters, commas and one arrow, as in"
                    .formatted(equation, letter)
                + " \"ij,jk->ik\"");
      }
      if (letters.indexOf(letter) < i) {
        throw new ArgumentException(
            "einsum: the letter %s is twice in \"%s\" of \"%s\"; name each axis once"
                .formatted(letter, letters, equation));
      }
    }
  }

  private static String lettersThatOccurOnce(List<String> operands) {
    String all = String.join("", operands);
    return all.chars()
        .filter(letter -> all.indexOf(letter) == all.lastIndexOf(letter))
        .sorted()
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static void checkShapes(String equation, List<String> operands, Shape[] shapes) {
    for (int i = 0; i < shapes.length; i++) {
      String letters = operands.get(i);
      if (letters.length() != shapes[i].rank()) {
        throw new ShapeException(
            "einsum: \"%s\" of \"%s\" has %d letters, but %s has %d axes"
                .formatted(letters, equation, letters.length(), shapes[i], shapes[i].rank()));
      }
    }
    for (int i = 0; shapes.length > 1 && i < shapes[0].rank(); i++) {
      char letter = operands.get(0).charAt(i);
      int other = operands.get(1).indexOf(letter);
      if (other >= 0 && shapes[0].size(i) != shapes[1].size(other)) {
        throw new ShapeException(
            "einsum: sizes of %s differ: %s and %s (%d vs %d) in \"%s\""
                .formatted(
                    letter,
                    shapes[0],
                    shapes[1],
                    shapes[0].size(i),
                    shapes[1].size(other),
                    equation));
      }
    }
  }

  /** The result for one operand: sums, then puts the axes in order. */
  Tensor arranged(Tensor x) {
    String kept = kept(operands.getFirst(), result);
    return permuted(summed(x, operands.getFirst(), kept), kept, result);
  }

  /** The result for two operands. */
  Tensor product(Tensor x, Tensor y) {
    String left = kept(operands.get(0), result + operands.get(1));
    String right = kept(operands.get(1), result + operands.get(0));
    String batch = kept(kept(result, left), right);
    String contracted = without(kept(left, right), batch);
    String rows = without(without(left, batch), contracted);
    String columns = without(without(right, batch), contracted);
    Tensor a = permuted(summed(x, operands.get(0), left), left, batch + rows + contracted);
    Tensor b = permuted(summed(y, operands.get(1), right), right, batch + contracted + columns);
    int first = batch.length();
    Shape batches = a.shape().slice(0, first);
    Shape rowSizes = a.shape().slice(first, first + rows.length());
    Shape innerSizes = a.shape().slice(first + rows.length(), a.rank());
    Shape columnSizes = b.shape().slice(first + contracted.length(), b.rank());
    int inner = innerSizes.elements();
    Tensor product =
        a.reshape(batches.concat(Shape.of(rowSizes.elements(), inner)))
            .matmul(b.reshape(batches.concat(Shape.of(inner, columnSizes.elements()))));
    Tensor full = product.reshape(batches.concat(rowSizes).concat(columnSizes));
    return permuted(full, batch + rows + columns, result);
  }

  /** Those of the letters that are among others. */
  private static String kept(String letters, String others) {
    return letters
        .chars()
        .filter(letter -> has(others, letter))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String without(String letters, String others) {
    return letters
        .chars()
        .filter(letter -> !has(others, letter))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** Summed over the axes whose letters are not kept. */
  private static Tensor summed(Tensor x, String letters, String kept) {
    int[] axes =
        IntStream.range(0, letters.length()).filter(i -> !has(kept, letters.charAt(i))).toArray();
    return axes.length == 0 ? x : x.sum(axes, false);
  }

  private static Tensor permuted(Tensor x, String from, String to) {
    return from.equals(to) ? x : x.permute(to.chars().map(from::indexOf).toArray());
  }
}
