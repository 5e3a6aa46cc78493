package org.lawu.data.text;

import java.util.Arrays;
import java.util.List;
import org.lawu.data.Dataset;
import org.lawu.data.LabelEncoder;
import org.lawu.data.Split;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * Texts, each of one class.
 *
 * @param texts as they were written
 * @param labels the classes by number, INT32 {@code [n]}
 * @param classes the names of the classes by number
 */
public record LabelledTexts(List<String> texts, Tensor labels, List<String> classes) {

  /**
   * Some texts to learn from, and others to be judged by.
   *
   * @param train what a model learns from
   * @param test what it is judged by
   */
  public record Parts(LabelledTexts train, LabelledTexts test) {}

  /**
   * Checks that they belong together.
   *
   * @throws DTypeException if the labels are not INT32
   * @throws ShapeException if there is not a label for each text
   * @throws ArgumentException if a label is the number of no class
   */
  public LabelledTexts {
    if (labels.dtype() != DType.INT32) {
      throw new DTypeException(
          "labelledTexts: labels must be INT32 classes, got %s %s"
              .formatted(labels.dtype(), labels.shape()));
    }
    if (labels.rank() != 1 || labels.size(0) != texts.size()) {
      throw new ShapeException(
          "labelledTexts: there must be a label for each of %d texts, got labels %s"
              .formatted(texts.size(), labels.shape()));
    }
    texts = List.copyOf(texts);
    classes = List.copyOf(classes);
    for (int label : labels.toIntArray()) {
      if (label < 0 || label >= classes.size()) {
        throw new ArgumentException(
            "labelledTexts: label %d is no class; there are %d, counted from 0: %s"
                .formatted(label, classes.size(), classes));
      }
    }
  }

  /**
   * Texts with the names of their classes, which are numbered as {@link LabelEncoder} does: in the
   * order of their names, or by value where all are whole numbers.
   *
   * @throws ArgumentException if there is no text
   * @throws ShapeException if there is not a name for each text
   */
  public static LabelledTexts of(List<String> texts, List<String> classOfEach) {
    LabelEncoder encoder = LabelEncoder.fit(classOfEach);
    return new LabelledTexts(texts, encoder.transform(classOfEach), encoder.classes());
  }

  /**
   * Two columns of a table, such as that of a CSV file.
   *
   * @throws ArgumentException if there is no such column
   * @throws org.lawu.error.FormatException if a label is missing
   */
  public static LabelledTexts of(Table table, String labelColumn, String textColumn) {
    return new LabelledTexts(
        table.strings(textColumn), table.labels(labelColumn), table.classes(labelColumn));
  }

  /** The number of texts. */
  public int size() {
    return texts.size();
  }

  /**
   * The texts with the given numbers, in that order.
   *
   * @throws IndexException if there is no text of a number
   */
  public LabelledTexts subset(int... numbers) {
    for (int number : numbers) {
      if (number < 0 || number >= size()) {
        throw new IndexException(
            "subset: there is no text %d; there are %d, counted from 0".formatted(number, size()));
      }
    }
    return new LabelledTexts(
        Arrays.stream(numbers).mapToObj(texts::get).toList(),
        labels.indexSelect(0, Tensor.of(numbers)),
        classes);
  }

  /**
   * Keeps texts back to judge by, the same share of each class as nearly as whole texts allow; so a
   * vocabulary can be learnt from the others alone.
   *
   * @param test the fraction to keep back, above 0 and below 1
   * @param random decides who goes where; the same seed gives the same parts
   * @throws ArgumentException if the fraction is out of range or would keep no text back
   */
  public Parts split(double test, Philox random) {
    Dataset numbers = Dataset.of(Tensor.arange(size()), labels);
    Split split = Split.stratified(numbers, 0, test, random);
    return new Parts(
        subset(split.train().features().toIntArray()),
        subset(split.test().features().toIntArray()));
  }

  /**
   * The labels of two classes as targets of yes-or-no questions: FLOAT32 {@code [n, 1]}, 1 for the
   * second class.
   *
   * @throws ArgumentException if there are not two classes
   */
  public Tensor binaryLabels() {
    if (classes.size() != 2) {
      throw new ArgumentException(
          "binaryLabels: there must be two classes, got %d: %s".formatted(classes.size(), classes));
    }
    return labels.to(DType.FLOAT32).unsqueeze(1);
  }

  /** Such as {@code LabelledTexts[5574 texts, classes [ham, spam]]}. */
  @Override
  public String toString() {
    return "LabelledTexts[%d texts, classes %s]".formatted(size(), classes);
  }
}
