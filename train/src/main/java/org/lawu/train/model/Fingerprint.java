package org.lawu.train.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.lawu.data.Batch;
import org.lawu.data.DataLoader;
import org.lawu.data.Dataset;
import org.lawu.io.Config;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * What tells whether data is the same: how much there is, of what shape, and a SHA-256 of every
 * element of features, labels and weights, read in batches of 256 in the order of the data set.
 *
 * @param records the number of records
 * @param features type and shape of one, as in {@code FLOAT32 [28, 28]}
 * @param labels type and shape of one
 * @param sha256 64 hexadecimal digits
 */
public record Fingerprint(int records, String features, String labels, String sha256) {
  private static final int BATCH_SIZE = 256;

  /** Reads all of a data set. */
  public static Fingerprint of(Dataset dataset) {
    MessageDigest features = digest();
    MessageDigest labels = digest();
    MessageDigest weights = digest();
    for (Batch batch : new DataLoader(dataset, BATCH_SIZE)) {
      add(features, batch.features());
      add(labels, batch.labels());
      Tensor weight = batch.weights();
      if (weight != null) {
        add(weights, weight);
      }
    }
    Batch first = dataset.batch(dataset.size() == 0 ? new int[0] : new int[] {0});
    MessageDigest all = digest();
    all.update(record(first.features()).getBytes(StandardCharsets.UTF_8));
    all.update(record(first.labels()).getBytes(StandardCharsets.UTF_8));
    all.update(features.digest());
    all.update(labels.digest());
    all.update(weights.digest());
    return new Fingerprint(
        dataset.size(),
        record(first.features()),
        record(first.labels()),
        HexFormat.of().formatHex(all.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has it.
      throw new IllegalStateException(impossible);
    }
  }

  private static String record(Tensor batch) {
    return batch.dtype() + " " + batch.shape().slice(1, batch.rank());
  }

  private static void add(MessageDigest digest, Tensor tensor) {
    switch (tensor.dtype()) {
      case FLOAT32 -> {
        float[] elements = tensor.toFloatArray();
        var bytes = ByteBuffer.allocate(elements.length * Float.BYTES);
        bytes.asFloatBuffer().put(elements);
        digest.update(bytes);
      }
      case FLOAT64 -> {
        double[] elements = tensor.toDoubleArray();
        var bytes = ByteBuffer.allocate(elements.length * Double.BYTES);
        bytes.asDoubleBuffer().put(elements);
        digest.update(bytes);
      }
      case INT32, BOOL -> {
        int[] elements = tensor.to(DType.INT32).toIntArray();
        var bytes = ByteBuffer.allocate(elements.length * Integer.BYTES);
        bytes.asIntBuffer().put(elements);
        digest.update(bytes);
      }
    }
  }

  Config config() {
    return Config.empty()
        .with("records", records)
        .with("features", features)
        .with("labels", labels)
        .with("sha256", sha256);
  }

  static Fingerprint of(Config config) {
    return new Fingerprint(
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
