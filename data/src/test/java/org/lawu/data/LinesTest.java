package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.error.LawuException;

class LinesTest {
  @TempDir private Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Path file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<String> read(Path... files) {
    List<String> lines = new ArrayList<>();
    Pipeline.lines(files).forEach(lines::add);
    return lines;
  }

  @Test
  void readsLinesHoweverTheyEnd() throws IOException {
    assertThat(read(file("a", "one\ntwo\r\n\nthr\u00e9e")))
        .containsExactly("one", "two", "", "thr\u00e9e");
    assertThat(read(file("b", "one\n"))).containsExactly("one");
    assertThat(read(file("c", ""))).isEmpty();
    assertThat(read(file("d", "\n"))).containsExactly("");
    assertThat(read(file("e", "\uFEFFone\n\uFEFFtwo"))).containsExactly("one", "\uFEFFtwo");
  }

  @Test
  void readsLinesLongerThanItsBuffer() throws IOException {
    String line = "x".repeat(100_000);

    assertThat(read(file("long", line + "\n" + line + "\n"))).containsExactly(line, line);
  }

  @Test
  void readsSeveralFilesPackedOrNot() throws IOException {
    Path plain = file("plain.txt", "a\nb\n");
    Path packed = file("named-as-if-it-were-plain.txt", packed("c\nd"));

    assertThat(read(plain, packed, plain)).containsExactly("a", "b", "c", "d", "a", "b");
    assertThat(read(file("none.gz", packed("")))).isEmpty();
  }

  @Test
  void aFaultNamesFileAndLine() throws IOException {
    Path good = file("good.txt", "1\n2\n");
    Path bad = file("bad.txt", packed("3\n4\n\nfive\n"));
    Pipeline<Integer> numbers =
        Pipeline.lines(good, bad)
            .filter(line -> !line.isEmpty())
            .shuffle(100, new org.lawu.random.Philox(1))
            .map(Integer::parseInt)
            .prefetch(2);

    assertThatThrownBy(() -> numbers.forEach(number -> {}))
        .isExactlyInstanceOf(LawuException.class)
        .hasMessage(
            bad + ", line 4: map: java.lang.NumberFormatException: For input string: \"five\"");
  }

  @Test
  void aFaultInABatchNamesFileAndLine() throws IOException {
    Path file = file("numbers.txt", "1\n2\n3\nfour\n");

    assertThatThrownBy(() ->
            Pipeline.lines(file)
                .batch(2)
                .map(lines -> lines.stream().map(Integer::parseInt).toList())
                .forEach(numbers -> {}))
        .hasMessage(
            file
                + ", line 3 and 1 more: map: java.lang.NumberFormatException: For input string:"
                + " \"four\"");
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    Path file = file("latin.txt", new byte[] {'a', '\n', 'b', (byte) 0xE9, '\n'});

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ", line 2: the text is not UTF-8; convert the file");
  }

  @Test
  void saysThatAFileIsDamaged() throws IOException {
    byte[] whole = packed("some text\nmore text\n");
    Path cut = file("cut.gz", Arrays.copyOf(whole, whole.length - 12));
    whole[20] ^= 0x55;
    Path changed = file("changed.gz", whole);

    for (Path file : List.of(cut, changed)) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith(file + ", line ")
          .hasMessageContaining("the gzip data is damaged (")
          .hasMessageEndingWith("); fetch the file again");
    }
  }

  @Test
  void saysThatAFileIsMissingWhenItIsReadAndNotBefore() {
    Path missing = folder.resolve("missing.txt");
    Cursor<String> cursor = Pipeline.lines(missing).prefetch(1).iterator();

    assertThatThrownBy(cursor::hasNext)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            missing
                + ", line 1: the file cannot be read: java.nio.file.NoSuchFileException: "
                + missing)
        .hasCauseInstanceOf(NoSuchFileException.class);
  }
}
