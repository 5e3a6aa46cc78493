package org.lawu.data.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.tensor.Tensor;

/**
 * Tokenized texts of different lengths. A batch is as long as its longest text, and a loader that
 * shuffles puts texts of like length into one batch ({@link Dataset#lengths}), so that short texts
 * cost no more than they must.
 *
 * @see TextPreprocessing#dataset
 */
public final class TextDataset implements Dataset {
  private final List<int[]> texts;
  private final Tensor labels;
  private final Padding padding;

  TextDataset(List<int[]> texts, Tensor labels, Padding padding) {
    if (labels.rank() == 0 || labels.size(0) != texts.size()) {
      throw new ShapeException(
          "textDataset: there must be a label for each of %d texts, got labels %s"
              .formatted(texts.size(), labels.shape()));
    }
    this.texts = List.copyOf(texts);
    this.labels = labels.detach();
    this.padding = padding;
  }

  @Override
  public int size() {
    return texts.size();
  }

  /** Tokens INT32 {@code [n, t]}, as long as the padding asks, and labels. */
  @Override
  public Batch batch(int[] records) {
    for (int record : records) {
      if (record < 0 || record >= size()) {
        throw new IndexException(
            "batch: there is no record %d; the data set has %d, counted from 0"
                .formatted(record, size()));
      }
    }
    List<int[]> chosen = Arrays.stream(records).mapToObj(texts::get).toList();
    return new Batch(padding.tokens(chosen), labels.indexSelect(0, Tensor.of(records)));
  }

  @Override
  public Tensor labels() {
    return labels;
  }

  /** The number of tokens of each text. */
  @Override
  public int[] lengths() {
    return texts.stream().mapToInt(text -> text.length).toArray();
  }

  /**
   * The same texts, the shortest first: evaluating them in this order costs least, and the result
   * is the same in any.
   */
  public Dataset shortestFirst() {
    return subset(
        IntStream.range(0, size())
            .boxed()
            .sorted(Comparator.comparingInt(record -> texts.get(record).length))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  /** Such as {@code TextDataset[25000 texts]}. */
  @Override
  public String toString() {
    return "TextDataset[%d texts]".formatted(size());
  }
}
