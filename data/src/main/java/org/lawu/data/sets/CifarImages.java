package org.lawu.data.sets;

import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.error.IndexException;
import org.lawu.tensor.Tensor;

/**
 * Records as CIFAR-10's files have them: a byte for the class, and then 1024 bytes each of red,
 * green and blue, row by row.
 */
record CifarImages(byte[] records, Tensor classes) implements Dataset {
  static final int SIDE = 32;
  static final int CHANNELS = 3;
  static final int PIXELS = CHANNELS * SIDE * SIDE;
  static final int RECORD = 1 + PIXELS;

  @Override
  public int size() {
    return classes.size(0);
  }

  @Override
  public Batch batch(int[] numbers) {
    float[] pixels = new float[numbers.length * PIXELS];
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0 || numbers[i] >= size()) {
        throw new IndexException(
            "batch: there is no record %d; the data set has %d, counted from 0"
                .formatted(numbers[i], size()));
      }
      int from = numbers[i] * RECORD + 1;
      int at = i * PIXELS;
      for (int j = 0; j < PIXELS; j++) {
        pixels[at + j] = (records[from + j] & 0xFF) / 255f;
      }
    }
    return new Batch(
        Tensor.of(pixels, numbers.length, CHANNELS, SIDE, SIDE),
        classes.indexSelect(0, Tensor.of(numbers)));
  }

  @Override
  public Tensor labels() {
    return classes;
  }

  @Override
  public String toString() {
    return "Dataset of %d images [3, 32, 32]".formatted(size());
  }
}
