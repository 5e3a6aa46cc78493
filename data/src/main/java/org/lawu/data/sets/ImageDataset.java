package org.lawu.data.sets;

import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.data.Idx;
import org.lawu.tensor.Tensor;

/**
 * Grey images in bytes and their labels. Pixels stay bytes and become floats batch by batch: a
 * quarter of the memory, and no slower than gathering floats from all over memory.
 */
record ImageDataset(Idx images, Tensor classes) implements Dataset {
  private static final double SCALE = 1.0 / 255;

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Batch batch(int[] records) {
    Tensor pixels = images.floats(SCALE, records);
    return new Batch(pixels.unsqueeze(1), classes.indexSelect(0, Tensor.of(records)));
  }

  @Override
  public Tensor labels() {
    return classes;
  }

  @Override
  public String toString() {
    return "Dataset of %d images %s".formatted(size(), images.shape().slice(1, 3));
  }
}
