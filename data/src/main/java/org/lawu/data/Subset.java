package org.lawu.data;

import java.util.stream.IntStream;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** Some records of another data set, by their numbers in it. */
final class Subset implements Dataset {
  private final Dataset source;
  private final int[] numbers;

  Subset(Dataset source, int[] records) {
    Records.check("subset", records, source.size());
    this.source = source;
    this.numbers = records.clone();
  }

  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public Batch batch(int[] records) {
    return source.batch(numbers("batch", records));
  }

  @Override
  public Dataset epoch(Philox random) {
    return new Subset(source.epoch(random), numbers);
  }

  @Override
  public Tensor labels() {
    return Records.select(source.labels(), numbers);
  }

  @Override
  public int[] lengths() {
    int[] all = source.lengths();
    return all.length == 0 ? all : IntStream.of(numbers).map(number -> all[number]).toArray();
  }

  /** Refers to the source directly, so that subsets of subsets cost nothing more. */
  @Override
  public Dataset subset(int[] records) {
    return new Subset(source, numbers("subset", records));
  }

  private int[] numbers(String operation, int[] records) {
    Records.check(operation, records, size());
    int[] result = new int[records.length];
    for (int i = 0; i < records.length; i++) {
      result[i] = numbers[records[i]];
    }
    return result;
  }

  @Override
  public String toString() {
    return "%d records of %s".formatted(size(), source);
  }
}
