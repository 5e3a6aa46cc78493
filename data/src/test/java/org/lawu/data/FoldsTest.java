package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class FoldsTest {

  private static void assertTestsEveryRecordOnce(List<Partition> folds, int records) {
    assertThat(folds.stream().flatMapToInt(fold -> Arrays.stream(fold.test())).sorted().toArray())
        .isEqualTo(IntStream.range(0, records).toArray());
    for (Partition fold : folds) {
      assertThat(fold.validation()).isEmpty();
      int[] all =
          IntStream.concat(Arrays.stream(fold.train()), Arrays.stream(fold.test()))
              .sorted()
              .toArray();
      assertThat(all).isEqualTo(IntStream.range(0, records).toArray());
    }
  }

  private static List<Integer> sizes(List<Partition> folds) {
    return folds.stream().map(fold -> fold.test().length).toList();
  }

  @Test
  void foldsAtRandomDifferByOneRecord() {
    List<Partition> folds = Folds.random(23, 5, new Philox(1));

    assertTestsEveryRecordOnce(folds, 23);
    assertThat(sizes(folds)).containsExactly(5, 5, 5, 4, 4);
    assertThat(folds.getFirst().test()).isNotEqualTo(new int[] {0, 5, 10, 15, 20});
    assertThat(Folds.random(23, 5, new Philox(1)).getLast().train())
        .isEqualTo(folds.getLast().train());
    assertThat(Folds.random(23, 5, new Philox(2)).getLast().train())
        .isNotEqualTo(folds.getLast().train());
  }

  @Test
  void aFoldDividesADataSet() {
    Dataset dataset = Dataset.of(Tensor.arange(6), Tensor.arange(6));
    Split split = Folds.random(6, 3, new Philox(1)).getFirst().split(dataset);

    assertThat(split.train().size()).isEqualTo(4);
    assertThat(split.validation().size()).isZero();
    assertThat(split.test().size()).isEqualTo(2);
  }

  @Test
  void stratifiedFoldsHaveTheirShareOfEachClass() {
    int[] labels = IntStream.range(0, 101).map(i -> i < 70 ? 4 : i < 93 ? 0 : -1).toArray();
    List<Partition> folds = Folds.stratified(Tensor.of(labels), 4, new Philox(3));

    assertTestsEveryRecordOnce(folds, 101);
    assertThat(sizes(folds)).containsExactly(26, 25, 25, 25);
    for (Partition fold : folds) {
      assertThat(count(fold, labels, 4)).isBetween(17, 18);
      assertThat(count(fold, labels, 0)).isBetween(5, 6);
      assertThat(count(fold, labels, -1)).isEqualTo(2);
    }
  }

  private static int count(Partition fold, int[] labels, int label) {
    return (int) Arrays.stream(fold.test()).filter(record -> labels[record] == label).count();
  }

  @Test
  void groupsAreInOneFoldEach() {
    List<Integer> groups = IntStream.range(0, 200).map(i -> i * i % 37).boxed().toList();
    List<Partition> folds = Folds.grouped(groups, 4, new Philox(1));

    assertTestsEveryRecordOnce(folds, 200);
    Set<Integer> seen = new HashSet<>();
    for (Partition fold : folds) {
      Set<Integer> here = new HashSet<>();
      Arrays.stream(fold.test()).forEach(record -> here.add(groups.get(record)));
      assertThat(seen).doesNotContainAnyElementsOf(here);
      seen.addAll(here);
      assertThat(fold.test().length).isBetween(40, 60);
    }
  }

  /** As {@code list(TimeSeriesSplit(3).split(range(11)))} of scikit-learn 1.2.1 has it. */
  @Test
  void foldsInOrderNeverTestThePast() {
    List<Partition> folds = Folds.ordered(11, 3);

    assertThat(folds).hasSize(3);
    assertThat(folds.get(0).train()).containsExactly(0, 1, 2, 3, 4);
    assertThat(folds.get(0).test()).containsExactly(5, 6);
    assertThat(folds.get(1).train()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(folds.get(1).test()).containsExactly(7, 8);
    assertThat(folds.get(2).train()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(folds.get(2).test()).containsExactly(9, 10);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ArgumentException.class).hasMessage(message);
  }

  @Test
  void refusesWhatIsTooFew() {
    var random = new Philox(1);
    assertRefused(
        () -> Folds.random(4, 1, random), "k-fold: there must be at least 2 folds, got 1");
    assertRefused(
        () -> Folds.random(4, 5, random), "k-fold: 4 records are too few for 5 folds; use fewer");
    assertRefused(
        () -> Folds.stratified(Tensor.of(0, 0, 0, 1, 1), 3, random),
        "stratified k-fold: class 1 has too few records: 2, and at least 3 are needed; use fewer"
            + " folds");
    assertRefused(
        () -> Folds.grouped(List.of("a", "b", "a"), 3, random),
        "grouped k-fold: 2 groups are too few for 3 folds; use fewer");
    assertRefused(
        () -> Folds.ordered(3, 3),
        "time series folds: 2 records after the first are too few for 3 folds; use fewer");
    assertThatThrownBy(() -> Folds.stratified(Tensor.of(0f, 1f), 2, random))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "stratified k-fold: labels must be INT32 classes, got FLOAT32 [2]; divide at random");
  }
}
