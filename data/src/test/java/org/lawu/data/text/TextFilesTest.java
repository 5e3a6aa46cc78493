package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Csv;
import org.lawu.data.LabelEncoder;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class TextFilesTest {
  @TempDir private Path folder;

  @Test
  void readsColumnsBetweenTabs() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("texts.tsv"), "text\tid\tkind\nsay \"hi\"\t1\tb\r\n\nüber\t2\ta\n");
    LabelledTexts texts = TextFiles.tsv(file, 2, 0, true);
    assertThat(texts.texts()).containsExactly("say \"hi\"", "über");
    assertThat(texts.classes()).containsExactly("a", "b");
    assertThat(texts.labels()).isEqualTo(Tensor.of(new int[] {1, 0}, 2));
    assertThat(texts).hasToString("LabelledTexts[2 texts, classes [a, b]]");
  }

  @Test
  void leavesOutAByteOrderMark() throws IOException {
    Path file = Files.writeString(folder.resolve("texts.tsv"), "\uFEFFham\thi\nham\tyou\n");
    assertThat(TextFiles.tsv(file, 0, 1, false).classes()).containsExactly("ham");
  }

  @Test
  void readsColumnsOfCsvFiles() throws IOException {
    Path file =
        Files.writeString(folder.resolve("texts.csv"), "topic,body\nsport,\"one, two\"\nart,x\n");
    LabelledTexts texts = LabelledTexts.of(Csv.read(file), "topic", "body");
    assertThat(texts.texts()).containsExactly("one, two", "x");
    assertThat(texts.classes().get((int) texts.labels().get(0))).isEqualTo("sport");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path file = folder.resolve("texts.tsv");
    Files.writeString(file, "a\tb\nc\n");
    assertThatThrownBy(() -> TextFiles.tsv(file, 0, 1, false))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ", line 2: 1 fields between tabs, but the label is field 0 and the text field 1");
    assertThatThrownBy(() -> TextFiles.tsv(file, 1, 1, false))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("tsv: label and text must be two columns, counted from 0; got 1 and 1");
    Files.writeString(file, "label\ttext\n");
    assertThatThrownBy(() -> TextFiles.tsv(file, 0, 1, true))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": there is no text");
    Files.write(file, new byte[] {'a', '\t', 'b', '\n', 'c', '\t', (byte) 0xFF, '\n'});
    assertThatThrownBy(() -> TextFiles.tsv(file, 0, 1, true))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ", line 2: the text is not UTF-8; convert the file");
    Path packed = Files.writeString(folder.resolve("texts.tsv.gz"), "no gzip");
    assertThatThrownBy(() -> TextFiles.tsv(packed, 0, 1, true))
        .isInstanceOf(FormatException.class)
        .hasMessage(packed + ": no whole gzip file: Not in GZIP format");
  }

  @Test
  void keepsTheSameShareOfEachClassBack() {
    List<String> names =
        IntStream.range(0, 100).mapToObj(i -> i % 5 == 0 ? "rare" : "often").toList();
    List<String> numbers = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    LabelledTexts all = LabelledTexts.of(numbers, names);
    LabelledTexts.Parts parts = all.split(0.2, new Philox(1));
    assertThat(parts.test().size()).isEqualTo(20);
    assertThat(parts.test().labels().to(DType.FLOAT32).sum().item()).isEqualTo(4);
    assertThat(parts.train().texts()).hasSize(80).doesNotContainAnyElementsOf(parts.test().texts());
    assertThat(parts.test().texts()).isEqualTo(all.split(0.2, new Philox(1)).test().texts());
    assertThat(parts.test().binaryLabels().shape().toArray()).containsExactly(20, 1);
  }

  @Test
  void numbersClassesAsTheLabelEncoderDoes() {
    List<String> names = List.of("10", "9", "-1", "9");
    LabelledTexts byValue = LabelledTexts.of(List.of("a", "b", "c", "d"), names);
    assertThat(byValue.classes()).containsExactly("-1", "9", "10");
    assertThat(byValue.labels().toIntArray()).containsExactly(2, 1, 0, 1);
    assertThat(byValue.labels()).isEqualTo(LabelEncoder.fit(names).transform(names));
    assertThat(LabelledTexts.of(List.of("a", "b", "c"), List.of("10", "9", "x")).classes())
        .containsExactly("10", "9", "x");
  }

  @Test
  void saysWhatIsWrongWithLabels() {
    assertThatThrownBy(() -> LabelledTexts.of(List.of(), List.of()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("labelEncoder: there are no values to learn classes from");
    List<String> texts = List.of("a", "b");
    List<String> classes = List.of("x", "y", "z");
    assertThatThrownBy(() -> LabelledTexts.of(texts, texts).subset(2))
        .isInstanceOf(IndexException.class)
        .hasMessage("subset: there is no text 2; there are 2, counted from 0");
    assertThatThrownBy(() -> new LabelledTexts(texts, Tensor.of(0f, 1f), classes))
        .isInstanceOf(DTypeException.class)
        .hasMessage("labelledTexts: labels must be INT32 classes, got FLOAT32 [2]");
    assertThatThrownBy(() -> new LabelledTexts(texts, Tensor.of(new int[] {1}, 1), classes))
        .isInstanceOf(ShapeException.class)
        .hasMessage("labelledTexts: there must be a label for each of 2 texts, got labels [1]");
    assertThatThrownBy(() -> new LabelledTexts(texts, Tensor.of(new int[] {0, 3}, 2), classes))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("labelledTexts: label 3 is no class; there are 3, counted from 0: [x, y, z]");
    assertThatThrownBy(
            () -> new LabelledTexts(texts, Tensor.of(new int[] {0, 2}, 2), classes).binaryLabels())
        .isInstanceOf(ArgumentException.class)
        .hasMessage("binaryLabels: there must be two classes, got 3: [x, y, z]");
  }
}
