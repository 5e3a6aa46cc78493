package org.lawu.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

class ShardedFilesTest {
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";

  @TempDir Path folder;
  private Path index;

  @BeforeEach
  void chooseIndex() {
    index = folder.resolve("model.safetensors.index.json");
  }

  /** 12, 24, 4 and 0 bytes. */
  private static Map<String, Tensor> tensors(float value) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.of(value, 2, 3));
    tensors.put("b", Tensor.arange(6));
    tensors.put("c", Tensor.scalar(4));
    tensors.put("d", Tensor.zeros(0));
    return tensors;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  // ---- writing and reading back

  @Test
  void readsBackWhatItWrote() throws IOException {
    Safetensors.writeSharded(index, tensors(1), Map.of("format", "pt"), 28);
    assertThat(names()).containsExactly(FIRST, SECOND, "model.safetensors.index.json");
    assertThat(Safetensors.read(folder.resolve(FIRST)).tensors()).containsOnlyKeys("a");
    assertThat(Safetensors.read(folder.resolve(SECOND)).tensors()).containsOnlyKeys("b", "c", "d");
    SafetensorsFile read = Safetensors.read(index);
    assertThat(read.tensors()).containsExactlyEntriesOf(tensors(1));
    assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
  }

  @Test
  void writesTheIndexOfHuggingFace() throws IOException {
    Safetensors.writeSharded(index, tensors(1), Map.of(), 28);
    assertThat(index)
        .hasContent(
            """
            {"metadata":{"total_size":40},"weight_map":{"a":"%s","b":"%s","c":"%s","d":"%s"}}\
            """
                .formatted(FIRST, SECOND, SECOND, SECOND));
  }

  @Test
  void givesLargeTensorsFilesOfTheirOwn() throws IOException {
    Safetensors.writeSharded(index, tensors(1), Map.of(), 1);
    assertThat(names()).hasSize(4).contains("model-00003-of-00003.safetensors");
    assertThat(Safetensors.read(index).tensors()).containsExactlyEntriesOf(tensors(1));
  }

  @Test
  void writesNoTensorsToNoFiles() throws IOException {
    Safetensors.writeSharded(index, Map.of(), Map.of(), 1);
    assertThat(names()).containsExactly("model.safetensors.index.json");
    assertThat(Safetensors.read(index).tensors()).isEmpty();
  }

  @Test
  void readsSingleTensorsOfASet() throws IOException {
    Safetensors.writeSharded(index, tensors(1), Map.of(), 28);
    try (var stored = Safetensors.open(index)) {
      assertThat(stored.names()).containsExactly("a", "b", "c", "d");
      assertThat(stored.tensor("b")).isEqualTo(Tensor.arange(6));
    }
  }

  // ---- replacing

  @Test
  void replacesAnEarlierSetAndLeavesNothingBeside() throws IOException {
    Path other = folder.resolve("model-other.safetensors");
    Safetensors.write(other, Map.of());
    Safetensors.writeSharded(index, tensors(1), Map.of(), 1);
    for (float value = 2; value < 5; value++) {
      Safetensors.writeSharded(index, tensors(value), Map.of(), 28);
      assertThat(Safetensors.read(index).tensors()).containsExactlyEntriesOf(tensors(value));
      assertThat(names()).hasSize(4);
      assertThat(other).exists();
    }
  }

  /** The index alone was copied here, so the names in it are free and are given once more. */
  @Test
  void keepsFilesThatAnOldIndexNamesAsWell() throws IOException {
    Safetensors.writeSharded(index, tensors(1), Map.of(), 28);
    Files.delete(folder.resolve(FIRST));
    Files.delete(folder.resolve(SECOND));
    Safetensors.writeSharded(index, tensors(2), Map.of(), 28);
    assertThat(Safetensors.read(index).tensors()).containsExactlyEntriesOf(tensors(2));
  }

  @Test
  void keepsTheEarlierSetWhenWritingFails() throws IOException {
    Safetensors.writeSharded(index, tensors(1), Map.of(), 28);
    List<String> before = names();
    // A folder in the index's place: everything is written but it.
    Path blocked = folder.resolve("model-b.safetensors.index.json");
    Files.createDirectories(blocked.resolve("x"));
    assertThatThrownBy(() -> Safetensors.writeSharded(blocked, tensors(2), Map.of(), 28))
        .isInstanceOf(IOException.class);
    Files.delete(blocked.resolve("x"));
    Files.delete(blocked);
    assertThat(names()).isEqualTo(before);
    assertThat(Safetensors.read(index).tensors()).containsExactlyEntriesOf(tensors(1));
  }

  /** An index from elsewhere that names the user's other files must not cost them. */
  @Test
  void deletesOnlyFilesOfTheSet() throws IOException {
    Path precious = folder.resolve("precious.safetensors");
    Safetensors.write(precious, Map.of("a", Tensor.ones(1)));
    Files.writeString(index, "{\"weight_map\":{\"a\":\"precious.safetensors\"}}");
    Safetensors.writeSharded(index, tensors(1), Map.of(), 28);
    assertThat(precious).exists();
  }

  @Test
  void replacesAnIndexThatIsNone() throws IOException {
    Files.writeString(index, "?");
    Safetensors.writeSharded(index, tensors(1), Map.of(), 28);
    assertThat(Safetensors.read(index).tensors()).containsExactlyEntriesOf(tensors(1));
  }

  // ---- bad arguments

  @Test
  void refusesOtherNamesAndSizes() throws IOException {
    assertThatThrownBy(
            () -> Safetensors.writeSharded(folder.resolve("model.json"), Map.of(), Map.of(), 1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "writeSharded: the index must be named like model.safetensors.index.json, not"
                + " model.json");
    assertThatThrownBy(() -> Safetensors.writeSharded(index, Map.of(), Map.of(), 0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("writeSharded: a file must hold at least 1 byte, not 0");
    assertThatThrownBy(() ->
            Safetensors.writeSharded(index, Map.of("__metadata__", Tensor.ones(1)), Map.of(), 1))
        .isInstanceOf(ArgumentException.class);
    assertThat(names()).isEmpty();
  }

  // ---- bad sets

  private void refuses(String message) {
    assertThatThrownBy(() -> Safetensors.read(index))
        .isInstanceOf(FormatException.class)
        .hasMessage(message);
  }

  @Test
  void refusesIndexesThatAreNone() throws IOException {
    assertThatThrownBy(() -> Safetensors.read(index)).isInstanceOf(NoSuchFileException.class);
    Files.writeString(index, "{");
    refuses(index + ", character 1: a member's name expected, got the end of the text");
    Files.writeString(index, "[]");
    refuses(index + ": an index must be a JSON object");
    Files.writeString(index, "{}");
    refuses(index + ": weight_map must be an object; it is missing");
    Files.writeString(index, "{\"weight_map\":[]}");
    refuses(index + ": weight_map must be an object, not an array");
    Files.writeString(index, "{\"weight_map\":{\"a\":1}}");
    refuses(index + ", tensor \"a\": must be the name of a file, not 1");
    Files.writeString(index, "{\"weight_map\":{\"a\":\"x\",\"a\":\"y\"}}");
    refuses(index + ", character 23: member \"a\" appears twice");
    Files.write(index, new byte[] {'{', '"', (byte) 0xC0});
    refuses(index + ", byte 2: the index is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.safetensors",
        "/etc/passwd",
        "..",
        ".",
        "",
        "sub/model.safetensors",
        "..\\\\secret.safetensors",
        "C:secret.safetensors",
        "model\\u0000.safetensors",
      })
  void refusesFilesOutsideTheFolder(String file) throws IOException {
    Files.writeString(index, "{\"weight_map\":{\"a\":\"%s\"}}".formatted(file));
    refuses(index + ", tensor \"a\": must be in a file beside the index, not \"" + file + "\"");
  }

  @Test
  void refusesSetsWithoutAFile() throws IOException {
    Safetensors.writeSharded(index, tensors(1), Map.of(), 28);
    Files.delete(folder.resolve(SECOND));
    refuses(
        index
            + ": the file \"model-00002-of-00002.safetensors\", which it names, is missing; get the"
            + " complete set");
  }

  @Test
  void refusesFilesThatAreNotAsTheIndexSays() throws IOException {
    Safetensors.writeSharded(index, tensors(1), Map.of(), 28);
    Path second = folder.resolve(SECOND);
    Safetensors.write(second, Map.of("b", Tensor.arange(6)));
    refuses(index + ", tensor \"c\": the file \"" + SECOND + "\" does not hold it");
    Safetensors.write(second, tensors(1));
    refuses(
        "%s, tensor \"a\": the index %s has it in \"%s\"; it must be in one file alone"
            .formatted(second, index, FIRST));
    Safetensors.write(second, Map.of("z", Tensor.ones(1)));
    refuses("%s, tensor \"z\": the index %s does not name it".formatted(second, index));
    Files.writeString(second, "?");
    refuses(
        second
            + ": 1 bytes are too few for a safetensors file, which starts with 8 bytes of length");
  }

  @Test
  void refusesIndexesWithoutEnd() throws IOException {
    try (var channel =
        Files.newByteChannel(
            index,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.position(100_000_000).write(ByteBuffer.allocate(1));
    }
    refuses(index + ": an index must have at most 100000000 bytes; this is none");
  }
}
