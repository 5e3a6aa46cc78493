package org.lawu.train.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;

/**
 * Precision, recall and F1 of every class, printed as scikit-learn's {@code classification_report}
 * does.
 *
 * <pre>{@code
 * System.out.println(ClassificationReport.of(trainer.predict(features), labels, "ham", "spam"));
 * //               precision    recall  f1-score   support
 * //
 * //          ham       0.99      1.00      1.00       965
 * //         spam       0.99      0.95      0.97       150
 * //
 * //     accuracy                           0.99      1115
 * //    macro avg       0.99      0.98      0.98      1115
 * // weighted avg       0.99      0.99      0.99      1115
 * }</pre>
 *
 * @param classes the classes that are true or predicted anywhere
 * @param accuracy the share of rows whose class was predicted
 * @param macro the means over these classes
 * @param weighted the means weighed by their rows
 * @param undefined what is 0 because there was nothing to divide by, in words, such as {@code
 *     precision of spam: it is never predicted}; empty if all is well
 */
public record ClassificationReport(
    List<Row> classes, double accuracy, Row macro, Row weighted, List<String> undefined) {
  private static final int DIGITS = 2;

  /** A line of the report. */
  public record Row(String name, double precision, double recall, double f1, long support) {}

  /** Copies the lists. */
  public ClassificationReport {
    classes = List.copyOf(classes);
    undefined = List.copyOf(undefined);
  }

  /**
   * The report of predictions and labels of the shapes that {@link ConfusionMatrix#of(Tensor,
   * Tensor)} takes.
   *
   * @param names of all classes, or none for their numbers
   */
  public static ClassificationReport of(Tensor predictions, Tensor labels, String... names) {
    ConfusionMatrix matrix = ConfusionMatrix.of(predictions, labels);
    return of(names.length == 0 ? matrix : matrix.withNames(names));
  }

  /** The report of a matrix. */
  public static ClassificationReport of(ConfusionMatrix matrix) {
    List<Row> rows = new ArrayList<>();
    List<String> undefined = new ArrayList<>();
    for (int label : IntStream.range(0, matrix.classes()).filter(matrix::occurs).toArray()) {
      String name = matrix.names().get(label);
      rows.add(
          new Row(
              name,
              matrix.precision(label),
              matrix.recall(label),
              matrix.f1(label),
              matrix.support(label)));
      if (matrix.predicted(label) == 0) {
        undefined.add("precision of %s: it is never predicted".formatted(name));
      }
      if (matrix.support(label) == 0) {
        undefined.add("recall of %s: no row is of it".formatted(name));
      }
    }
    return new ClassificationReport(
        rows,
        matrix.accuracy(),
        average("macro avg", matrix, Average.MACRO),
        average("weighted avg", matrix, Average.WEIGHTED),
        undefined);
  }

  private static Row average(String name, ConfusionMatrix matrix, Average average) {
    return new Row(
        name,
        matrix.precision(average),
        matrix.recall(average),
        matrix.f1(average),
        matrix.total());
  }

  /** The table with two decimals. */
  @Override
  public String toString() {
    return toString(DIGITS);
  }

  /**
   * The table.
   *
   * @param digits the number of decimals
   * @throws ArgumentException if it is negative
   */
  public String toString(int digits) {
    if (digits < 0) {
      throw new ArgumentException(
          "classification report: the number of digits must not be negative, got " + digits);
    }
    int width = Math.max(weighted.name().length(), digits);
    for (Row row : classes) {
      width = Math.max(width, row.name().length());
    }
    var table = new StringBuilder();
    line(table, width, "", "precision", "recall", "f1-score", "support");
    table.append('\n');
    for (Row row : classes) {
      line(table, width, digits, row);
    }
    table.append('\n');
    String support = Long.toString(weighted.support());
    line(table, width, "accuracy", "", "", fixed(accuracy, digits), support);
    line(table, width, digits, macro);
    line(table, width, digits, weighted);
    return table.substring(0, table.length() - 1);
  }

  private static void line(StringBuilder table, int width, int digits, Row row) {
    line(
        table,
        width,
        row.name(),
        fixed(row.precision(), digits),
        fixed(row.recall(), digits),
        fixed(row.f1(), digits),
        Long.toString(row.support()));
  }

  private static void line(StringBuilder table, int width, String name, String... cells) {
    table.append(" ".repeat(width - name.length())).append(name).append(' ');
    for (String cell : cells) {
      table.append(" %9s".formatted(cell));
    }
    table.append('\n');
  }

  /** Rounded as Python does it: the exact value, halves to the even digit. */
  private static String fixed(double value, int digits) {
    return Double.isNaN(value)
        ? "nan"
        : new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }
}
