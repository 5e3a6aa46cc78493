package org.lawu.data;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class SplitTest {

  /** Records whose feature is their number. */
  private static Dataset numbered(int... labels) {
    return Dataset.of(Tensor.arange(labels.length), Tensor.of(labels));
  }

  private static Dataset numbered(int size) {
    return numbered(new int[size]);
  }

  private static List<Dataset> parts(Split split) {
    return List.of(split.train(), split.validation(), split.test());
  }

  private static int[] records(Dataset dataset) {
    return dataset.features().toIntArray();
  }

  private static void assertHoldsEveryRecordOnce(Split split, int size) {
    int[] all =
        parts(split).stream().flatMapToInt(part -> Arrays.stream(records(part))).sorted().toArray();
    assertThat(all).isEqualTo(IntStream.range(0, size).toArray());
  }

  @Test
  void dividesByTheFractions() {
    Split split = Split.random(numbered(150), 0.1, 0.2, new Philox(1));

    assertThat(parts(split).stream().map(Dataset::size)).containsExactly(105, 15, 30);
    assertHoldsEveryRecordOnce(split, 150);
  }

  @Test
  void partsAreWithinARecordOfTheirFraction() {
    for (int size = 20; size < 60; size++) {
      for (double test = 0.05; test < 0.6; test += 0.05) {
        Split split = Split.random(numbered(size), 0.15, test, new Philox(size));

        assertHoldsEveryRecordOnce(split, size);
        assertThat((double) split.test().size()).isCloseTo(size * test, within(1.0));
        assertThat((double) split.validation().size()).isCloseTo(size * 0.15, within(1.0));
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameSplit() {
    Split one = Split.random(numbered(50), 0.2, 0.2, new Philox(3));
    Split same = Split.random(numbered(50), 0.2, 0.2, new Philox(3));
    Split other = Split.random(numbered(50), 0.2, 0.2, new Philox(4));

    assertThat(records(one.train())).isEqualTo(records(same.train()));
    assertThat(records(one.test())).isEqualTo(records(same.test()));
    assertThat(records(one.test())).isNotEqualTo(records(other.test()));
  }

  @Test
  void everyRecordIsAsLikelyToBeTested() {
    int[] tested = new int[10];
    Philox random = new Philox(5);
    for (int i = 0; i < 2000; i++) {
      for (int record : records(Split.random(numbered(10), 0.2, 0.3, random).test())) {
        tested[record]++;
      }
    }

    assertThat(Arrays.stream(tested).boxed())
        .allSatisfy(times -> assertThat(times).isBetween(520, 680));
  }

  @Test
  void stratifiedKeepsTheProportionsOfClasses() {
    int[] labels = IntStream.range(0, 300).map(i -> i < 200 ? 7 : i < 280 ? 0 : 3).toArray();
    Split split = Split.stratified(numbered(labels), 0.1, 0.25, new Philox(2));

    assertHoldsEveryRecordOnce(split, 300);
    assertThat(counts(split.train(), 7, 0, 3)).containsExactly(130, 52, 13);
    assertThat(counts(split.validation(), 7, 0, 3)).containsExactly(20, 8, 2);
    assertThat(counts(split.test(), 7, 0, 3)).containsExactly(50, 20, 5);
  }

  private static int[] counts(Dataset dataset, int... classes) {
    int[] labels = dataset.labels().toIntArray();
    return Arrays.stream(classes)
        .map(c -> (int) Arrays.stream(labels).filter(label -> label == c).count())
        .toArray();
  }

  @Test
  void stratifiedDividesSmallClassesTogether() {
    int[] labels = IntStream.range(0, 100).map(i -> i / 2).toArray();
    Split split = Split.stratified(numbered(labels), 0, 0.2, new Philox(2));

    assertThat(split.test().size()).isEqualTo(20);
    assertThat(split.test().labels().toIntArray()).doesNotHaveDuplicates();
  }

  @Test
  void stratifiedPartsAreNotSortedByClass() {
    int[] labels = IntStream.range(0, 100).map(i -> i / 50).toArray();
    Split split = Split.stratified(numbered(labels), 0, 0.5, new Philox(2));

    int[] half = split.train().subset(0, 25).labels().toIntArray();
    assertThat(Arrays.stream(half).sum()).isBetween(5, 20);
  }

  @Test
  void aPartWithoutAFractionIsEmpty() {
    Split split = Split.random(numbered(7), 0, 0, new Philox(1));

    assertThat(parts(split).stream().map(Dataset::size)).containsExactly(7, 0, 0);
  }

  @Test
  void refusesFractionsThatLeaveNothing() {
    assertFault(0.5, 0.5);
    assertFault(-0.1, 0.2);
    assertFault(Double.NaN, 0);
  }

  private static void assertFault(double validation, double test) {
    assertThatThrownBy(() -> Split.random(numbered(9), validation, test, new Philox(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "random split: fractions must be at least 0 and below 1 in sum: validation %s and"
                + " test %s",
            validation, test);
  }

  @Test
  void refusesTooFewRecords() {
    assertThatThrownBy(() -> Split.stratified(numbered(3), 0.1, 0.2, new Philox(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "stratified split: 3 records are too few: the validation part with fraction 0.1 gets"
                + " none");
    assertThatThrownBy(() -> Split.random(numbered(0), 0, 0.2, new Philox(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "random split: 0 records are too few: the training part with fraction 0.8 gets none");
  }

  @Test
  void stratifiedNeedsClasses() {
    Dataset targets = Dataset.of(Tensor.zeros(4, 1), Tensor.zeros(4, 1));
    assertThatThrownBy(() -> Split.stratified(targets, 0, 0.5, new Philox(1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "stratified split: labels must be INT32 classes, got FLOAT32 [4, 1]; divide at random");

    Dataset rows = Dataset.of(Tensor.zeros(4, 1), Tensor.arange(4).reshape(4, 1));
    assertThatThrownBy(() -> Split.stratified(rows, 0, 0.5, new Philox(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "stratified split: labels must be a vector, one class for each record, got [4, 1]");
  }

  @Test
  void stratifiedRefusesAClassOfOne() {
    assertThatThrownBy(() -> Split.stratified(numbered(0, 0, 0, 5, 0, 0), 0, 0.5, new Philox(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "stratified split: class 5 has too few records: 1, and at least 2 are needed; drop it"
                + " or divide at random");
    assertThat(Split.stratified(numbered(0, 5), 0, 0, new Philox(1)).train().size()).isEqualTo(2);
  }

  @Test
  void groupsStayTogether() {
    int[] group = IntStream.range(0, 300).map(i -> i * i % 60).toArray();
    List<String> groups = Arrays.stream(group).mapToObj(i -> "customer " + i).toList();
    Split split = Split.grouped(numbered(300), groups, 0.2, 0.3, new Philox(1));

    assertHoldsEveryRecordOnce(split, 300);
    List<Set<Integer>> found =
        parts(split).stream()
            .map(part -> Arrays.stream(records(part)).mapToObj(r -> group[r]).collect(toSet()))
            .toList();
    assertThat(found.stream().mapToInt(Set::size).sum())
        .isEqualTo((int) Arrays.stream(group).distinct().count());
    assertThat(split.test().size()).isBetween(60, 120);
    assertThat(split.validation().size()).isBetween(30, 90);
    Split same = Split.grouped(numbered(300), groups, 0.2, 0.3, new Philox(1));
    assertThat(records(same.test())).isEqualTo(records(split.test()));
    Split other = Split.grouped(numbered(300), groups, 0.2, 0.3, new Philox(2));
    assertThat(records(other.test())).isNotEqualTo(records(split.test()));
  }

  @Test
  void groupedRefusesTooFewGroups() {
    List<String> groups = List.of("a", "a", "b", "b");
    assertThatThrownBy(() -> Split.grouped(numbered(4), groups, 0.2, 0.2, new Philox(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessageMatching(
            "grouped split: 4 records are too few: the (validation|test) part with fraction 0.2"
                + " gets none");
    assertThatThrownBy(() -> Split.grouped(numbered(5), groups, 0.2, 0.2, new Philox(1)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("grouped split: there must be a group for each of 5 records, got 4");
  }

  @Test
  void orderedTestsTheLast() {
    Split split = Split.ordered(numbered(10), 0.2, 0.3);

    assertThat(records(split.train())).containsExactly(0, 1, 2, 3, 4);
    assertThat(records(split.validation())).containsExactly(5, 6);
    assertThat(records(split.test())).containsExactly(7, 8, 9);
    assertThat(Split.ordered(numbered(3), 0, 0).train().size()).isEqualTo(3);
    assertThatThrownBy(() -> Split.ordered(numbered(3), 0, 0.1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "ordered split: 3 records are too few: the test part with fraction 0.1 gets none");
  }

  @Test
  void byTimeTestsTheLatest() {
    List<String> days =
        List.of("2026-03-01", "2024-12-31", "2026-01-15", "2025-01-01", "2025-01-01");
    Split split = Split.byTime(numbered(5), days, 0.2, 0.2);

    assertThat(records(split.train())).containsExactly(1, 3, 4);
    assertThat(records(split.validation())).containsExactly(2);
    assertThat(records(split.test())).containsExactly(0);
    assertThat(Partition.byTime(List.of(10.0, 9.0), 0, 0.5).test()).containsExactly(0);
    assertThat(Partition.byTime(List.of(10.0, 9.0), 0, 0.5))
        .hasToString("Partition[1 train, 0 validation, 1 test]");
    assertThatThrownBy(() -> Partition.byTime(List.of("2026", ""), 0, 0.5))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("time split: record 1, counted from 0, has no time; drop it");
    assertThatThrownBy(() -> Partition.byTime(List.of(Double.NaN, 1.0), 0, 0.5))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("time split: record 0, counted from 0, has no time; drop it");
    assertThatThrownBy(() -> Split.byTime(numbered(2), days, 0, 0.5))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("time split: there must be a time for each of 2 records, got 5");
  }
}
