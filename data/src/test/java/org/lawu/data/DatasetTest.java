package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.DTypeException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class DatasetTest {
  private final Dataset dataset =
      Dataset.of(Tensor.arange(10).reshape(5, 2), Tensor.of(10, 11, 12, 13, 14));

  @Test
  void givesRecordsInTheOrderAskedFor() {
    Batch batch = dataset.batch(new int[] {4, 0, 4});

    assertThat(batch.features()).isEqualTo(Tensor.of(new int[] {8, 9, 0, 1, 8, 9}, 3, 2));
    assertThat(batch.labels()).isEqualTo(Tensor.of(14, 10, 14));
    assertThat(batch.size()).isEqualTo(3);
  }

  @Test
  void consecutiveRecordsAreTheSameAsOthers() {
    Batch batch = dataset.batch(new int[] {1, 2, 3});

    assertThat(batch.features()).isEqualTo(Tensor.of(new int[] {2, 3, 4, 5, 6, 7}, 3, 2));
    assertThat(batch.labels()).isEqualTo(Tensor.of(11, 12, 13));
  }

  @Test
  void anEmptyBatchHasNoRecords() {
    assertThat(dataset.batch(new int[0]).features().shape().toArray()).containsExactly(0, 2);
    assertThat(dataset.subset(new int[0]).labels().shape().toArray()).containsExactly(0);
  }

  @Test
  void copiesStridedFeaturesOnceAndNotForEachBatch() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Dataset transposed = Dataset.of(Tensor.zeros(10, 100_000).transpose(), Tensor.arange(100_000));
    Batch _ = transposed.batch(new int[] {5, 3});
    long before = threads.getCurrentThreadAllocatedBytes();
    Batch _ = transposed.batch(new int[] {5, 3});
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
  }

  @Test
  void takesTransposedFeatures() {
    Dataset transposed = Dataset.of(Tensor.arange(6).reshape(2, 3).transpose(), Tensor.of(0, 1, 2));

    assertThat(transposed.batch(new int[] {2, 0}).features())
        .isEqualTo(Tensor.of(new int[] {2, 5, 0, 3}, 2, 2));
  }

  @Test
  void featuresAreNotTracked() {
    Dataset tracked = Dataset.of(Tensor.ones(2, 2).withGradient(), Tensor.of(0, 1));

    assertThat(tracked.batch(new int[] {1, 0}).features().isTracked()).isFalse();
  }

  @Test
  void subsetsOfSubsetsNumberTheirOwnRecords() {
    Dataset inner = dataset.subset(new int[] {4, 2, 0}).subset(new int[] {2, 0});

    assertThat(inner.size()).isEqualTo(2);
    assertThat(inner.batch(new int[] {0, 1}).labels()).isEqualTo(Tensor.of(10, 14));
    assertThat(inner.labels()).isEqualTo(Tensor.of(10, 14));
    assertThat(inner.features()).isEqualTo(Tensor.of(new int[] {0, 1, 8, 9}, 2, 2));
    assertThat(dataset.subset(1, 3).labels()).isEqualTo(Tensor.of(11, 12));
  }

  @Test
  void aSubsetKeepsItsRecordsWhenTheArrayChanges() {
    int[] records = {3, 4};
    Dataset subset = dataset.subset(records);
    records[0] = 0;

    assertThat(subset.labels()).isEqualTo(Tensor.of(13, 14));
  }

  @Test
  void mapsFeaturesAndKeepsLabels() {
    Dataset mapped = dataset.mapFeatures(features -> features.mul(10));

    assertThat(mapped.size()).isEqualTo(5);
    assertThat(mapped.batch(new int[] {3}).features())
        .isEqualTo(Tensor.of(new int[] {60, 70}, 1, 2));
    assertThat(mapped.labels()).isEqualTo(dataset.labels());
  }

  @Test
  void collectsLabelsOfADataSetThatOnlyGivesBatches() {
    int size = 3000;
    List<Integer> sizes = new ArrayList<>();
    Dataset squares =
        new Dataset() {
          @Override
          public int size() {
            return size;
          }

          @Override
          public Batch batch(int[] records) {
            sizes.add(records.length);
            Tensor numbers = Tensor.of(records);
            return new Batch(numbers, numbers.mul(2));
          }
        };

    assertThat(squares.labels()).isEqualTo(Tensor.arange(0, 2 * size, 2));
    assertThat(squares.features()).isEqualTo(Tensor.arange(size));
    assertThat(sizes).containsExactly(1024, 1024, 952, 3000);
    assertThat(squares.subset(0, 0).labels().shape().toArray()).containsExactly(0);
  }

  @Test
  void refusesRecordsThatDoNotExist() {
    assertThatThrownBy(() -> dataset.batch(new int[] {0, 5}))
        .isInstanceOf(IndexException.class)
        .hasMessage("batch: there is no record 5; the data set has 5, counted from 0");
    assertThatThrownBy(() -> dataset.subset(new int[] {-1}))
        .isInstanceOf(IndexException.class)
        .hasMessage("subset: there is no record -1; the data set has 5, counted from 0");
    assertThatThrownBy(() -> dataset.subset(0, 2).batch(new int[] {2}))
        .isInstanceOf(IndexException.class)
        .hasMessage("batch: there is no record 2; the data set has 2, counted from 0");
    assertThatThrownBy(() -> dataset.subset(3, 2))
        .isInstanceOf(IndexException.class)
        .hasMessage("subset: records 3 to 2 are no part of 0 to 5");
    assertThatThrownBy(() -> dataset.subset(3, 6))
        .isInstanceOf(IndexException.class)
        .hasMessage("subset: records 3 to 6 are no part of 0 to 5");
  }

  @Test
  void refusesFeaturesAndLabelsThatDoNotBelongTogether() {
    assertThatThrownBy(() -> Dataset.of(Tensor.zeros(3, 2), Tensor.of(1, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "batch: first sizes must be equal, the number of records: features [3, 2] and labels [2]");
    assertThatThrownBy(() -> new Batch(Tensor.scalar(1), Tensor.of(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("features [] and labels [1]");
  }

  @Test
  void weightsGoWithTheirRecords() {
    Tensor features = Tensor.arange(6).to(DType.FLOAT32).reshape(3, 2);
    Dataset plain = Dataset.of(features, Tensor.of(0, 1, 2));
    assertThat(plain.batch(new int[] {1}).weights()).isNull();
    Dataset weighted = plain.weighted(Tensor.of(0.5f, 1f, 2f));
    assertThat(weighted.size()).isEqualTo(3);
    assertThat(weighted.labels()).isEqualTo(plain.labels());
    assertThat(weighted.batch(new int[] {2, 0}).weights()).isEqualTo(Tensor.of(2f, 0.5f));
    assertThat(weighted.batch(new int[] {2, 0}).labels()).isEqualTo(Tensor.of(2, 0));
    assertThat(weighted.subset(new int[] {1, 2}).batch(new int[] {1}).weights())
        .isEqualTo(Tensor.of(2f));
    Dataset mapped = weighted.mapFeatures(x -> x.mul(2));
    assertThat(mapped.batch(new int[] {1, 2}).weights()).isEqualTo(Tensor.of(1f, 2f));
  }

  @Test
  void weightsMustFit() {
    Dataset data = Dataset.of(Tensor.zeros(3, 2), Tensor.of(0, 1, 2));
    assertThatThrownBy(() -> data.weighted(Tensor.of(1f)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("weighted: there must be a weight for each of 3 records, got weights [1]");
    assertThatThrownBy(() -> data.weighted(Tensor.of(1, 1, 1)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "weighted: weights must be floating numbers or a BOOL mask, got INT32 [3]; convert with"
                + " .to(...)");
    assertThatThrownBy(() -> new Batch(Tensor.zeros(2, 1), Tensor.of(0, 1), Tensor.of(1f)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("batch: there must be a weight for each of 2 records, got weights [1]");
  }
}
