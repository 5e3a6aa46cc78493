package org.lawu.data;

import java.util.List;
import org.lawu.random.Philox;

/**
 * A data set divided into three parts, none of which shares a record with another. {@link
 * Partition} tells how each way to divide works, and divides tables too; {@link Folds} divides for
 * cross-validation.
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

  /**
   * Divides at random, each part in random order; see {@link Partition#random}.
   *
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @param random decides who goes where; the same seed gives the same split
   * @throws org.lawu.error.ArgumentException if a fraction is negative, they leave nothing for
   *     training, or a part with a fraction above 0 would get no record
   */
  public static Split random(Dataset dataset, double validation, double test, Philox random) {
    return Partition.random(dataset.size(), validation, test, random).split(dataset);
  }

  /**
   * Divides at random so that each class has the same share of every part, as nearly as whole
   * records allow; see {@link Partition#stratified}.
   *
   * @param dataset one with INT32 labels {@code [n]}
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @param random decides who goes where; the same seed gives the same split
   * @throws org.lawu.error.ArgumentException as {@link #random}, and if there is one record only of
   *     a class
   * @throws org.lawu.error.DTypeException if the labels are not INT32
   * @throws org.lawu.error.ShapeException if the labels are not a vector
   */
  public static Split stratified(Dataset dataset, double validation, double test, Philox random) {
    return Partition.stratified(dataset.labels(), validation, test, random).split(dataset);
  }

  /**
   * Divides at random so that no group is in two parts; see {@link Partition#grouped}.
   *
   * @param groups what the group of each record is known by
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @param random decides who goes where; the same seed gives the same split
   * @throws org.lawu.error.ArgumentException as {@link #random}, which few large groups make likely
   */
  public static Split grouped(
      Dataset dataset, List<?> groups, double validation, double test, Philox random) {
    Records.requireOneEach("grouped split", "group", groups.size(), dataset);
    return Partition.grouped(groups, validation, test, random).split(dataset);
  }

  /**
   * Divides records that stand in the order of time without shuffling: the last are for testing;
   * see {@link Partition#ordered}.
   *
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @throws org.lawu.error.ArgumentException as {@link #random}
   */
  public static Split ordered(Dataset dataset, double validation, double test) {
    return Partition.ordered(dataset.size(), validation, test).split(dataset);
  }

  /**
   * Divides by time: the latest records are for testing; see {@link Partition#byTime}.
   *
   * @param times the time of each record
   * @param validation the fraction of the records for validation, 0 for none
   * @param test the fraction for testing, 0 for none; training gets what the two leave
   * @throws org.lawu.error.ArgumentException as {@link #random}, and if a time is missing
   */
  public static <T extends Comparable<? super T>> Split byTime(
      Dataset dataset, List<T> times, double validation, double test) {
    Records.requireOneEach("time split", "time", times.size(), dataset);
    return Partition.byTime(times, validation, test).split(dataset);
  }
}
