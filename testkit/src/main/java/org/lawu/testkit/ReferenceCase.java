package org.lawu.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lawu.error.FormatException;
import org.lawu.internal.json.JsonReader;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.io.Safetensors;
import org.lawu.io.SafetensorsFile;
import org.lawu.tensor.Tensor;

/**
 * A computation and its results, as another library computed them: a safetensors file whose
 * metadata hold under {@code case} a JSON object with the case's name, kind and arguments.
 *
 * @param name the case, such as {@code matmul~batch}
 * @param kind what the tensors mean, such as {@code op} or {@code layer}
 * @param description the whole JSON object
 * @param tensors inputs and expected results by name
 */
public record ReferenceCase(
    String name, String kind, JsonObject description, Map<String, Tensor> tensors) {
  private static final String KEY = "case";

  /** Copies the map. */
  public ReferenceCase {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads a case.
   *
   * @throws FormatException if the file is no safetensors file or describes no case
   * @throws IOException if it cannot be read
   */
  public static ReferenceCase read(Path file) throws IOException {
    SafetensorsFile content = Safetensors.read(file);
    String text = content.metadata().get(KEY);
    if (text == null) {
      throw new FormatException(file + ", __metadata__: \"case\" is missing; this is no case");
    }
    String place = file + ", case";
    if (!(JsonReader.read(place, text) instanceof JsonObject description)) {
      throw new FormatException(place + ": must be a JSON object");
    }
    try {
      return new ReferenceCase(
          description.string("name"), description.string("kind"), description, content.tensors());
    } catch (FormatException fault) {
      throw new FormatException(place + ": " + fault.getMessage(), fault);
    }
  }

  /**
   * A tensor.
   *
   * @throws FormatException if there is none of that name
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new FormatException(
          "tensor \"%s\" is missing; there are %s".formatted(name, tensors.keySet()));
    }
    return tensor;
  }

  /** The tensors {@code prefix.0}, {@code prefix.1} and so on. */
  public List<Tensor> tensors(String prefix) {
    return IntStream.iterate(0, i -> tensors.containsKey(prefix + "." + i), i -> i + 1)
        .mapToObj(i -> tensor(prefix + "." + i))
        .toList();
  }
}
