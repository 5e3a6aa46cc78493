package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class DataLoaderTest {
  private final Dataset dataset = Dataset.of(Tensor.arange(20).reshape(10, 2), Tensor.arange(10));

  private static List<Integer> epoch(DataLoader loader) {
    List<Integer> labels = new ArrayList<>();
    for (Batch batch : loader) {
      for (int label : batch.labels().toIntArray()) {
        labels.add(label);
      }
    }
    return labels;
  }

  @Test
  void givesAllRecordsInOrderInBatches() {
    DataLoader loader = new DataLoader(dataset, 4);
    List<Integer> sizes = new ArrayList<>();
    loader.forEach(batch -> sizes.add(batch.size()));

    assertThat(sizes).containsExactly(4, 4, 2);
    assertThat(loader.size()).isEqualTo(3);
    assertThat(epoch(loader)).isEqualTo(IntStream.range(0, 10).boxed().toList());
  }

  @Test
  void dropsALastBatchThatIsSmaller() {
    assertThat(new DataLoader(dataset, 4).dropLast().size()).isEqualTo(2);
    assertThat(epoch(new DataLoader(dataset, 4).dropLast())).hasSize(8);
    assertThat(new DataLoader(dataset, 5).dropLast().size()).isEqualTo(2);
    assertThat(new DataLoader(dataset, 11).dropLast()).isEmpty();
  }

  @Test
  void eachEpochHasEveryRecordOnceInANewOrder() {
    DataLoader loader = new DataLoader(dataset, 3).shuffle(new Philox(1));
    List<Integer> first = epoch(loader);
    List<Integer> second = epoch(loader);

    assertThat(first).containsExactlyInAnyOrderElementsOf(epoch(new DataLoader(dataset, 3)));
    assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
  }

  @Test
  void featuresStayWithTheirLabels() {
    for (Batch batch : new DataLoader(dataset, 3).shuffle(new Philox(1))) {
      assertThat(batch.features().slice(1, 0, 1).reshape(-1)).isEqualTo(batch.labels().mul(2));
    }
  }

  @Test
  void theSameSeedGivesTheSameOrders() {
    DataLoader one = new DataLoader(dataset, 3).shuffle(new Philox(7)).dropLast();
    DataLoader same = new DataLoader(dataset, 3).dropLast().shuffle(new Philox(7));
    DataLoader other = new DataLoader(dataset, 3).shuffle(new Philox(8)).dropLast();

    assertThat(epoch(one)).isEqualTo(epoch(same)).isNotEqualTo(epoch(other));
    assertThat(epoch(one)).isEqualTo(epoch(same));
  }

  @Test
  void changingALoaderLeavesTheFirstAsItWas() {
    DataLoader plain = new DataLoader(dataset, 4);
    DataLoader changed = plain.shuffle(new Philox(1)).dropLast();

    assertThat(changed.size()).isEqualTo(2);
    assertThat(epoch(plain)).isEqualTo(IntStream.range(0, 10).boxed().toList());
  }

  @Test
  void anEmptyDataSetHasNoBatches() {
    DataLoader loader = new DataLoader(dataset.subset(0, 0), 4).shuffle(new Philox(1));

    assertThat(loader.size()).isZero();
    assertThat(loader).isEmpty();
  }

  @Test
  void refusesABatchSizeBelowOne() {
    assertThatThrownBy(() -> new DataLoader(dataset, 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("dataLoader: the batch size must be at least 1, got 0");
  }

  @Test
  void anIteratorEnds() {
    Iterator<Batch> batches = new DataLoader(dataset, 10).iterator();
    batches.next();

    assertThatThrownBy(batches::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("the epoch has ended; ask for a new iterator");
  }
}
