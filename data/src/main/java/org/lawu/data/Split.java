package org.lawu.data;

import java.util.Arrays;
import java.util.Comparator;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * A data set divided into three parts that hold every record exactly once, each in random order.
 *
 * <pre>{@code
 * Split split = Split.stratified(iris, 0.1, 0.2, new Philox(1)); // 70 % train
 * }</pre>
 *
 * @param train what a model learns from
 * @param validation what its settings are chosen by; may be empty
 * @param test what it is judged by; may be empty
 */
public record Split(Dataset train, Dataset validation, Dataset test) {
  private static final int PARTS = 3;

  /**
   * Divides at random. A fraction of {@code n} records gives {@code fraction * n} of them where
   * that is a whole number, and one of its two neighbours otherwise.
   *
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @param random decides who goes where; the same seed gives the same split
   * @throws ArgumentException if a fraction is negative, they leave nothing for training, or a part
   *     with a fraction above 0 would get no record
   */
  public static Split random(Dataset dataset, double validation, double test, Philox random) {
    double[] fractions = fractions("random", validation, test);
    int[] order = random.permutation(dataset.size());
    return parts("random", dataset, order, deal(order, fractions), fractions);
  }

  /**
   * Divides at random so that each class has the same share of every part, as nearly as whole
   * records allow.
   *
   * @param dataset one with INT32 labels {@code [n]}
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @param random decides who goes where; the same seed gives the same split
   * @throws ArgumentException if a fraction is negative, they leave nothing for training, or a part
   *     with a fraction above 0 would get no record
   * @throws DTypeException if the labels are not INT32
   * @throws ShapeException if the labels are not a vector
   */
  public static Split stratified(Dataset dataset, double validation, double test, Philox random) {
    double[] fractions = fractions("stratified", validation, test);
    int[] labels = classes(dataset.labels());
    int[] order = random.permutation(dataset.size());
    int[] byClass =
        Arrays.stream(order)
            .boxed()
            .sorted(Comparator.comparingInt(record -> labels[record]))
            .mapToInt(Integer::intValue)
            .toArray();
    return parts("stratified", dataset, order, deal(byClass, fractions), fractions);
  }

  private static double[] fractions(String operation, double validation, double test) {
    double train = 1 - validation - test;
    if (!(validation >= 0 && test >= 0 && train > 0)) {
      throw new ArgumentException(
          "%s split: fractions must be at least 0 and below 1 in sum: validation %s and test %s"
              .formatted(operation, validation, test));
    }
    return new double[] {train, validation, test};
  }

  private static int[] classes(Tensor labels) {
    if (labels.dtype() != DType.INT32) {
      throw new DTypeException(
          "stratified split: labels must be INT32 classes, got %s %s; use Split.random"
              .formatted(labels.dtype(), labels.shape()));
    }
    if (labels.rank() != 1) {
      throw new ShapeException(
          "stratified split: labels must be a vector, one class for each record, got "
              + labels.shape());
    }
    return labels.toIntArray();
  }

  /**
   * Deals the records one after another, each to the part that is furthest behind its fraction of
   * the records dealt so far, and so keeps the fractions on every stretch of the order. Gives the
   * part of each record.
   */
  private static int[] deal(int[] order, double[] fractions) {
    int[] partOf = new int[order.length];
    int[] dealt = new int[PARTS];
    for (int i = 0; i < order.length; i++) {
      int behind = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int part = 0; part < PARTS; part++) {
        double missing = fractions[part] * (i + 1) - dealt[part];
        if (fractions[part] > 0 && missing > most) {
          behind = part;
          most = missing;
        }
      }
      dealt[behind]++;
      partOf[order[i]] = behind;
    }
    return partOf;
  }

  private static Split parts(
      String operation, Dataset dataset, int[] order, int[] partOf, double[] fractions) {
    Dataset[] parts = new Dataset[PARTS];
    String[] names = {"training", "validation", "test"};
    for (int i = 0; i < PARTS; i++) {
      int part = i;
      int[] records = Arrays.stream(order).filter(record -> partOf[record] == part).toArray();
      if (records.length == 0 && fractions[part] > 0) {
        throw new ArgumentException(
            "%s split: %d records are too few: the %s part with fraction %s gets none"
                .formatted(operation, dataset.size(), names[part], fractions[part]));
      }
      parts[part] = dataset.subset(records);
    }
    return new Split(parts[0], parts[1], parts[2]);
  }
}
