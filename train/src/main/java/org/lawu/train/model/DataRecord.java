package org.lawu.train.model;

import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.data.Fingerprint;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

/**
 * What tells whether data is the same: how much there is, of what shape, and the {@link
 * Fingerprint} of all of it.
 *
 * @param records the number of records
 * @param features type and shape of the first, as in {@code FLOAT32 [28, 28]}
 * @param labels type and shape of the first
 * @param sha256 64 hexadecimal digits
 */
public record DataRecord(int records, String features, String labels, String sha256) {

  /** Reads all of a data set. */
  public static DataRecord of(Dataset dataset) {
    Batch first = dataset.batch(dataset.size() == 0 ? new int[0] : new int[] {0});
    return new DataRecord(
        dataset.size(), kind(first.features()), kind(first.labels()), Fingerprint.of(dataset));
  }

  private static String kind(Tensor batch) {
    return batch.dtype() + " " + batch.shape().slice(1, batch.rank());
  }

  Config config() {
    return Config.empty()
        .with("records", records)
        .with("features", features)
        .with("labels", labels)
        .with("sha256", sha256);
  }

  static DataRecord of(Config config) {
    return new DataRecord(
        config.integer("records"),
        config.string("features"),
        config.string("labels"),
        config.string("sha256"));
  }

  /** Such as {@code 120 records, FLOAT32 [4] to INT32 [], SHA-256 9f86d08...}. */
  @Override
  public String toString() {
    return "%d records, %s to %s, SHA-256 %s".formatted(records, features, labels, sha256);
  }
}
