package org.lawu.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

/**
 * Reads and writes safetensors files, the format in which PyTorch and others exchange weights: an
 * 8-byte little-endian header length, a JSON header, and the elements (<a
 * href="https://github.com/huggingface/safetensors#format">description</a>).
 *
 * <p>F32, F64, I32 and BOOL are read as they are; F16 and BF16 become FLOAT32; I64, I16, I8 and U8
 * become INT32, and a value beyond its range is refused.
 *
 * <pre>{@code
 * Safetensors.write(Path.of("model.safetensors"), Map.of("weight", weight));
 * Tensor weight = Safetensors.read(Path.of("model.safetensors")).tensors().get("weight");
 * }</pre>
 */
public final class Safetensors {
  private Safetensors() {}

  /**
   * Reads a file.
   *
   * @throws FormatException if it is not a sound safetensors file, or holds a type or value that
   *     has no counterpart here; nothing is allocated for tensors before the header is checked
   * @throws IOException if it cannot be read
   */
  public static SafetensorsFile read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      return read(file.toString(), channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }

  private static SafetensorsFile read(String source, MemorySegment bytes) {
    var header = SafetensorsHeader.read(source, bytes);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (var entry : header.entries()) {
      var elements = bytes.asSlice(header.length() + entry.begin(), entry.end() - entry.begin());
      tensors.put(entry.name(), entry.type().read(entry.place(source), elements, entry.shape()));
    }
    return new SafetensorsFile(tensors, header.metadata());
  }

  /** Writes tensors without metadata; see {@link #write(Path, Map, Map)}. */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, tensors, Map.of());
  }

  /**
   * Writes tensors in the map's order. The file appears complete or not at all: it is written
   * beside and then moved into place, and an earlier file of that name stays until then.
   *
   * @throws ArgumentException if a tensor is named {@code __metadata__}
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = SafetensorsHeader.write(tensors, metadata);
    AtomicFile.write(
        file,
        channel -> {
          var out = new LittleEndianOutput(channel);
          out.put(header);
          for (Tensor tensor : tensors.values()) {
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
}
