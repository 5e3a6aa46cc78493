package org.lawu.train.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;
import org.lawu.train.metric.ConfusionMatrix;

/**
 * What a classifier said of records, and what they are: for a {@link Report}, or to look at the
 * worst mistakes in a program. Immutable.
 *
 * <pre>{@code
 * var digits = Classification.ofLogits(trainer.predict(test.features()), test.labels())
 *     .images(test.features());
 * for (Classification.Mistake mistake : digits.worst(10)) {
 *   System.out.println(mistake);
 * }
 * }</pre>
 */
public final class Classification {
  private final double[][] probabilities;
  private final int[] labels;
  private final List<String> classes;
  private final @Nullable Tensor images;
  private final List<String> texts;

  private Classification(
      double[][] probabilities,
      int[] labels,
      List<String> classes,
      @Nullable Tensor images,
      List<String> texts) {
    this.probabilities = probabilities;
    this.labels = labels;
    this.classes = classes;
    this.images = images;
    this.texts = texts;
  }

  /**
   * A record that was taken for another class than its own.
   *
   * @param record the number of the record
   * @param truth its class
   * @param predicted the class that it was taken for
   * @param confidence the probability that was given to that
   * @param probabilityOfTruth the probability that was given to its class
   */
  public record Mistake(
      int record, int truth, int predicted, double confidence, double probabilityOfTruth) {}

  // ---- construction

  /**
   * From what models with a cross-entropy on logits say.
   *
   * @param logits {@code [n, classes]}, or {@code [n]} or {@code [n, 1]} for questions, where yes
   *     is class 1
   * @param labels INT32 classes {@code [n]}; or floating numbers with the shape of the logits,
   *     one-hot or 0 and 1
   * @param classes the names of the classes, or none for their numbers
   * @throws ShapeException if the shapes do not fit
   * @throws IndexException if a label is no class
   * @throws ArgumentException if there is no record, or not a name for each class
   */
  public static Classification ofLogits(Tensor logits, Tensor labels, String... classes) {
    return ofLogits(logits, labels, List.of(classes));
  }

  /** The same with the names in a list. */
  public static Classification ofLogits(Tensor logits, Tensor labels, List<String> classes) {
    Tensor probabilities = isQuestions(logits) ? logits.sigmoid() : logits.softmax(-1);
    return ofProbabilities(probabilities, labels, classes);
  }

  /**
   * From what models that end with a sigmoid or softmax say; else as {@link #ofLogits}.
   *
   * @param probabilities {@code [n, classes]}, or {@code [n]} or {@code [n, 1]} for yes
   */
  public static Classification ofProbabilities(
      Tensor probabilities, Tensor labels, String... classes) {
    return ofProbabilities(probabilities, labels, List.of(classes));
  }

  /** The same with the names in a list. */
  public static Classification ofProbabilities(
      Tensor probabilities, Tensor labels, List<String> classes) {
    boolean questions = isQuestions(probabilities);
    int n = probabilities.size(0);
    if (n == 0) {
      throw new ArgumentException("classification: there is no record; it needs at least one");
    }
    int count = questions ? 2 : probabilities.size(1);
    if (!classes.isEmpty() && classes.size() != count) {
      throw new ArgumentException(
          "classification: each of %d classes needs a name, got %s".formatted(count, classes));
    }
    double[] values = probabilities.toDoubleArray();
    double[][] rows = new double[n][count];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < count; c++) {
        rows[i][c] = !questions ? values[i * count + c] : c == 1 ? values[i] : 1 - values[i];
      }
    }
    List<String> names =
        classes.isEmpty()
            ? IntStream.range(0, count).mapToObj(Integer::toString).toList()
            : List.copyOf(classes);
    return new Classification(
        rows, classesOf(labels, probabilities, count), names, null, List.of());
  }

  private static boolean isQuestions(Tensor predictions) {
    if (predictions.rank() == 1 || (predictions.rank() == 2 && predictions.size(1) == 1)) {
      return true;
    }
    if (predictions.rank() == 2) {
      return false;
    }
    throw new ShapeException(
        "classification: predictions must be [n, classes], [n] or [n, 1], got "
            + predictions.shape());
  }

  private static int[] classesOf(Tensor labels, Tensor predictions, int count) {
    int n = predictions.size(0);
    boolean sameShape = labels.shape().equals(predictions.shape());
    boolean oneEach = labels.shape().elements() == n && labels.rank() > 0 && labels.size(0) == n;
    if (labels.dtype().isFloating() && sameShape && predictions.shape().elements() > n) {
      return labels.argMax(-1).toIntArray();
    }
    if (!oneEach || (labels.dtype().isFloating() && !sameShape)) {
      throw new ShapeException(
          ("classification: labels must be INT32 [%d], or floating numbers with the shape of the"
                  + " predictions %s, got %s %s")
              .formatted(n, predictions.shape(), labels.dtype(), labels.shape()));
    }
    int[] classes =
        labels.dtype().isFloating()
            ? labels.greater(0.5).to(DType.INT32).toIntArray()
            : labels.to(DType.INT32).toIntArray();
    for (int i = 0; i < n; i++) {
      if (classes[i] < 0 || classes[i] >= count) {
        throw new IndexException(
            "classification: label %d of record %d is out of range 0 to %d"
                .formatted(classes[i], i, count - 1));
      }
    }
    return classes;
  }

  /**
   * The same with the pictures that were classified, which a report shows.
   *
   * @param images {@code [n, 1 or 3, height, width]}, or {@code [n, height, width]}
   * @throws ShapeException if they are of another shape, or not one for each record
   */
  public Classification images(Tensor images) {
    Tensor channels = images.rank() == 3 ? images.unsqueeze(1) : images;
    if (channels.rank() != 4
        || channels.size(0) != size()
        || (channels.size(1) != 1 && channels.size(1) != 3)) {
      throw new ShapeException(
          "classification: images must be [%d, 1 or 3, height, width], got %s"
              .formatted(size(), images.shape()));
    }
    return new Classification(probabilities, labels, classes, channels.detach(), texts);
  }

  /**
   * The same with the texts that were classified, which a report quotes; or with any other words
   * about the records.
   *
   * @throws ArgumentException if there is not one for each record
   */
  public Classification texts(List<String> texts) {
    if (texts.size() != size()) {
      throw new ArgumentException(
          "classification: there must be a text for each of %d records, got %d"
              .formatted(size(), texts.size()));
    }
    return new Classification(probabilities, labels, classes, images, List.copyOf(texts));
  }

  // ---- what it holds

  /** The number of records. */
  public int size() {
    return labels.length;
  }

  /** The names of the classes. */
  public List<String> classes() {
    return classes;
  }

  /** How often each class was taken for each. */
  public ConfusionMatrix confusionMatrix() {
    int[] predicted = IntStream.range(0, size()).map(this::predicted).toArray();
    return ConfusionMatrix.of(predicted, labels, classes.size()).withNames(classes);
  }

  /**
   * The worst mistakes: those whose class was thought the least probable, the worst first.
   *
   * @param count at most so many
   * @throws ArgumentException if it is negative
   */
  public List<Mistake> worst(int count) {
    if (count < 0) {
      throw new ArgumentException(
          "worst: the number of mistakes must not be negative, got " + count);
    }
    return IntStream.range(0, size())
        .filter(i -> predicted(i) != labels[i])
        .mapToObj(i ->
            new Mistake(
                i,
                labels[i],
                predicted(i),
                probabilities[i][predicted(i)],
                probabilities[i][labels[i]]))
        .sorted(
            Comparator.comparingDouble(Mistake::probabilityOfTruth)
                .thenComparing(Mistake::confidence, Comparator.reverseOrder()))
        .limit(count)
        .toList();
  }

  /** The most probable class, the first of equals. */
  private int predicted(int record) {
    double[] row = probabilities[record];
    int best = 0;
    for (int c = 1; c < row.length; c++) {
      if (row[c] > row[best]) {
        best = c;
      }
    }
    return best;
  }

  // ---- for reports

  double[] probabilitiesOf(int label) {
    return IntStream.range(0, size()).mapToDouble(i -> probabilities[i][label]).toArray();
  }

  boolean[] areOf(int label) {
    boolean[] answers = new boolean[size()];
    IntStream.range(0, size()).forEach(i -> answers[i] = labels[i] == label);
    return answers;
  }

  @Nullable Tensor imagesOrNull() {
    return images;
  }

  /** Empty where there are none. */
  List<String> textsOrNone() {
    return texts;
  }

  @Override
  public String toString() {
    return "Classification[%d records, classes=%s]".formatted(size(), classes);
  }
}
