package org.lawu.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.internal.json.JsonReader;
import org.lawu.internal.json.JsonValue;
import org.lawu.internal.json.JsonValue.JsonArray;
import org.lawu.internal.json.JsonValue.JsonNumber;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.internal.json.JsonValue.JsonString;
import org.lawu.internal.json.JsonWriter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The header of a safetensors file, checked as if an attacker had written it: the tensors fill the
 * data without gap or overlap, their offsets agree with their types and shapes, and each fits an
 * array. Nothing is allocated from a size that the file merely declares.
 *
 * @param length bytes before the data
 */
record SafetensorsHeader(int length, List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final Set<String> MEMBERS = Set.of("dtype", "shape", "data_offsets");
  private static final int PREFIX = Long.BYTES;

  /** The format's own limit. */
  private static final int MAX_LENGTH = 100_000_000;

  private static final int MAX_RANK = 64;

  /** More elements do not fit a Java array on every virtual machine. */
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** One tensor: bytes {@code begin} (inclusive) to {@code end} (exclusive) of the data. */
  record Entry(String name, StoredType type, Shape shape, long begin, long end) {

    String place(String source) {
      return SafetensorsHeader.place(source, name);
    }
  }

  private static String place(String source, String name) {
    return source + ", tensor " + new JsonString(name).brief();
  }

  // ---- reading

  static SafetensorsHeader read(String source, MemorySegment file) {
    long size = file.byteSize();
    if (size < PREFIX) {
      throw new FormatException(
          "%s: %d bytes are too few for a safetensors file, which starts with 8 bytes of length"
              .formatted(source, size));
    }
    long length = file.get(LONG, 0);
    if (length < 0 || length > Math.min(MAX_LENGTH, size - PREFIX)) {
      throw new FormatException(
          ("%s, byte 0: header length %s must be at most %d, in a file of %d bytes; it is cut off,"
                  + " or no safetensors file")
              .formatted(
                  source,
                  Long.toUnsignedString(length),
                  Math.min(MAX_LENGTH, size - PREFIX),
                  size));
    }
    String text = decode(source, file.asSlice(PREFIX, length).asByteBuffer());
    if (!(JsonReader.read(source + ", header", text) instanceof JsonObject object)) {
      throw new FormatException(source + ", header: must be a JSON object");
    }
    if (text.charAt(0) != '{') {
      throw new FormatException(
          "%s, byte %d: the header must begin with '{', not with white space"
              .formatted(source, PREFIX));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    object
        .members()
        .forEach((name, value) -> {
          if (name.equals(METADATA)) {
            readMetadata(source, value, metadata);
          } else {
            entries.add(readEntry(place(source, name), name, value));
          }
        });
    checkTiling(source, entries, size - PREFIX - length);
    return new SafetensorsHeader((int) (PREFIX + length), entries, metadata);
  }

  private static String decode(String source, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException malformed) {
      throw new FormatException(
          "%s, byte %d: the header is not UTF-8".formatted(source, PREFIX + bytes.position()),
          malformed);
    }
  }

  private static void readMetadata(String source, JsonValue value, Map<String, String> metadata) {
    if (!(value instanceof JsonObject object)) {
      throw new FormatException(
          "%s, %s: must be an object, not %s".formatted(source, METADATA, value.kind()));
    }
    object
        .members()
        .forEach((key, member) -> {
          if (!(member instanceof JsonString string)) {
            throw new FormatException(
                "%s, %s: %s must be a string, not %s"
                    .formatted(source, METADATA, new JsonString(key).brief(), member.kind()));
          }
          metadata.put(key, string.value());
        });
  }

  private static Entry readEntry(String place, String name, JsonValue value) {
    if (!(value instanceof JsonObject object)) {
      throw new FormatException("%s: must be an object, not %s".formatted(place, value.kind()));
    }
    StoredType type = type(place, object.members().get("dtype"));
    Shape shape = shape(place, object.members().get("shape"));
    long[] offsets = wholeNumbers(place, "data_offsets", 2, object.members().get("data_offsets"));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw new FormatException(
          "%s: data_offsets must be two rising numbers, not %s"
              .formatted(place, Arrays.toString(offsets)));
    }
    for (String member : object.members().keySet()) {
      // Whatever it says of the tensor, to read on would be to ignore it.
      if (!MEMBERS.contains(member)) {
        throw new FormatException(
            "%s: must hold dtype, shape and data_offsets alone, not %s"
                .formatted(place, new JsonString(member).brief()));
      }
    }
    long needed = type.bytes(shape);
    if (offsets[1] - offsets[0] != needed) {
      throw new FormatException(
          "%s: %s %s needs %d bytes, data_offsets %s hold %d"
              .formatted(
                  place, type, shape, needed, Arrays.toString(offsets), offsets[1] - offsets[0]));
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private static StoredType type(String place, @Nullable JsonValue value) {
    if (!(value instanceof JsonString string)) {
      throw new FormatException("%s: dtype must be a string%s".formatted(place, instead(value)));
    }
    for (StoredType type : StoredType.values()) {
      if (type.name().equals(string.value())) {
        return type;
      }
    }
    throw new FormatException(
        "%s: dtype %s cannot be read; convert it to one of %s"
            .formatted(place, string.brief(), Arrays.toString(StoredType.values())));
  }

  private static Shape shape(String place, @Nullable JsonValue value) {
    long[] sizes = wholeNumbers(place, "shape", MAX_RANK, value);
    for (long size : sizes) {
      if (size > Integer.MAX_VALUE) {
        throw new FormatException(
            "%s: size %d exceeds %d".formatted(place, size, Integer.MAX_VALUE));
      }
    }
    Shape shape;
    try {
      shape = Shape.of(Arrays.stream(sizes).mapToInt(size -> (int) size).toArray());
    } catch (ShapeException tooLarge) {
      throw new FormatException("%s: %s".formatted(place, tooLarge.getMessage()), tooLarge);
    }
    if (shape.elements() > MAX_ELEMENTS) {
      throw new FormatException(
          "%s: %s has %d elements, an array holds at most %d; split the tensor"
              .formatted(place, shape, shape.elements(), MAX_ELEMENTS));
    }
    return shape;
  }

  private static long[] wholeNumbers(
      String place, String what, int most, @Nullable JsonValue value) {
    if (!(value instanceof JsonArray array)) {
      throw new FormatException("%s: %s must be an array%s".formatted(place, what, instead(value)));
    }
    if (array.elements().size() > most) {
      throw new FormatException(
          "%s: %s must hold at most %d numbers, not %d"
              .formatted(place, what, most, array.elements().size()));
    }
    long[] numbers = new long[array.elements().size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonValue element = array.elements().get(i);
      if (!(element instanceof JsonNumber number)
          || !number.isLong()
          || number.text().startsWith("-")) {
        throw new FormatException(
            "%s: %s must hold whole numbers from 0 up, not %s"
                .formatted(place, what, element.kind()));
      }
      numbers[i] = number.toLong();
    }
    return numbers;
  }

  private static String instead(@Nullable JsonValue value) {
    return value == null ? "; it is missing" : ", not " + value.kind();
  }

  private static void checkTiling(String source, List<Entry> entries, long dataSize) {
    var sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : sorted) {
      if (entry.end() > dataSize) {
        throw new FormatException(
            "%s: ends at byte %d of the data, which has %d; the file is cut off"
                .formatted(entry.place(source), entry.end(), dataSize));
      }
      if (entry.begin() != covered) {
        throw new FormatException(
            "%s: begins at byte %d of the data, %s the tensor before it, which ends at %d"
                .formatted(
                    entry.place(source),
                    entry.begin(),
                    entry.begin() < covered ? "within" : "leaving a gap after",
                    covered));
      }
      covered = entry.end();
    }
    if (covered != dataSize) {
      throw new FormatException(
          "%s: the data has %d bytes, of which tensors fill only %d"
              .formatted(source, dataSize, covered));
    }
  }

  // ---- writing

  /** Length, header and padding: everything before the data, a multiple of 8 bytes. */
  static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      Map<String, JsonValue> strings = new LinkedHashMap<>();
      metadata.forEach((key, value) -> strings.put(encodable(key), string(value)));
      members.put(METADATA, new JsonObject(strings));
    }
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      if (entry.getKey().equals(METADATA)) {
        throw new ArgumentException(
            "write: a tensor cannot be named %s, the format keeps that name".formatted(METADATA));
      }
      Tensor tensor = entry.getValue();
      StoredType type = StoredType.of(tensor.dtype());
      long end = at + type.bytes(tensor.shape());
      Map<String, JsonValue> description = new LinkedHashMap<>();
      description.put("dtype", string(type.name()));
      description.put("shape", array(Arrays.stream(tensor.shape().toArray()).asLongStream()));
      description.put("data_offsets", array(LongStream.of(at, end)));
      members.put(encodable(entry.getKey()), new JsonObject(description));
      at = end;
    }
    byte[] json = JsonWriter.write(new JsonObject(members)).getBytes(StandardCharsets.UTF_8);
    int padded = paddedLength(json.length);
    byte[] bytes = new byte[PREFIX + padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    return bytes;
  }

  static int paddedLength(int jsonLength) {
    int padded = (jsonLength + 7) / 8 * 8;
    if (padded > MAX_LENGTH) {
      throw new ArgumentException(
          "write: names and metadata need a header of %d bytes, the format allows %d; shorten them"
              .formatted(padded, MAX_LENGTH));
    }
    return padded;
  }

  private static JsonString string(String text) {
    return new JsonString(encodable(text));
  }

  private static String encodable(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new ArgumentException(
          "write: %s holds half of a surrogate pair without the other, which no file can hold"
              .formatted(new JsonString(text).brief()));
    }
    return text;
  }

  private static JsonArray array(LongStream numbers) {
    return new JsonArray(numbers.<JsonValue>mapToObj(JsonNumber::of).toList());
  }
}
