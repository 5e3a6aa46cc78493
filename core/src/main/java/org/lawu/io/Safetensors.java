package org.lawu.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

/**
 * Reads and writes safetensors files, the format in which PyTorch and others exchange weights: an
 * 8-byte little-endian header length, a JSON header, and the elements (<a
 * href="https://github.com/huggingface/safetensors#format">description</a>). A large model may be a
 * set of such files with an index, {@code model.safetensors.index.json}: a path that ends with
 * {@code .json} is taken for one.
 *
 * <p>F32, F64, I32 and BOOL are read as they are; F16 and BF16 become FLOAT32, exactly; I64, I16,
 * I8, U64, U32, U16 and U8 become INT32, and a value beyond its range is refused.
 *
 * <p>A file is read as if an attacker had written it. Whatever its bytes, the outcome is its
 * tensors or a {@link FormatException} that tells the place; the header is checked as a whole
 * before anything is allocated for a tensor, and nothing is allocated that the file's own size does
 * not back.
 *
 * <pre>{@code
 * Safetensors.write(Path.of("model.safetensors"), Map.of("weight", weight));
 * Tensor weight = Safetensors.read(Path.of("model.safetensors")).tensors().get("weight");
 * }</pre>
 */
public final class Safetensors {
  private Safetensors() {}

  /**
   * Reads a file, or a set of files given its index, into memory.
   *
   * @throws FormatException if it is not a sound safetensors file, or holds a type or value that
   *     has no counterpart here, or if a file of a set is missing or is not as the index says
   * @throws IOException if it cannot be read
   */
  public static SafetensorsFile read(Path file) throws IOException {
    try (var stored = open(file)) {
      return stored.readAll();
    }
  }

  /**
   * Opens a file, or a set of files given its index, to read single tensors: all headers are
   * checked now, elements are read when they are asked for.
   *
   * @throws FormatException as {@link #read}, but for the values of elements
   * @throws IOException if it cannot be read
   */
  public static StoredTensors open(Path file) throws IOException {
    return StoredTensors.open(file);
  }

  /** Writes tensors without metadata; see {@link #write(Path, Map, Map)}. */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, tensors, Map.of());
  }

  /**
   * Writes tensors in the map's order. The file appears complete or not at all: it is written
   * beside and then moved into place, and an earlier file of that name stays until then.
   *
   * @throws ArgumentException if a tensor is named {@code __metadata__}, or a name or text cannot
   *     be written as UTF-8
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Tensor> content = new LinkedHashMap<>(tensors);
    byte[] header = SafetensorsHeader.write(content, metadata);
    AtomicFile.write(
        file,
        channel -> {
          var out = new LittleEndianOutput(channel);
          out.put(header);
          for (Tensor tensor : content.values()) {
            switch (tensor.dtype()) {
              case FLOAT32 -> out.put(tensor.toFloatArray());
              case FLOAT64 -> out.put(tensor.toDoubleArray());
              case INT32 -> out.put(tensor.toIntArray());
              case BOOL -> out.put(tensor.toBooleanArray());
            }
          }
          out.flush();
        });
  }

  /**
   * Writes tensors in the map's order to as many files as it takes, and an index of them, as
   * Hugging Face's libraries do: {@code model-00001-of-00003.safetensors} and so on beside {@code
   * model.safetensors.index.json}. A tensor larger than a file may be has a file to itself.
   *
   * <p>The set appears complete or not at all: the index comes last, and until then an earlier set
   * of the same index stays as it is. So if files of the usual names are there, the new ones have
   * eight more characters in theirs, and the earlier set's are deleted in the end.
   *
   * @param index a path that ends with {@code .safetensors.index.json}
   * @param metadata goes into each file
   * @param shardBytes the bytes of tensors that a file may hold, from 1 up
   * @throws ArgumentException as {@link #write(Path, Map, Map)}, or if the path or the number of
   *     bytes is not as said
   * @throws IOException if it cannot be written
   */
  public static void writeSharded(
      Path index, Map<String, Tensor> tensors, Map<String, String> metadata, long shardBytes)
      throws IOException {
    ShardedFiles.write(index, tensors, metadata, shardBytes);
  }
}
