package org.lawu.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * Divides records for cross-validation: into {@code k} folds, each of which is the test part once
 * while the others are for training. The validation part is empty. The same seed gives the same
 * folds.
 *
 * <pre>{@code
 * for (Partition fold : Folds.stratified(iris.labels(), 5, new Philox(1))) {
 *   Split split = fold.split(iris);
 *   ...
 * }
 * }</pre>
 *
 * <p>Each method throws an {@link ArgumentException} if {@code k} is below 2 or there are too few
 * records.
 */
public final class Folds {
  private static final int[] NONE = {};

  private Folds() {}

  /**
   * Folds at random, whose sizes differ by one at most; scikit-learn's {@code KFold} with
   * shuffling.
   *
   * @param records the number of records, at least k
   */
  public static List<Partition> random(int records, int k, Philox random) {
    require("k-fold", "records", records, k);
    int[] order = random.permutation(records);
    return partitions(order, deal(order, k), k);
  }

  /**
   * Folds at random whose sizes, and whose numbers of records of each class, differ by one at most;
   * scikit-learn's {@code StratifiedKFold} with shuffling.
   *
   * @param labels the class of each record, INT32 {@code [n]}
   * @throws ArgumentException also if a class has fewer than k records
   * @throws org.lawu.error.DTypeException if the labels are not INT32
   * @throws org.lawu.error.ShapeException if the labels are not a vector
   */
  public static List<Partition> stratified(Tensor labels, int k, Philox random) {
    int[] classes = Classes.of("stratified k-fold", labels);
    require("stratified k-fold", "records", classes.length, k);
    Classes.requireMembers("stratified k-fold", classes, k, "use fewer folds");
    int[] order = random.permutation(classes.length);
    return partitions(order, deal(Classes.sort(order, classes), k), k);
  }

  /**
   * Folds at random none of which shares a group with another, such as the records of one customer.
   * From the largest group on, each goes to the fold with the fewest records; scikit-learn's {@code
   * GroupKFold}.
   *
   * @param groups what the group of each record is known by: a text, a number, or what else has
   *     {@code equals}; at least k of them
   */
  public static List<Partition> grouped(List<?> groups, int k, Philox random) {
    List<int[]> bySize = new ArrayList<>(Partition.shuffledGroups(groups, random));
    require("grouped k-fold", "groups", bySize.size(), k);
    bySize.sort(Comparator.comparingInt(group -> -group.length));
    int[] foldOf = new int[groups.size()];
    int[] sizes = new int[k];
    for (int[] group : bySize) {
      int smallest =
          IntStream.range(0, k).boxed().min(Comparator.comparingInt(i -> sizes[i])).orElseThrow();
      sizes[smallest] += group.length;
      Arrays.stream(group).forEach(record -> foldOf[record] = smallest);
    }
    return partitions(random.permutation(groups.size()), foldOf, k);
  }

  /**
   * For records in the order of time, which are never shuffled: {@code k} stretches of {@code
   * records / (k + 1)} at the end are tested one after another, each after training on all that
   * comes before it; scikit-learn's {@code TimeSeriesSplit}.
   *
   * @param records the number of records, above k
   */
  public static List<Partition> ordered(int records, int k) {
    require("time series folds", "records after the first", records - 1, k);
    int size = records / (k + 1);
    return IntStream.range(0, k)
        .map(fold -> records - (k - fold) * size)
        .mapToObj(from ->
            new Partition(
                IntStream.range(0, from).toArray(),
                NONE,
                IntStream.range(from, from + size).toArray()))
        .toList();
  }

  private static void require(String operation, String what, int count, int k) {
    if (k < 2) {
      throw new ArgumentException(
          "%s: there must be at least 2 folds, got %d".formatted(operation, k));
    }
    if (count < k) {
      throw new ArgumentException(
          "%s: %d %s are too few for %d folds; use fewer".formatted(operation, count, what, k));
    }
  }

  /** The fold of each record: 0, 1, 2 and so on along the order, again and again. */
  private static int[] deal(int[] order, int k) {
    int[] foldOf = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      foldOf[order[i]] = i % k;
    }
    return foldOf;
  }

  private static List<Partition> partitions(int[] order, int[] foldOf, int k) {
    return IntStream.range(0, k)
        .mapToObj(fold ->
            new Partition(
                Arrays.stream(order).filter(record -> foldOf[record] != fold).toArray(),
                NONE,
                Arrays.stream(order).filter(record -> foldOf[record] == fold).toArray()))
        .toList();
  }
}
