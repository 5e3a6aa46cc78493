package org.lawu.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lawu.error.ShapeException;

/**
 * Writes out what an equation of {@link Einsum} abbreviates: an ellipsis becomes letters of its
 * own, aligned at the last and broadcast, and a letter that an operand repeats becomes its
 * diagonal.
 */
final class EinsumNotation {
  private static final String ELLIPSIS = "...";
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final String equation;
  private final List<String> operands = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private String result;

  private EinsumNotation(String equation, String text, int arrow) {
    this.equation = equation;
    this.result = text.substring(arrow + 2);
  }

  /** The summation that an equation stands for. */
  static Tensor evaluate(String equation, Tensor... tensors) {
    String text = equation.replace(" ", "");
    int arrow = text.indexOf("->");
    if (!text.contains(ELLIPSIS) && !repeatsALetter(text)) {
      return evaluated(equation, List.of(tensors));
    }
    String left = arrow < 0 ? text : text.substring(0, arrow);
    String explicit = arrow < 0 ? text + "->" + implied(left) : text;
    var notation = new EinsumNotation(equation, explicit, left.length());
    String[] operands = left.split(",", -1);
    if (operands.length != tensors.length) {
      return evaluated(equation, List.of(tensors)); // which says so
    }
    notation.expand(operands, tensors);
    return evaluated(
        String.join(",", notation.operands) + "->" + notation.result, notation.tensors);
  }

  private static Tensor evaluated(String equation, List<Tensor> tensors) {
    Shape[] shapes = tensors.stream().map(Tensor::shape).toArray(Shape[]::new);
    var einsum = Einsum.of(equation, shapes);
    return tensors.size() == 1
        ? einsum.arranged(tensors.getFirst())
        : einsum.product(tensors.get(0), tensors.get(1));
  }

  private static boolean repeatsALetter(String text) {
    int arrow = text.indexOf("->");
    for (String operand : (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1)) {
      if (operand.chars().distinct().count() < operand.length()) {
        return true;
      }
    }
    return false;
  }

  /** The result without an arrow: the ellipsis, then the letters that occur once, in order. */
  private static String implied(String operands) {
    String letters = operands.replace(ELLIPSIS, "").replace(",", "");
    String once =
        letters
            .chars()
            .filter(letter -> letters.indexOf(letter) == letters.lastIndexOf(letter))
            .sorted()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return operands.contains(ELLIPSIS) ? ELLIPSIS + once : once;
  }

  private void expand(String[] given, Tensor[] inputs) {
    int most = 0;
    for (int i = 0; i < given.length; i++) {
      most = Math.max(most, axesOfEllipsis(given[i], inputs[i]));
    }
    String fresh = unusedLetters(most);
    for (int i = 0; i < given.length; i++) {
      int axes = axesOfEllipsis(given[i], inputs[i]);
      operands.add(given[i].replace(ELLIPSIS, fresh.substring(most - axes)));
      tensors.add(inputs[i]);
    }
    result = result.replace(ELLIPSIS, fresh);
    broadcast(fresh);
    for (int i = 0; i < given.length; i++) {
      takeDiagonals(i);
    }
  }

  private int axesOfEllipsis(String operand, Tensor tensor) {
    int at = operand.indexOf(ELLIPSIS);
    if (at < 0) {
      return 0;
    }
    int axes = tensor.rank() - (operand.length() - ELLIPSIS.length());
    if (axes < 0) {
      throw new ShapeException(
          "einsum: \"%s\" of \"%s\" has %d letters, but %s has %d axes"
              .formatted(
                  operand,
                  equation,
                  operand.length() - ELLIPSIS.length(),
                  tensor.shape(),
                  tensor.rank()));
    }
    return axes;
  }

  private String unusedLetters(int count) {
    String unused =
        ALPHABET
            .chars()
            .filter(letter -> equation.indexOf(letter) < 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    if (unused.length() < count) {
      throw new ShapeException(
          "einsum: \"%s\" leaves %d letters for the %d axes of its ellipsis"
              .formatted(equation, unused.length(), count));
    }
    return unused.substring(0, count);
  }

  /** An axis of size 1 beside one of another size is left out of its operand. */
  private void broadcast(String fresh) {
    for (int i = 0; i < fresh.length() && tensors.size() == 2; i++) {
      char letter = fresh.charAt(i);
      int first = operands.get(0).indexOf(letter);
      int second = operands.get(1).indexOf(letter);
      if (first >= 0 && second >= 0) {
        int firstSize = tensors.get(0).size(first);
        int secondSize = tensors.get(1).size(second);
        if (firstSize != secondSize && (firstSize == 1 || secondSize == 1)) {
          dropAxis(firstSize == 1 ? 0 : 1, firstSize == 1 ? first : second);
        }
      }
    }
  }

  private void dropAxis(int operand, int axis) {
    String letters = operands.get(operand);
    operands.set(operand, letters.substring(0, axis) + letters.substring(axis + 1));
    tensors.set(operand, tensors.get(operand).squeeze(axis));
  }

  private void takeDiagonals(int operand) {
    String letters = operands.get(operand);
    for (int i = 0; i < letters.length(); i++) {
      int again = letters.indexOf(letters.charAt(i), i + 1);
      if (again >= 0) {
        operands.set(operand, letters.substring(0, again) + letters.substring(again + 1));
        tensors.set(operand, diagonal(tensors.get(operand), i, again, letters));
        takeDiagonals(operand);
        return;
      }
    }
  }

  /** The elements whose indices along two axes are equal, along the first of them. */
  private Tensor diagonal(Tensor x, int first, int second, String letters) {
    if (letters.length() != x.rank()) {
      throw new ShapeException(
          "einsum: \"%s\" of \"%s\" has %d letters, but %s has %d axes"
              .formatted(letters, equation, letters.length(), x.shape(), x.rank()));
    }
    int size = x.size(first);
    if (x.size(second) != size) {
      throw new ShapeException(
          "einsum: the letter %s repeats in \"%s\" of \"%s\", but the sizes of %s differ (%d vs %d)"
              .formatted(
                  letters.charAt(first), letters, equation, x.shape(), size, x.size(second)));
    }
    int[] along = new int[x.rank()];
    Arrays.fill(along, 1);
    along[first] = size;
    Tensor index = Tensor.arange(size).reshape(along);
    int[] sizes = x.shape().toArray();
    sizes[second] = 1;
    return x.gather(second, index.expand(Shape.of(sizes))).squeeze(second);
  }
}
