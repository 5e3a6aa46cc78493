package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.error.LawuException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class FileCacheTest {
  private static final RecordFormat<String> TEXTS =
      new RecordFormat<>() {
        @Override
        public void write(String record, DataOutput out) throws IOException {
          out.writeUTF(record);
        }

        @Override
        public String read(DataInput in) throws IOException {
          return in.readUTF();
        }
      };

  private final AtomicInteger reads = new AtomicInteger();
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("records.cache");
  }

  private Pipeline<String> texts() {
    return Pipeline.of(List.of("one", "two", "three"))
        .map(text -> {
          reads.incrementAndGet();
          return text;
        })
        .cache(file, TEXTS);
  }

  private static <T> List<T> read(Pipeline<T> pipeline) {
    List<T> records = new ArrayList<>();
    pipeline.forEach(records::add);
    return records;
  }

  @Test
  void readsTheSourceOnceAndThenTheFile() {
    Pipeline<String> cached = texts();
    assertThat(file).doesNotExist();

    assertThat(read(cached)).containsExactly("one", "two", "three");
    assertThat(read(cached.prefetch(1))).containsExactly("one", "two", "three");
    assertThat(read(texts())).containsExactly("one", "two", "three");
    assertThat(reads).hasValue(3);
    assertThat(cached.knownSize()).hasValue(3);
  }

  @Test
  void keepsBatchesToTheBit() {
    var random = new Philox(1);
    List<Batch> batches =
        List.of(
            new Batch(Tensor.normal(random, 0, 1, 3, 2), Tensor.of(new int[] {1, 2, 3})),
            new Batch(
                Tensor.of(new double[] {Math.PI, Double.NaN}, 2, 1),
                Tensor.of(new boolean[] {true, false}, 2),
                Tensor.of(new boolean[] {false, true}, 2)),
            new Batch(Tensor.zeros(0, 4), Tensor.zeros(0), Tensor.zeros(0, 1)));
    List<Batch> read = read(Pipeline.of(batches).cache(file, RecordFormat.BATCHES));

    assertThat(read).isEqualTo(batches);
    assertThat(read.get(1).features().dtype()).isEqualTo(batches.get(1).features().dtype());
  }

  @Test
  void aFaultLeavesNoFile() throws IOException {
    Pipeline<String> faulty = Pipeline.of(List.of(1, 0)).map(n -> "" + 1 / n).cache(file, TEXTS);

    assertThatThrownBy(() -> read(faulty))
        .isInstanceOf(LawuException.class)
        .hasMessage("record 1: map: java.lang.ArithmeticException: / by zero");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aDamagedFileIsToBeDeleted() throws IOException {
    read(texts());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));

    assertThatThrownBy(() -> read(texts()))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file + ", record 2: the cache is damaged (java.io.EOFException); delete the file");
  }

  @Test
  void anotherFileIsLeftAlone() throws IOException {
    Files.writeString(file, "a letter");

    assertThatThrownBy(() -> read(texts()))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": this is another kind of file and no cache; choose another name");
    assertThat(file).hasContent("a letter");
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    file = folder.resolve("missing").resolve("records.cache");

    assertThatThrownBy(() -> read(texts()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(
            file + ": the cache cannot be written: java.nio.file.NoSuchFileException: ");
  }
}
