package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class AugmentationTest {
  private static final int SIZE = 40;

  private final Dataset plain =
      Dataset.of(
          Tensor.arange(SIZE).to(DType.FLOAT32).mul(10).reshape(SIZE, 1), Tensor.arange(SIZE));

  /** Adds a number from 0 to 1. */
  private static final Augmentation NOISE = (x, random) -> x.add(random.nextDouble());

  private final Dataset augmented = plain.augment(NOISE);

  /** What is added to each record in an epoch, by its label. */
  private static Map<Integer, Double> changes(Iterable<Batch> epoch) {
    Map<Integer, Double> changes = new HashMap<>();
    for (Batch batch : epoch) {
      for (int i = 0; i < batch.size(); i++) {
        int label = batch.labels().toIntArray()[i];
        changes.put(label, batch.features().get(i, 0) - 10.0 * label);
      }
    }
    return changes;
  }

  private static List<Map<Integer, Double>> epochs(DataLoader loader, int count) {
    List<Map<Integer, Double>> epochs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      epochs.add(changes(loader));
    }
    return epochs;
  }

  @Test
  void keepsTheLengthsOfTexts() {
    Dataset texts =
        new Dataset() {
          @Override
          public int size() {
            return plain.size();
          }

          @Override
          public Batch batch(int[] records) {
            return plain.batch(records);
          }

          @Override
          public int[] lengths() {
            return new int[] {3, 1, 2};
          }
        };
    assertThat(texts.augment(NOISE).lengths()).containsExactly(3, 1, 2);
  }

  @Test
  void changesRecordsInTrainingAlone() {
    assertThat(augmented.features()).isEqualTo(plain.features());
    assertThat(augmented.labels()).isEqualTo(plain.labels());
    assertThat(changes(new DataLoader(augmented, 7)).values()).containsOnly(0.0);
    assertThat(changes(new DataLoader(augmented, 7).shuffle(new Philox(1))).values())
        .doesNotContain(0.0)
        .doesNotHaveDuplicates();
  }

  @Test
  void eachEpochHasOtherChanges() {
    for (DataLoader loader :
        List.of(
            new DataLoader(augmented, 7).shuffle(new Philox(1)),
            new DataLoader(augmented, 7).augment(new Philox(1)))) {
      List<Map<Integer, Double>> epochs = epochs(loader, 3);
      assertThat(epochs.stream().flatMap(epoch -> epoch.values().stream()))
          .hasSize(3 * SIZE)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theSameSeedGivesTheSameWhateverTheBatches() {
    List<Map<Integer, Double>> expected =
        epochs(new DataLoader(augmented, 7).shuffle(new Philox(1)), 3);

    assertThat(epochs(new DataLoader(augmented, 1).shuffle(new Philox(1)), 3)).isEqualTo(expected);
    assertThat(epochs(new DataLoader(augmented, SIZE).shuffle(new Philox(1)), 3))
        .isEqualTo(expected);
    assertThat(epochs(new DataLoader(augmented, 7).shuffle(new Philox(2)), 3))
        .isNotEqualTo(expected);
  }

  @Test
  void neitherOrderNorThreadsMakeADifference() {
    Dataset epoch = augmented.epoch(new Philox(5));
    Tensor forwards = epoch.features();
    int[] backwards = IntStream.range(0, SIZE).map(i -> SIZE - 1 - i).toArray();

    assertThat(epoch.batch(backwards).features()).isEqualTo(forwards.flip(0));
    assertThat(
            IntStream.range(0, 1000)
                .parallel()
                .allMatch(i ->
                    epoch.batch(new int[] {i % SIZE}).features().get(0, 0)
                        == forwards.get(i % SIZE, 0)))
        .isTrue();
  }

  /** As after a training that was interrupted: the state of the generator is all there is. */
  @Test
  void continuesFromTheStateOfTheGenerator() {
    Philox random = new Philox(1);
    DataLoader loader = new DataLoader(augmented, 7).shuffle(random);
    epochs(loader, 2);
    Philox.State state = random.state();
    Map<Integer, Double> third = changes(loader);

    assertThat(changes(new DataLoader(augmented, 7).shuffle(new Philox(state)))).isEqualTo(third);
  }

  @Test
  void leavesTheOrderAsItWas() {
    List<Tensor> orders = new ArrayList<>();
    for (Dataset dataset : List.of(plain, augmented)) {
      DataLoader loader = new DataLoader(dataset, SIZE).shuffle(new Philox(1));
      loader.iterator().next();
      orders.add(loader.iterator().next().labels());
    }
    assertThat(orders.getFirst()).isEqualTo(orders.getLast());
  }

  @Test
  void goesThroughOtherViews() {
    Tensor weights = Tensor.arange(SIZE).to(DType.FLOAT32);
    Dataset views =
        augmented.weighted(weights).mapFeatures(x -> x.mul(2)).subset(new int[] {3, 1, 2});
    Dataset epoch = views.epoch(new Philox(5));
    Tensor expected = augmented.epoch(new Philox(5)).features();

    assertThat(epoch.features())
        .isEqualTo(expected.indexSelect(0, Tensor.of(3, 1, 2)).mul(2))
        .isNotEqualTo(views.features());
    assertThat(epoch.batch(new int[] {0}).weights()).isEqualTo(Tensor.of(3f));
    assertThat(epoch.labels()).isEqualTo(Tensor.of(3, 1, 2));
    assertThat(epoch.size()).isEqualTo(3);
    assertThat(epoch.batch(new int[0]).size()).isZero();
  }

  @Test
  void twoOneAfterTheOtherDrawDifferentNumbers() {
    Tensor twice = plain.augment(NOISE).augment(NOISE).epoch(new Philox(5)).features();
    Tensor chain = plain.augment(Augmentation.of(NOISE, NOISE)).epoch(new Philox(5)).features();
    Tensor once = augmented.epoch(new Philox(5)).features();

    assertThat(twice.sub(once).toFloatArray()).doesNotContain(0f).doesNotHaveDuplicates();
    assertThat(chain.sub(once).toFloatArray()).doesNotContain(0f).doesNotHaveDuplicates();
  }
}
