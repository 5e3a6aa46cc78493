package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.error.IndexException;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class TextDatasetTest {
  private static final int TEXTS = 1003;

  /** Text i has 1 to 200 words and label i. */
  private static TextDataset dataset() {
    var random = new Philox(5);
    List<String> texts =
        IntStream.range(0, TEXTS).mapToObj(i -> "word ".repeat(1 + random.nextInt(200))).toList();
    WordTokenizer tokenizer = WordTokenization.words().fit(texts);
    return new TextPreprocessing(tokenizer, Padding.toLongest(150))
        .dataset(texts, Tensor.arange(TEXTS));
  }

  private static List<Integer> labels(DataLoader loader) {
    List<Integer> labels = new ArrayList<>();
    for (Batch batch : loader) {
      IntStream.of(batch.labels().toIntArray()).forEach(labels::add);
    }
    return labels;
  }

  private static long padded(DataLoader loader) {
    long steps = 0;
    for (Batch batch : loader) {
      steps += batch.features().shape().elements();
    }
    return steps;
  }

  @Test
  void aBatchIsAsLongAsItsLongestText() {
    TextDataset dataset = dataset();
    int[] lengths = dataset.lengths();
    Batch batch = dataset.batch(new int[] {4, 9, 4});
    assertThat(batch.features().shape()).isEqualTo(Shape.of(3, Math.max(lengths[4], lengths[9])));
    assertThat(batch.labels()).isEqualTo(Tensor.of(new int[] {4, 9, 4}, 3));
    assertThat(IntStream.of(lengths)).allMatch(length -> length >= 1 && length <= 150);
    assertThatThrownBy(() -> dataset.batch(new int[] {TEXTS}))
        .isInstanceOf(IndexException.class)
        .hasMessage("batch: there is no record 1003; the data set has 1003, counted from 0");
  }

  @Test
  void aShufflingLoaderPutsTextsOfLikeLengthTogether() {
    TextDataset dataset = dataset();
    long tokens = IntStream.of(dataset.lengths()).sum();
    long inOrder = padded(new DataLoader(dataset, 10));
    long bucketed = padded(new DataLoader(dataset, 10).shuffle(new Philox(1)));
    assertThat(inOrder).isGreaterThan(tokens * 13 / 10);
    assertThat(bucketed).isBetween(tokens, tokens * 104 / 100);
  }

  @Test
  void everyTextComesOnceInAnOrderOfTheSeed() {
    TextDataset dataset = dataset();
    DataLoader loader = new DataLoader(dataset, 10).shuffle(new Philox(1));
    List<Integer> first = labels(loader);
    List<Integer> second = labels(loader);
    assertThat(first)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, TEXTS).boxed().toList())
        .isNotEqualTo(second)
        .isEqualTo(labels(new DataLoader(dataset, 10).shuffle(new Philox(1))));
    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    // The batch that is smaller comes last, and dropping it leaves whole batches.
    assertThat(labels(loader.dropLast())).hasSize(1000).doesNotHaveDuplicates();
  }

  /** Batches of one epoch do not come by length, and do not hold the same texts in the next. */
  @Test
  void batchesComeInRandomOrder() {
    TextDataset dataset = dataset();
    List<Integer> steps = new ArrayList<>();
    new DataLoader(dataset, 10)
        .shuffle(new Philox(1))
        .forEach(batch -> steps.add(batch.features().size(1)));
    assertThat(steps).isNotEqualTo(steps.stream().sorted().toList());
    assertThat(steps.subList(0, 10))
        .doesNotContainSequence(steps.stream().sorted().limit(9).toList());
  }

  @Test
  void partsOfTheSetKeepTheirLengths() {
    TextDataset dataset = dataset();
    int[] lengths = dataset.lengths();
    Dataset part = dataset.subset(new int[] {7, 3}).weighted(Tensor.of(1f, 2f));
    assertThat(part.lengths()).containsExactly(lengths[7], lengths[3]);
    assertThat(part.mapFeatures(tokens -> tokens).lengths()).hasSize(2);
    assertThat(Dataset.of(Tensor.arange(3), Tensor.arange(3)).subset(new int[] {1}).lengths())
        .isEmpty();
  }

  @Test
  void theShortestMayComeFirst() {
    assertThat(dataset().shortestFirst().lengths()).isSorted();
  }
}
