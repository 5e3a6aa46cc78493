package org.lawu.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.lawu.tensor.Tensor;

/**
 * What tells one data set from another in the record of a training: a SHA-256 over every feature,
 * label and weight, in the order of the records.
 *
 * <p>Each of the three has a digest of its own, over for each record: the name of the element type
 * and a zero byte, the number of axes and the sizes of one record as 32-bit integers, then the
 * elements, all little-endian (BOOL one byte, 0 or 1). The fingerprint is the digest of: the number
 * of records as a 32-bit integer, then the digests of features, labels and, where there are some,
 * weights. So neither batches nor how the data is stored make a difference.
 */
public final class Fingerprint {
  /** Records that are in memory at once. */
  private static final int BATCH = 256;

  private static final int BUFFER = 1 << 16;

  private final MessageDigest features = sha256();
  private final MessageDigest labels = sha256();
  private final MessageDigest weights = sha256();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

  private Fingerprint() {}

  /** The fingerprint of a data set, 64 hexadecimal digits; all its records are read. */
  public static String of(Dataset dataset) {
    return new Fingerprint().read(dataset);
  }

  private String read(Dataset dataset) {
    boolean weighted = false;
    for (Batch batch : new DataLoader(dataset, BATCH)) {
      add(features, batch.features());
      add(labels, batch.labels());
      if (batch.weights() != null) {
        weighted = true;
        add(weights, batch.weights());
      }
    }
    MessageDigest all = sha256();
    buffer.putInt(dataset.size());
    flush(all);
    all.update(features.digest());
    all.update(labels.digest());
    if (weighted) {
      all.update(weights.digest());
    }
    return HexFormat.of().formatHex(all.digest());
  }

  private void add(MessageDigest digest, Tensor records) {
    for (int i = 0; i < records.size(0); i++) {
      Tensor record = records.select(0, i);
      digest.update(record.dtype().name().getBytes(StandardCharsets.US_ASCII));
      buffer.put((byte) 0);
      buffer.putInt(record.rank());
      IntStream.of(record.shape().toArray()).forEach(buffer::putInt);
      addElements(digest, record);
      flush(digest);
    }
  }

  private void addElements(MessageDigest digest, Tensor record) {
    switch (record.dtype()) {
      case FLOAT32 -> {
        for (float element : record.toFloatArray()) {
          room(digest).putInt(Float.floatToRawIntBits(element));
        }
      }
      case FLOAT64 -> {
        for (double element : record.toDoubleArray()) {
          room(digest).putLong(Double.doubleToRawLongBits(element));
        }
      }
      case INT32 -> {
        for (int element : record.toIntArray()) {
          room(digest).putInt(element);
        }
      }
      case BOOL -> {
        for (boolean element : record.toBooleanArray()) {
          room(digest).put((byte) (element ? 1 : 0));
        }
      }
    }
  }

  /** The buffer with room for another element. */
  private ByteBuffer room(MessageDigest digest) {
    if (buffer.remaining() < Long.BYTES) {
      flush(digest);
    }
    return buffer;
  }

  private void flush(MessageDigest digest) {
    digest.update(buffer.flip());
    buffer.clear();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
