package org.lawu.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lawu.error.FormatException;
import org.lawu.internal.json.JsonReader;
import org.lawu.internal.json.JsonValue;
import org.lawu.internal.json.JsonValue.JsonNumber;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.internal.json.JsonValue.JsonString;
import org.lawu.internal.json.JsonWriter;

/**
 * The index of a set of safetensors files, as Hugging Face's libraries write it: {@code
 * {"metadata":{"total_size":123},"weight_map":{"name":"model-00001-of-00002.safetensors"}}}.
 *
 * @param files the name of each tensor's file, which is in the folder of the index
 */
record ShardIndex(Map<String, String> files) {
  private static final String WEIGHT_MAP = "weight_map";

  /** As for the header of a safetensors file. */
  private static final int MAX_LENGTH = 100_000_000;

  /** Whether a path names an index rather than a safetensors file. */
  static boolean isIndex(Path file) {
    return file.toString().endsWith(".json");
  }

  static ShardIndex read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_LENGTH + 1);
      if (content.length > MAX_LENGTH) {
        throw new FormatException(
            "%s: an index must have at most %d bytes; this is none".formatted(file, MAX_LENGTH));
      }
      return read(file.toString(), content);
    }
  }

  static ShardIndex read(String source, byte[] content) {
    if (!(JsonReader.read(source, decode(source, content)) instanceof JsonObject index)) {
      throw new FormatException(source + ": an index must be a JSON object");
    }
    JsonValue map = index.members().get(WEIGHT_MAP);
    if (!(map instanceof JsonObject weights)) {
      throw new FormatException(
          "%s: %s must be an object%s"
              .formatted(
                  source, WEIGHT_MAP, map == null ? "; it is missing" : ", not " + map.kind()));
    }
    Map<String, String> files = new LinkedHashMap<>();
    weights.members().forEach((name, value) -> files.put(name, file(source, name, value)));
    return new ShardIndex(files);
  }

  private static String decode(String source, byte[] content) {
    var bytes = ByteBuffer.wrap(content);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException malformed) {
      throw new FormatException(
          "%s, byte %d: the index is not UTF-8".formatted(source, bytes.position()), malformed);
    }
  }

  private static String file(String source, String name, JsonValue value) {
    if (!(value instanceof JsonString file)) {
      throw new FormatException(
          "%s, tensor %s: must be the name of a file, not %s"
              .formatted(source, new JsonString(name).brief(), value.kind()));
    }
    if (!isPlain(file.value())) {
      throw new FormatException(
          "%s, tensor %s: must be in a file beside the index, not %s"
              .formatted(source, new JsonString(name).brief(), file.brief()));
    }
    return file.value();
  }

  /**
   * Whether it names a file of the folder itself on any system: no separators, so that no index
   * leads out of its folder; no drive or stream ({@code C:x}); nothing that does not show.
   */
  private static boolean isPlain(String file) {
    return !file.isEmpty()
        && file.length() <= 255
        && !file.equals(".")
        && !file.equals("..")
        && file.chars()
            .noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
  }

  /** The text of an index, given the bytes of all tensors. */
  String write(long totalSize) {
    Map<String, JsonValue> weights = new LinkedHashMap<>();
    files.forEach((name, file) -> weights.put(name, new JsonString(file)));
    Map<String, JsonValue> index = new LinkedHashMap<>();
    index.put("metadata", new JsonObject(Map.of("total_size", JsonNumber.of(totalSize))));
    index.put(WEIGHT_MAP, new JsonObject(weights));
    return JsonWriter.write(new JsonObject(index));
  }
}
