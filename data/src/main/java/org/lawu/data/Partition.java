package org.lawu.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Which records are for training, for validation and for testing, by number; no record is in two
 * parts. It divides whatever is numbered alike: first a {@link Table}, so that preprocessing learns
 * from the training records alone, then the {@link Dataset} made of it.
 *
 * <pre>{@code
 * Partition rows = Partition.stratified(table.labels("species"), 0.1, 0.2, new Philox(1));
 * var features = Columns.standard("length", "width").fit(table.select(rows.train()));
 * Split split =
 *     rows.split(Dataset.of(features.apply(table), table.labels("species")));
 * }</pre>
 *
 * <p>All ways to divide but those by order and by time draw at random, and the same seed gives the
 * same parts. A fraction of {@code n} records gives {@code fraction * n} of them where that is a
 * whole number, and one of its two neighbours otherwise. Each throws an {@link ArgumentException}
 * if a fraction is negative, they leave nothing for training, or a part with a fraction above 0
 * would get no record. See {@link Folds} for cross-validation.
 */
public final class Partition {
  private static final int PARTS = 3;

  private final int[] train;
  private final int[] validation;
  private final int[] test;

  Partition(int[] train, int[] validation, int[] test) {
    this.train = train;
    this.validation = validation;
    this.test = test;
  }

  // ---- ways to divide

  /**
   * Divides at random, each part in random order.
   *
   * @param records the number of records
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @param random decides who goes where
   */
  public static Partition random(int records, double validation, double test, Philox random) {
    double[] fractions = fractions("random", validation, test);
    int[] order = random.permutation(records);
    return parts("random", order, deal(order, fractions), fractions);
  }

  /**
   * Divides at random so that each class has the same share of every part, as nearly as whole
   * records allow; each part in random order.
   *
   * @param labels the class of each record, INT32 {@code [n]}
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @param random decides who goes where
   * @throws ArgumentException also if there is one record only of a class
   * @throws org.lawu.error.DTypeException if the labels are not INT32
   * @throws ShapeException if the labels are not a vector
   */
  public static Partition stratified(Tensor labels, double validation, double test, Philox random) {
    double[] fractions = fractions("stratified", validation, test);
    int[] classes = Classes.of("stratified split", labels);
    if (validation > 0 || test > 0) {
      Classes.requireMembers("stratified split", classes, 2, "drop it or divide at random");
    }
    int[] order = random.permutation(classes.length);
    int[] byClass = Classes.sort(order, classes);
    return parts("stratified", order, deal(byClass, fractions), fractions);
  }

  /**
   * Divides at random so that no group is in two parts, such as the records of one customer. The
   * fractions are those of the records, and are kept as nearly as whole groups allow.
   *
   * @param groups what the group of each record is known by: a text, a number, or what else has
   *     {@code equals}
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @param random decides who goes where
   */
  public static Partition grouped(List<?> groups, double validation, double test, Philox random) {
    double[] fractions = fractions("grouped", validation, test);
    int[] partOf = new int[groups.size()];
    int[] dealt = new int[PARTS];
    int records = 0;
    for (int[] group : shuffledGroups(groups, random)) {
      records += group.length;
      int part = furthestBehind(fractions, dealt, records);
      dealt[part] += group.length;
      Arrays.stream(group).forEach(record -> partOf[record] = part);
    }
    return parts("grouped", random.permutation(groups.size()), partOf, fractions);
  }

  /**
   * Divides records that stand in the order of time: the first are for training, those that follow
   * for validation, the last for testing. Nothing is shuffled.
   *
   * @param records the number of records
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   */
  public static Partition ordered(int records, double validation, double test) {
    return inOrder("ordered", IntStream.range(0, records).toArray(), validation, test);
  }

  /**
   * Divides by time: the earliest records are for training, those that follow for validation, the
   * latest for testing, each part in the order of time. Records of one time keep their order.
   *
   * @param times the time of each record: numbers, {@link java.time.Instant}s, or texts such as
   *     2026-01-31, whose alphabetical order is that of time
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @throws ArgumentException also if a time is missing, that is, the empty text or NaN
   */
  public static <T extends Comparable<? super T>> Partition byTime(
      List<T> times, double validation, double test) {
    for (int record = 0; record < times.size(); record++) {
      T time = times.get(record);
      if (time.equals("") || time.equals(Double.NaN)) {
        throw new ArgumentException(
            "time split: record %d, counted from 0, has no time; drop it".formatted(record));
      }
    }
    int[] order =
        IntStream.range(0, times.size())
            .boxed()
            .sorted(Comparator.comparing(times::get))
            .mapToInt(Integer::intValue)
            .toArray();
    return inOrder("time", order, validation, test);
  }

  // ---- the parts

  /** The numbers of the records to learn from. */
  public int[] train() {
    return train.clone();
  }

  /** The numbers of the records that settings are chosen by; may be none. */
  public int[] validation() {
    return validation.clone();
  }

  /** The numbers of the records to judge by; may be none. */
  public int[] test() {
    return test.clone();
  }

  /**
   * The parts of a data set, without a copy.
   *
   * @throws org.lawu.error.IndexException if it has fewer records than were divided
   */
  public Split split(Dataset dataset) {
    return new Split(dataset.subset(train), dataset.subset(validation), dataset.subset(test));
  }

  /** Such as {@code Partition[105 train, 15 validation, 30 test]}. */
  @Override
  public String toString() {
    return "Partition[%d train, %d validation, %d test]"
        .formatted(train.length, validation.length, test.length);
  }

  // ---- how it is done

  /** The records of each group, the groups in random order. */
  static List<int[]> shuffledGroups(List<?> groups, Philox random) {
    Map<Object, List<Integer>> members = new LinkedHashMap<>();
    for (int record = 0; record < groups.size(); record++) {
      members.computeIfAbsent(groups.get(record), group -> new ArrayList<>()).add(record);
    }
    List<int[]> inOrder =
        members.values().stream()
            .map(records -> records.stream().mapToInt(Integer::intValue).toArray())
            .toList();
    return Arrays.stream(random.permutation(inOrder.size())).mapToObj(inOrder::get).toList();
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

  /**
   * Deals the records one after another, each to the part that is furthest behind its fraction of
   * the records dealt so far, and so keeps the fractions on every stretch of the order. Gives the
   * part of each record.
   */
  private static int[] deal(int[] order, double[] fractions) {
    int[] partOf = new int[order.length];
    int[] dealt = new int[PARTS];
    for (int i = 0; i < order.length; i++) {
      int behind = furthestBehind(fractions, dealt, i + 1);
      dealt[behind]++;
      partOf[order[i]] = behind;
    }
    return partOf;
  }

  private static int furthestBehind(double[] fractions, int[] dealt, int records) {
    int behind = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int part = 0; part < PARTS; part++) {
      double missing = fractions[part] * records - dealt[part];
      if (fractions[part] > 0 && missing > most) {
        behind = part;
        most = missing;
      }
    }
    return behind;
  }

  private static Partition inOrder(String operation, int[] order, double validation, double test) {
    double[] fractions = fractions(operation, validation, test);
    int testFrom = order.length - (int) Math.round(test * order.length);
    int validationFrom = order.length - (int) Math.round((validation + test) * order.length);
    int[] partOf = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      partOf[order[i]] = i < validationFrom ? 0 : i < testFrom ? 1 : 2;
    }
    return parts(operation, order, partOf, fractions);
  }

  private static Partition parts(String operation, int[] order, int[] partOf, double[] fractions) {
    int[][] parts = new int[PARTS][];
    String[] names = {"training", "validation", "test"};
    for (int i = 0; i < PARTS; i++) {
      int part = i;
      parts[part] = Arrays.stream(order).filter(record -> partOf[record] == part).toArray();
      if (parts[part].length == 0 && fractions[part] > 0) {
        throw new ArgumentException(
            "%s split: %d records are too few: the %s part with fraction %s gets none"
                .formatted(operation, order.length, names[part], fractions[part]));
      }
    }
    return new Partition(parts[0], parts[1], parts[2]);
  }
}
