package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

class CsvPipelineTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<Table> read(Pipeline<Table> pipeline) {
    List<Table> tables = new ArrayList<>();
    pipeline.forEach(tables::add);
    return tables;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n3,4",
        "\uFEFFa,b\r\n1,2\r\n\r\n3,4\r\n",
        "\n\na,b\n\n1,\"x \"\"y\"\"\n\nz\"\n3,\"\"\n",
        "a,b\n",
        "\"a\",\"two\r\nlines\"\n\"1,5\",?\n"
      })
  void readsWhatTheReaderOfWholeFilesReads(String text) throws IOException {
    Path file = file("table.csv", text);
    CsvFormat format = CsvFormat.standard().missing("?");
    Table whole = Csv.read(file, format);
    List<Table> records = read(Pipeline.csv(format, file));

    assertThat(records).hasSize(whole.size());
    for (String column : whole.columns()) {
      assertThat(records.stream().flatMap(table -> table.strings(column).stream()).toList())
          .isEqualTo(whole.strings(column));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,a\n1,2\n",
        "a,b\n1\n",
        "a,b\n1,2\n\n3,4,5\n",
        "a,b\n1,2\n3,x\"y\n",
        "a,b\n1,2\n\n3,\"x\n\n\n",
        "a,b\n1,\"x\ny\"z\n",
        "a,b\n1,2\r3,4\n"
      })
  void hasTheFaultsThatTheReaderOfWholeFilesHas(String text) throws IOException {
    Path file = file("faulty.csv", text);
    String fault = "";
    try {
      Csv.read(file);
    } catch (FormatException e) {
      fault = e.getMessage();
    }

    assertThat(fault).startsWith(file + ", line ");
    assertThatThrownBy(() -> read(Pipeline.csv(CsvFormat.standard(), file)))
        .isInstanceOf(FormatException.class)
        .hasMessage(fault);
  }

  @Test
  void joinsRecordsOfSeveralFilesInBatches() throws IOException {
    Path first = file("first.csv", "x,y\n1,2\n3,4\n");
    Path second = file("second.csv", "x,y\n5,6\n");
    Pipeline<Tensor> batches =
        Pipeline.csv(CsvFormat.standard(), first, second)
            .batch(2)
            .map(Table::concat)
            .map(table -> table.floats("y", "x"));
    List<Tensor> read = new ArrayList<>();
    batches.forEach(read::add);

    assertThat(read)
        .containsExactly(
            Tensor.of(new float[] {2, 1, 4, 3}, 2, 2), Tensor.of(new float[] {6, 5}, 1, 2));
  }

  @Test
  void aCellAtFaultIsNamed() throws IOException {
    Path file = file("cells.csv", "x;y\n1;2\n3;four\n");
    CsvFormat format = CsvFormat.standard().separator(';');

    assertThatThrownBy(() ->
            Pipeline.csv(format, file)
                .shuffle(10, new Philox(1))
                .map(table -> table.floats())
                .forEach(tensor -> {}))
        .hasMessage(
            "%1$s, line 3: map: %1$s, line 3, column \"y\": \"four\" is not a number"
                .formatted(file));
  }

  @Test
  void tablesOfDifferentColumnsDoNotJoin() throws IOException {
    Path first = file("first.csv", "x,y\n1,2\n");
    Path second = file("second.csv", "y,x\n5,6\n");
    List<Table> tables = read(Pipeline.csv(CsvFormat.standard(), first, second));

    assertThatThrownBy(() -> Table.concat(tables))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "concat: the columns differ: %s has [x, y], and %s has [y, x]"
                .formatted(first, second));
    assertThatThrownBy(() -> Table.concat(List.of()))
        .hasMessage("concat: there must be at least one table");
  }
}
