package org.lawu.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class SafetensorsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("model.safetensors");
  }

  // ---- writing and reading back

  @Test
  void readsBackWhatItWrote() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z", Tensor.of(new float[] {1, -0f, Float.NaN, 4, 5, 6}, 2, 3));
    tensors.put("dotted.name", Tensor.of(1.5, Double.MAX_VALUE));
    tensors.put("a", Tensor.of(Integer.MIN_VALUE, 0, Integer.MAX_VALUE));
    tensors.put("mask", Tensor.of(true, false, true));
    tensors.put("scalar", Tensor.scalar(7));
    tensors.put("empty", Tensor.zeros(3, 0, 2));
    tensors.put("\"quoted\" \u00e9", Tensor.zeros(1));
    Map<String, String> metadata = Map.of("format", "pt", "note", "\n\u00e9");
    Safetensors.write(file, tensors, metadata);

    SafetensorsFile read = Safetensors.read(file);
    assertThat(read.tensors()).containsExactlyEntriesOf(tensors);
    assertThat(read.metadata()).isEqualTo(metadata);
  }

  @Test
  void writesViewsByTheirElements() throws IOException {
    Tensor x = Tensor.arange(12).reshape(3, 4);
    Safetensors.write(file, Map.of("x", x.transpose().slice(0, 1, 3)));
    assertThat(Safetensors.read(file).tensors())
        .containsEntry("x", Tensor.of(new int[] {1, 5, 9, 2, 6, 10}, 2, 3));
  }

  @Test
  void writesMoreThanOneBuffer() throws IOException {
    Tensor x = Tensor.normal(new Philox(1), 0, 1, 50_001);
    Safetensors.write(file, Map.of("x", x));
    assertThat(Safetensors.read(file).tensors()).containsEntry("x", x);
  }

  @Test
  void writesTheDescribedBytes() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.of(1));
    tensors.put("a", Tensor.of(true));
    Safetensors.write(file, tensors, Map.of("k", "v"));
    String json =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"b\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[4,5]}}";
    String padded = json + " ".repeat((8 - json.length() % 8) % 8);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes(padded, 1, 0, 0, 0, 1));
  }

  @Test
  void writesAndReadsNoTensors() throws IOException {
    Safetensors.write(file, Map.of());
    assertThat(Safetensors.read(file)).isEqualTo(new SafetensorsFile(Map.of(), Map.of()));
  }

  @Test
  void replacesAnEarlierFileAndLeavesNothingBeside() throws IOException {
    Safetensors.write(file, Map.of("x", Tensor.ones(100)));
    Safetensors.write(file, Map.of("x", Tensor.ones(2)));
    assertThat(Safetensors.read(file).tensors()).containsEntry("x", Tensor.ones(2));
    assertThat(folder.toFile().list()).containsExactly("model.safetensors");
  }

  @Test
  void keepsTheEarlierFileWhenWritingFails() throws IOException {
    Safetensors.write(file, Map.of("x", Tensor.ones(2)));
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                channel -> {
                  channel.write(ByteBuffer.allocate(3));
                  throw new IOException("disk full");
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(Safetensors.read(file).tensors()).containsEntry("x", Tensor.ones(2));
    assertThat(folder.toFile().list()).containsExactly("model.safetensors");
  }

  @Test
  void refusesTheNameOfTheMetadata() {
    assertThatThrownBy(() -> Safetensors.write(file, Map.of("__metadata__", Tensor.ones(1))))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("write: a tensor cannot be named __metadata__, the format keeps that name");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesTextThatCannotBeWritten() {
    assertThatThrownBy(() -> Safetensors.write(file, Map.of("x\ud83d", Tensor.ones(1))))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "write: \"x\\ud83d\" holds half of a surrogate pair without the other, which no file"
                + " can hold");
    assertThatThrownBy(() -> Safetensors.write(file, Map.of(), Map.of("k", "\ude00")))
        .isInstanceOf(ArgumentException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesHeadersBeyondTheFormatsLimit() {
    assertThat(SafetensorsHeader.paddedLength(99_999_993)).isEqualTo(100_000_000);
    assertThatThrownBy(() -> SafetensorsHeader.paddedLength(100_000_001))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "write: names and metadata need a header of 100000008 bytes, the format allows"
                + " 100000000; shorten them");
  }

  @Test
  void acceptsEmptyTensorsBetweenOthers() throws IOException {
    String json =
        "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},"
            + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[1,1]},"
            + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
    Files.write(file, bytes(json, 1, 2));
    assertThat(Safetensors.read(file).tensors())
        .containsEntry("a", Tensor.of(1))
        .containsEntry("b", Tensor.of(2))
        .containsEntry("e", Tensor.zeros(0, 3));
    refuses(
        bytes(json.replace("[1,1]", "[5,5]"), 1, 2),
        ", tensor \"e\": ends at byte 5 of the data, which has 2; the file is cut off");
  }

  @Test
  void missingFilesAreInputErrors() {
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Safetensors.read(folder)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Safetensors.write(file.resolve("x"), Map.of()))
        .isInstanceOf(IOException.class);
  }

  // ---- types

  private Tensor readOne(String dtype, String shape, int... data) throws IOException {
    Files.write(file, bytes(entry("x", dtype, shape, 0, data.length), data));
    return Safetensors.read(file).tensors().get("x");
  }

  @Test
  void widensHalfPrecision() throws IOException {
    assertThat(readOne("F16", "[4]", 0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0x00, 0x7C))
        .isEqualTo(Tensor.of(1f, -2f, 0x1p-24f, Float.POSITIVE_INFINITY));
    assertThat(readOne("BF16", "[3]", 0x80, 0x3F, 0x49, 0xC0, 0x80, 0xFF))
        .isEqualTo(Tensor.of(1f, -3.140625f, Float.NEGATIVE_INFINITY));
  }

  @Test
  void convertsWholeNumbers() throws IOException {
    assertThat(readOne("I16", "[2]", 0xFF, 0xFF, 0x00, 0x80)).isEqualTo(Tensor.of(-1, -32768));
    assertThat(readOne("I8", "[2]", 0xFF, 0x7F)).isEqualTo(Tensor.of(-1, 127));
    assertThat(readOne("U8", "[2]", 0xFF, 0x7F)).isEqualTo(Tensor.of(255, 127));
    assertThat(readOne("U16", "[2]", 0xFF, 0xFF, 0x01, 0x80)).isEqualTo(Tensor.of(65535, 32769));
    assertThat(readOne("U32", "[1]", 0xFF, 0xFF, 0xFF, 0x7F)).isEqualTo(Tensor.of(2147483647));
    assertThat(readOne("U64", "[1]", 7, 0, 0, 0, 0, 0, 0, 0)).isEqualTo(Tensor.of(7));
    assertThat(
            readOne(
                "I64", "[2, 1]", 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x04, 0, 0, 0, 0,
                0, 0, 0))
        .isEqualTo(Tensor.of(new int[] {-2, 4}, 2, 1));
  }

  @Test
  void readsUnalignedData() throws IOException {
    String json =
        "{\"b\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]},"
            + "\"x\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[1,9]}}";
    Files.write(file, bytes(json, 5, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F));
    assertThat(Safetensors.read(file).tensors())
        .containsEntry("b", Tensor.scalar(5, DType.INT32))
        .containsEntry("x", Tensor.of(1.0));
  }

  @Test
  void refusesWholeNumbersBeyondInt() {
    assertThatThrownBy(
            () -> readOne("I64", "[1,2]", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ", tensor \"x\", element 1 of [1, 2]: 2147483648 does not fit INT32");
    assertThatThrownBy(() -> readOne("U32", "[1]", 0, 0, 0, 0x80))
        .hasMessage(file + ", tensor \"x\", element 0 of [1]: 2147483648 does not fit INT32");
    assertThatThrownBy(() -> readOne("U64", "[1]", 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF))
        .hasMessage(
            file + ", tensor \"x\", element 0 of [1]: 18446744073709551615 does not fit INT32");
  }

  @Test
  void refusesOtherTruthValues() {
    assertThatThrownBy(() -> readOne("BOOL", "[3]", 0, 1, 2))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ", tensor \"x\", element 2 of [3]: a BOOL must be 0 or 1, not 2");
  }

  // ---- bad files

  private static String entry(String name, String dtype, String shape, long begin, long end) {
    return "{\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}}"
        .formatted(name, dtype, shape, begin, end);
  }

  private static byte[] bytes(String header, int... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    var buffer = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(json.length).put(json);
    for (int value : data) {
      buffer.put((byte) value);
    }
    return buffer.array();
  }

  private void refuses(byte[] content, String message) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
  }

  @Test
  void refusesFilesThatAreTooShort() throws IOException {
    refuses(
        new byte[0],
        ": 0 bytes are too few for a safetensors file, which starts with 8 bytes of length");
    refuses(
        new byte[7],
        ": 7 bytes are too few for a safetensors file, which starts with 8 bytes of length");
  }

  @Test
  void refusesHeaderLengthsBeyondTheFile() throws IOException {
    byte[] content = bytes("{}");
    content[0] = 3;
    String rest =
        " must be at most 2, in a file of 10 bytes; it is cut off, or no safetensors file";
    refuses(content, ", byte 0: header length 3" + rest);
    content[7] = (byte) 0xFF;
    refuses(content, ", byte 0: header length 18374686479671623683" + rest);
  }

  @Test
  void refusesHeadersThatAreNotJsonObjects() throws IOException {
    refuses(bytes(""), ", header, character 0: a value expected, got the end of the text");
    refuses(bytes("[]"), ", header: must be a JSON object");
    refuses(bytes(" {}"), ", byte 8: the header must begin with '{', not with white space");
    refuses(bytes("{}\0"), ", header, character 2: the end expected, got U+0000");
    refuses(
        bytes("{\"x\":" + "[".repeat(1_000_000)),
        ", header, character 68: values are nested more than 64 deep");
    refuses(bytes("{\"x\":}"), ", header, character 5: a value expected, got '}'");
    byte[] malformed = bytes("{\"x\":1}");
    malformed[10] = (byte) 0xC0;
    refuses(malformed, ", byte 10: the header is not UTF-8");
  }

  @Test
  void refusesTwoTensorsOfOneName() throws IOException {
    String x = "\"x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    refuses(bytes("{" + x + "," + x + "}"), ", header, character 53: member \"x\" appears twice");
  }

  /** One written with escapes, too. */
  @Test
  void refusesTwoTensorsOfOneNameInDisguise() throws IOException {
    String x = "\"x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    refuses(
        bytes("{" + x + "," + x.replace("\"x\"", "\"\\u0078\"") + "}"),
        ", header, character 53: member \"x\" appears twice");
  }

  @Test
  void refusesMetadataThatAreNotStrings() throws IOException {
    refuses(bytes("{\"__metadata__\":[]}"), ", __metadata__: must be an object, not an array");
    refuses(bytes("{\"__metadata__\":{\"k\":1}}"), ", __metadata__: \"k\" must be a string, not 1");
  }

  @Test
  void refusesIncompleteEntries() throws IOException {
    refuses(bytes("{\"x\":3}"), ", tensor \"x\": must be an object, not 3");
    refuses(bytes("{\"x\":{}}"), ", tensor \"x\": dtype must be a string; it is missing");
    refuses(bytes("{\"x\":{\"dtype\":1}}"), ", tensor \"x\": dtype must be a string, not 1");
    refuses(
        bytes("{\"x\":{\"dtype\":\"F8_E4M3\"}}"),
        ", tensor \"x\": dtype \"F8_E4M3\" cannot be read; convert it to one of"
            + " [F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL]");
    refuses(
        bytes("{\"x\":{\"dtype\":\"U8\"}}"),
        ", tensor \"x\": shape must be an array; it is missing");
    refuses(
        bytes("{\"x\":{\"dtype\":\"U8\",\"shape\":[1.5]}}"),
        ", tensor \"x\": shape must hold whole numbers from 0 up, not 1.5");
    refuses(
        bytes("{\"x\":{\"dtype\":\"U8\",\"shape\":[-1]}}"),
        ", tensor \"x\": shape must hold whole numbers from 0 up, not -1");
    refuses(
        bytes("{\"x\":{\"dtype\":\"U8\",\"shape\":[-0]}}"),
        ", tensor \"x\": shape must hold whole numbers from 0 up, not -0");
    refuses(
        bytes("{\"x\":{\"dtype\":\"U8\",\"shape\":[1e0]}}"),
        ", tensor \"x\": shape must hold whole numbers from 0 up, not 1e0");
    refuses(
        bytes(entry("x", "U8", "[0],\"scale\":2", 0, 0)),
        ", tensor \"x\": must hold dtype, shape and data_offsets alone, not \"scale\"");
    refuses(
        bytes("{\"x\":{\"dtype\":\"U8\",\"shape\":[]}}"),
        ", tensor \"x\": data_offsets must be an array; it is missing");
    refuses(
        bytes("{\"x\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0]}}", 1),
        ", tensor \"x\": data_offsets must be two rising numbers, not [0]");
    refuses(
        bytes(entry("x", "U8", "[]", 1, 0), 1),
        ", tensor \"x\": data_offsets must be two rising numbers, not [1, 0]");
  }

  @Test
  void refusesShapesThatOverflow() throws IOException {
    refuses(
        bytes(entry("x", "F32", "[4294967296]", 0, 0)),
        ", tensor \"x\": size 4294967296 exceeds 2147483647");
    refuses(
        bytes(entry("x", "F32", "[65536,65536]", 0, 0)),
        ", tensor \"x\": shape: too many elements: [65536, 65536] exceeds 2147483647;"
            + " split the tensor");
    refuses(
        bytes(entry("x", "F64", "[2147483639]", 0, 8)),
        ", tensor \"x\": F64 [2147483639] needs 17179869112 bytes, data_offsets [0, 8] hold 8");
    refuses(
        bytes(entry("x", "F64", "[2147483639]", 0, 17179869112L), 0),
        ", tensor \"x\": ends at byte 17179869112 of the data, which has 1; the file is cut off");
    refuses(
        bytes(entry("x", "U8", "[2147483640]", 0, 2147483640L), 0),
        ", tensor \"x\": [2147483640] has 2147483640 elements, an array holds at most 2147483639;"
            + " split the tensor");
    refuses(
        bytes(entry("x", "F32", "[9223372036854775807,9223372036854775807]", 0, 4), 0, 0, 0, 0),
        ", tensor \"x\": size 9223372036854775807 exceeds 2147483647");
    refuses(
        bytes(entry("x", "F32", "[9223372036854775808]", 0, 4), 0, 0, 0, 0),
        ", tensor \"x\": shape must hold whole numbers from 0 up, not 9223372036854775808");
    refuses(
        bytes(entry("x", "U8", "[" + "1,".repeat(64) + "1]", 0, 1), 0),
        ", tensor \"x\": shape must hold at most 64 numbers, not 65");
  }

  @Test
  void refusesGapsOverlapsAndLeftovers() throws IOException {
    refuses(
        bytes(entry("x", "U8", "[2]", 0, 3), 1, 2, 3),
        ", tensor \"x\": U8 [2] needs 2 bytes, data_offsets [0, 3] hold 3");
    refuses(
        bytes(entry("x", "U8", "[2]", 1, 3), 1, 2, 3),
        ", tensor \"x\": begins at byte 1 of the data, leaving a gap after the tensor before it,"
            + " which ends at 0");
    String overlap =
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
            + "\"y\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}";
    refuses(
        bytes(overlap, 1, 2, 3),
        ", tensor \"y\": begins at byte 1 of the data, within the tensor before it, which ends at"
            + " 2");
    refuses(
        bytes(entry("x", "U8", "[2]", 0, 2), 1, 2, 3),
        ": the data has 3 bytes, of which tensors fill only 2");
  }
}
