package org.lawu.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.io.Safetensors;
import org.lawu.io.SafetensorsFile;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

/**
 * All that a training needs to go on: the model, what the optimizer and the callbacks remember,
 * random states, the place in the data, and the values so far. {@link Training#checkpoint} takes
 * one, {@link Fit#resume} goes on from it.
 *
 * <p>A checkpoint is one safetensors file. The model's tensors are named {@code model.0.weight},
 * the others after {@code optimizer.}, {@code average.} and {@code callback.}; the metadata holds
 * everything else as JSON, and a CRC-32C of all content, so that a file that is cut off or damaged
 * is never taken.
 */
public final class Checkpoint {
  private static final String CONTENT = "lawu.checkpoint";
  private static final String CHECKSUM = "lawu.checksum";
  private static final int CHUNK = 1 << 14;

  private final Config values;
  private final Map<String, Tensor> tensors;

  Checkpoint(Config values, Map<String, Tensor> tensors) {
    this.values = values;
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** The epoch that training is in, or that has just ended. */
  public int epoch() {
    return values.integer("epoch");
  }

  /** The number of steps that the optimizer has taken. */
  public int steps() {
    return values.integer("steps");
  }

  /** The seed of the training. */
  public long seed() {
    return values.longInteger("seed");
  }

  Config values() {
    return values;
  }

  /** The tensors whose names start so, without that start. */
  Map<String, Tensor> tensors(String prefix) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()), tensor);
      }
    });
    return found;
  }

  // ---- files

  /**
   * Writes a file that is complete or not there at all, whenever the process stops.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    String content = values.toString();
    Safetensors.write(
        file, tensors, Map.of(CONTENT, content, CHECKSUM, checksum(content, tensors)));
  }

  /**
   * Reads a file and checks that it is whole.
   *
   * @throws FormatException if it is no checkpoint, or damaged
   * @throws IOException if it cannot be read
   */
  public static Checkpoint read(Path file) throws IOException {
    SafetensorsFile found = Safetensors.read(file);
    String content = found.metadata().get(CONTENT);
    if (content == null) {
      throw new FormatException("%s: is no checkpoint of a training".formatted(file));
    }
    String checksum = checksum(content, found.tensors());
    String expected = found.metadata().getOrDefault(CHECKSUM, "missing");
    if (!checksum.equals(expected)) {
      throw new FormatException(
          "%s: is damaged: its checksum is %s, that of its content %s"
              .formatted(file, expected, checksum));
    }
    return new Checkpoint(Config.parse(file.toString(), content), found.tensors());
  }

  private static String checksum(String content, Map<String, Tensor> tensors) {
    var sum = new CRC32C();
    sum.update(content.getBytes(StandardCharsets.UTF_8));
    tensors.forEach((name, tensor) -> {
      sum.update((name + tensor.dtype() + tensor.shape()).getBytes(StandardCharsets.UTF_8));
      add(sum, tensor);
    });
    return "%08x".formatted(sum.getValue());
  }

  private static void add(CRC32C sum, Tensor tensor) {
    switch (tensor.dtype()) {
      case FLOAT32 -> {
        float[] elements = tensor.toFloatArray();
        add(
            sum,
            elements.length,
            Float.BYTES,
            (bytes, from, count) -> bytes.asFloatBuffer().put(elements, from, count));
      }
      case FLOAT64 -> {
        double[] elements = tensor.toDoubleArray();
        add(
            sum,
            elements.length,
            Double.BYTES,
            (bytes, from, count) -> bytes.asDoubleBuffer().put(elements, from, count));
      }
      case INT32, BOOL -> {
        int[] elements = tensor.to(DType.INT32).toIntArray();
        add(
            sum,
            elements.length,
            Integer.BYTES,
            (bytes, from, count) -> bytes.asIntBuffer().put(elements, from, count));
      }
    }
  }

  /** Puts some elements of an array at the start of a buffer. */
  @FunctionalInterface
  private interface Copy {
    void copy(ByteBuffer bytes, int from, int count);
  }

  private static void add(CRC32C sum, int elements, int size, Copy copy) {
    var bytes = ByteBuffer.allocate(CHUNK * size);
    for (int from = 0; from < elements; from += CHUNK) {
      int count = Math.min(CHUNK, elements - from);
      copy.copy(bytes.clear(), from, count);
      sum.update(bytes.limit(count * size));
    }
  }

  /** Such as {@code Checkpoint[epoch 3, step 1200]}. */
  @Override
  public String toString() {
    return "Checkpoint[epoch %d, step %d]".formatted(epoch(), steps());
  }
}
