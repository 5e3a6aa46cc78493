package org.lawu.data;

import java.util.List;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * A random change of a record's features that leaves its label true, such as mirroring a picture:
 * for training with more variety than the data set has; see {@link Dataset#augment}. Those for
 * pictures are in {@code org.lawu.data.image}.
 */
@FunctionalInterface
public interface Augmentation {

  /**
   * The features of one record, changed. All that is random comes from the generator, which is this
   * record's own.
   *
   * @param features {@code [...]}, without an axis of records
   */
  Tensor apply(Tensor features, Philox random);

  /** One after another. */
  static Augmentation of(Augmentation... steps) {
    List<Augmentation> all = List.of(steps);
    return (features, random) -> {
      Tensor result = features;
      for (Augmentation step : all) {
        result = step.apply(result, random);
      }
      return result;
    };
  }
}
