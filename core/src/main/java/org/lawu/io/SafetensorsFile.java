package org.lawu.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lawu.tensor.Tensor;

/**
 * What a safetensors file holds.
 *
 * @param tensors the tensors by name, in the order of the file's header
 * @param metadata the file's {@code __metadata__}, empty where it has none
 */
public record SafetensorsFile(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** Copies both maps. */
  public SafetensorsFile {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
