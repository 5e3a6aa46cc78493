package org.lawu.train.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * How often each class was predicted for the rows of each class, and the measures that follow from
 * these counts. Immutable.
 *
 * <pre>{@code
 * var matrix = ConfusionMatrix.of(trainer.predict(test.features()), test.labels())
 *     .withNames("ham", "spam");
 * System.out.println(matrix);
 * //            predicted
 * //             ham  spam
 * // true  ham   963     2
 * //      spam     7   143
 * matrix.recall(1);            // 0.9533
 * matrix.f1(Average.MACRO);    // 0.9821
 * }</pre>
 *
 * <p>Where a measure would divide by zero it is 0, as in scikit-learn: the {@link #precision} of a
 * class that is never {@link #predicted}, the {@link #recall} of one without {@link #support}; the
 * classes that are neither are left out of averages. {@link ClassificationReport#undefined} tells
 * where that happened. Over no rows at all every measure is NaN.
 */
public final class ConfusionMatrix {
  private static final String NAME = "confusion matrix";

  private final long[][] counts;
  private final List<String> names;
  private final long[] supports;
  private final long[] predictions;
  private final long total;
  private final long hits;

  private ConfusionMatrix(long[][] counts, List<String> names) {
    int classes = counts.length;
    this.counts = counts;
    this.names = names;
    this.supports = new long[classes];
    this.predictions = new long[classes];
    long right = 0;
    for (int truth = 0; truth < classes; truth++) {
      for (int predicted = 0; predicted < classes; predicted++) {
        supports[truth] += counts[truth][predicted];
        predictions[predicted] += counts[truth][predicted];
      }
      right += counts[truth][truth];
    }
    this.hits = right;
    this.total = Arrays.stream(supports).sum();
  }

  // ---- construction

  /**
   * From predictions and labels; rows with the label -100 count for nothing.
   *
   * @param predictions logits or probabilities {@code [..., classes]}; or the logits of yes-or-no
   *     questions {@code [n]} or {@code [n, 1]}, where yes is class 1; or INT32 classes
   * @param labels INT32 classes {@code [...]} or one-hot rows; for questions and INT32 predictions
   *     of the predictions' shape
   * @throws ShapeException if the shapes do not fit
   * @throws IndexException if a label is no class
   */
  public static ConfusionMatrix of(Tensor predictions, Tensor labels) {
    if (predictions.dtype() == DType.INT32 && labels.dtype() == DType.INT32) {
      return ofClasses(predictions, labels);
    }
    return of(predictions, labels, Reading.LOGITS);
  }

  /** The same where predictions are probabilities and those above 0.5 say yes. */
  public static ConfusionMatrix ofProbabilities(Tensor predictions, Tensor labels) {
    return of(predictions, labels, Reading.LOGITS.fromProbabilities());
  }

  /**
   * The same where probabilities above a threshold say yes.
   *
   * @throws ArgumentException if the threshold is not in 0 to 1, or there are more than two classes
   */
  public static ConfusionMatrix ofProbabilities(
      Tensor predictions, Tensor labels, double threshold) {
    return of(predictions, labels, Reading.LOGITS.fromProbabilities().threshold(threshold));
  }

  private static ConfusionMatrix of(Tensor predictions, Tensor labels, Reading reading) {
    var rows = Rows.of(NAME, predictions, labels, reading);
    long[][] counts = new long[rows.classes()][rows.classes()];
    Counts.count(rows, counts);
    return new ConfusionMatrix(counts, numbers(counts.length));
  }

  private static ConfusionMatrix ofClasses(Tensor predictions, Tensor labels) {
    if (!predictions.shape().equals(labels.shape())) {
      throw new ShapeException(
          "%s: INT32 predictions must have the shape of the labels, got %s and %s"
              .formatted(NAME, predictions.shape(), labels.shape()));
    }
    int[] predicted = predictions.toIntArray();
    int[] truth = labels.toIntArray();
    int largest = Math.max(largest(predicted), largest(truth));
    return of(predicted, truth, Math.max(2, largest + 1));
  }

  private static int largest(int[] values) {
    return Arrays.stream(values).max().orElse(0);
  }

  /**
   * From classes in 0 to {@code classes - 1}.
   *
   * @throws ArgumentException if there is no prediction for each label, or no class
   * @throws IndexException if a prediction or a label is no class, except the label -100 of rows to
   *     be ignored
   */
  public static ConfusionMatrix of(int[] predictions, int[] labels, int classes) {
    if (predictions.length != labels.length) {
      throw new ArgumentException(
          "%s: there must be a prediction for each label, got %d for %d"
              .formatted(NAME, predictions.length, labels.length));
    }
    if (classes < 1) {
      throw new ArgumentException(
          "%s: there must be at least 1 class, got %d".formatted(NAME, classes));
    }
    int ignored = Reading.LOGITS.ignored();
    for (int i = 0; i < labels.length; i++) {
      checkClass("prediction", predictions[i], i, classes);
      if (labels[i] != ignored) {
        checkClass("label", labels[i], i, classes);
      }
    }
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != ignored) {
        counts[labels[i]][predictions[i]]++;
      }
    }
    return new ConfusionMatrix(counts, numbers(classes));
  }

  private static void checkClass(String what, int value, int at, int classes) {
    if (value < 0 || value >= classes) {
      throw new IndexException(
          "%s: %s %d (number %d) is out of range 0 to %d"
              .formatted(NAME, what, value, at, classes - 1));
    }
  }

  /** From counts {@code [true class][predicted class]}, which it copies. */
  static ConfusionMatrix of(long[][] counts) {
    return new ConfusionMatrix(copy(counts), numbers(counts.length));
  }

  private static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  private static long[][] copy(long[][] counts) {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /**
   * The same with names of the classes, which else are their numbers.
   *
   * @throws ArgumentException if there is not one for each class
   */
  public ConfusionMatrix withNames(List<String> names) {
    if (names.size() != classes()) {
      throw new ArgumentException(
          "%s: each of %d classes needs a name, got %s".formatted(NAME, classes(), names));
    }
    return new ConfusionMatrix(counts, List.copyOf(names));
  }

  /** The same with names of the classes. */
  public ConfusionMatrix withNames(String... names) {
    return withNames(List.of(names));
  }

  // ---- counts

  /** The number of classes. */
  public int classes() {
    return counts.length;
  }

  /** The names of the classes. */
  public List<String> names() {
    return names;
  }

  /** The number of rows. */
  public long total() {
    return total;
  }

  /** The number of rows of a class for which a class was predicted. */
  public long count(int truth, int predicted) {
    check(predicted);
    return counts[check(truth)][predicted];
  }

  /** All counts {@code [true class][predicted class]}, a copy. */
  public long[][] toArray() {
    return copy(counts);
  }

  /** The number of rows that are of a class. */
  public long support(int label) {
    return supports[check(label)];
  }

  /** The number of rows for which a class was predicted. */
  public long predicted(int label) {
    return predictions[check(label)];
  }

  private int check(int label) {
    if (label < 0 || label >= classes()) {
      throw new IndexException(
          "%s: class %d is out of range 0 to %d".formatted(NAME, label, classes() - 1));
    }
    return label;
  }

  /** Whether a class is true or predicted anywhere. */
  boolean occurs(int label) {
    return supports[label] + predictions[label] > 0;
  }

  // ---- measures of a class

  /** Of the rows for which a class was predicted, the share that is of it. */
  public double precision(int label) {
    return share((double) counts[check(label)][label], (double) predictions[label]);
  }

  /** Of the rows of a class, the share for which it was predicted. */
  public double recall(int label) {
    return share((double) counts[check(label)][label], (double) supports[label]);
  }

  /** The harmonic mean of precision and recall of a class. */
  public double f1(int label) {
    return fBeta(label, 1);
  }

  /**
   * {@code (1 + b^2) precision recall / (b^2 precision + recall)} of a class: with a large beta
   * recall weighs more.
   *
   * @throws ArgumentException if beta is not above 0
   */
  public double fBeta(int label, double beta) {
    double square = FBeta.check(beta) * beta;
    double right = (1 + square) * counts[check(label)][label];
    return share(right, square * supports[label] + predictions[label]);
  }

  private double share(double part, double all) {
    return total == 0 ? Double.NaN : all == 0 ? 0 : part / all;
  }

  // ---- measures of all classes

  /** The share of rows whose class was predicted. */
  public double accuracy() {
    return (double) hits / total;
  }

  /**
   * The precision over the classes.
   *
   * @throws ArgumentException if the average is {@link Average#BINARY} and there are not 2 classes;
   *     so it is of all methods with an average
   */
  public double precision(Average average) {
    return average(average, this::precision);
  }

  /** The recall over the classes. */
  public double recall(Average average) {
    return average(average, this::recall);
  }

  /** The F1 score over the classes; with {@link Average#MACRO} the mean of their F1 scores. */
  public double f1(Average average) {
    return average(average, this::f1);
  }

  /** The F-beta score over the classes. */
  public double fBeta(Average average, double beta) {
    FBeta.check(beta);
    return average(average, label -> fBeta(label, beta));
  }

  /**
   * A measure over the classes. As each row has one class and one prediction, precision and recall
   * of all decisions together are both the accuracy, and so is what lies between them.
   */
  double average(Average average, IntToDoubleFunction measure) {
    return switch (average) {
      case BINARY -> {
        if (classes() != 2) {
          throw new ArgumentException(
              "%s: Average.BINARY needs 2 classes, there are %d; take MACRO, WEIGHTED or MICRO"
                  .formatted(NAME, classes()));
        }
        yield measure.applyAsDouble(1);
      }
      case MICRO -> accuracy();
      case MACRO -> occurring().mapToDouble(measure).average().orElse(Double.NaN);
      case WEIGHTED ->
          occurring().mapToDouble(c -> measure.applyAsDouble(c) * supports[c]).sum() / total;
    };
  }

  private IntStream occurring() {
    return IntStream.range(0, classes()).filter(this::occurs);
  }

  /** The mean recall of the classes that have rows: the accuracy were all equally frequent. */
  public double balancedAccuracy() {
    return IntStream.range(0, classes())
        .filter(label -> supports[label] > 0)
        .mapToDouble(this::recall)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * How far predictions and labels agree beyond chance: {@code (p - e) / (1 - e)} with the accuracy
   * {@code p} and that {@code e} which predictions of the same frequencies would have by chance. 1
   * is perfect, 0 chance; NaN if all predictions and labels are of one class. Cohen, "A coefficient
   * of agreement for nominal scales" (1960).
   */
  public double cohenKappa() {
    double chance = 0;
    for (int label = 0; label < classes(); label++) {
      chance += (double) supports[label] * predictions[label];
    }
    double square = (double) total * total;
    double misses = total - hits;
    return square == chance ? Double.NaN : 1 - misses * total / (square - chance);
  }

  /**
   * The correlation of predictions and labels, from -1 to 1, which does not mislead where classes
   * are unbalanced; 0 if all predictions or all labels are of one class. Matthews (1975); for more
   * classes Gorodkin, "Comparing two K-category assignments by a K-category correlation
   * coefficient" (2004).
   */
  public double matthews() {
    double square = (double) total * total;
    double both = (double) hits * total;
    double truth = square;
    double answer = square;
    for (int label = 0; label < classes(); label++) {
      both -= (double) supports[label] * predictions[label];
      truth -= (double) supports[label] * supports[label];
      answer -= (double) predictions[label] * predictions[label];
    }
    return share(both, Math.sqrt(truth) * Math.sqrt(answer));
  }

  // ---- as a value

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix
        && Arrays.deepEquals(counts, matrix.counts)
        && names.equals(matrix.names);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.deepHashCode(counts) + names.hashCode();
  }

  /** A table with a line for each class that is true and a column for each that is predicted. */
  @Override
  public String toString() {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    int widest = Long.toString(total).length();
    int margin = "true".length() + 2 + longest;
    String cell = "%" + (2 + Math.max(longest, widest)) + "s";
    var table = new StringBuilder(" ".repeat(margin + 2)).append("predicted\n");
    table.append(" ".repeat(margin));
    names.forEach(name -> table.append(cell.formatted(name)));
    for (int truth = 0; truth < classes(); truth++) {
      String name = names.get(truth);
      table
          .append(truth == 0 ? "\ntrue  " : "\n      ")
          .append(" ".repeat(longest - name.length()))
          .append(name);
      for (long count : counts[truth]) {
        table.append(cell.formatted(count));
      }
    }
    return table.toString();
  }
}
