package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;

class CsvTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private void assertFault(String text, CsvFormat format, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Csv.read(file, format))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
  }

  @Test
  void theFirstLineNamesTheColumns() throws IOException {
    Table table = Csv.read(file("name,age\nada,36\nalan,41\n"));

    assertThat(table.columns()).containsExactly("name", "age");
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.strings("name")).containsExactly("ada", "alan");
  }

  @Test
  void aFileWithoutAHeaderGetsNames() throws IOException {
    Path file = file("1,2\n3,4");

    assertThat(Csv.read(file, CsvFormat.standard().withoutHeader("a", "b")).strings("b"))
        .containsExactly("2", "4");
    assertThat(Csv.read(file, CsvFormat.standard().withoutHeader()).columns())
        .containsExactly("0", "1");
  }

  @Test
  void quotedFieldsHoldSeparatorsQuotesAndLineEnds() throws IOException {
    Table table = Csv.read(file("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n\"1\n2\r\n3\",\"\"\r\n"));

    assertThat(table.strings("a")).containsExactly("x, y", "1\n2\r\n3");
    assertThat(table.strings("b")).containsExactly("say \"hi\"", "");
  }

  @Test
  void emptyLinesAreSkippedAndEmptyFieldsAreNot() throws IOException {
    Table table = Csv.read(file("\na,b,c\n\r\n,x,\n\n,,\n\n"));

    assertThat(table.size()).isEqualTo(2);
    assertThat(table.strings("a")).containsExactly("", "");
    assertThat(table.strings("b")).containsExactly("x", "");
    assertThat(table.strings("c")).containsExactly("", "");
  }

  @Test
  void spacesBelongToFields() throws IOException {
    assertThat(Csv.read(file("a,b\n x ,y")).strings("a")).containsExactly(" x ");
  }

  @Test
  void theSeparatorCanBeAnother() throws IOException {
    Table table =
        Csv.read(file("1,5;2\n3;4"), CsvFormat.standard().withoutHeader("a", "b").separator(';'));

    assertThat(table.strings("a")).containsExactly("1,5", "3");
  }

  @Test
  void settingsKeepEachOther() {
    CsvFormat format = CsvFormat.standard().separator(';').missing("?").withoutHeader("a", "b");
    assertThat(format).isEqualTo(new CsvFormat(false, List.of("a", "b"), ';', Set.of("?")));
  }

  @Test
  void textsCanStandForMissingValues() throws IOException {
    Table table = Csv.read(file("a,b\n?,1\nNA,?x"), CsvFormat.standard().missing("?", "NA"));

    assertThat(table.strings("a")).containsExactly("", "");
    assertThat(table.strings("b")).containsExactly("1", "?x");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
    assertThat(Csv.read(file("\uFEFFa,b\n1,2")).columns()).containsExactly("a", "b");
  }

  @Test
  void aHeaderAloneIsATableWithoutRecords() throws IOException {
    Table table = Csv.read(file("a,b\n"));

    assertThat(table.size()).isZero();
    assertThat(table.floats().shape().toArray()).containsExactly(0, 2);
  }

  @Test
  void refusesRecordsOfAnotherLength() throws IOException {
    assertFault(
        "a,b\n1,2\n\n\"1\n1\",2\n1,2,3\n",
        CsvFormat.standard(),
        ", line 6: 3 fields, but there are 2 columns: [a, b]");
    assertFault(
        "1\n",
        CsvFormat.standard().withoutHeader("a", "b"),
        ", line 1: 1 fields, but there are 2 columns: [a, b]");
  }

  @Test
  void refusesMisplacedQuotes() throws IOException {
    assertFault(
        "a,b\n1,x\"y\"\n",
        CsvFormat.standard(),
        ", line 2, column 2: a quote within an unquoted field; quote the field and double its"
            + " quotes");
    assertFault(
        "a,b\n\"1\n\"x,2\n",
        CsvFormat.standard(),
        ", line 3, column 1: text after the closing quote; a quote within a field must be doubled");
    assertFault(
        "a,b\n1,\"2\n3,4\n",
        CsvFormat.standard(),
        ", line 2, column 2: the quoted field does not end; close it with a quote");
  }

  @Test
  void refusesALoneCarriageReturn() throws IOException {
    assertFault(
        "a,b\r1,2\r",
        CsvFormat.standard(),
        ", line 1, column 2: a carriage return without a line feed; end lines with LF or CR LF");
  }

  @Test
  void refusesAFileWithoutContent() throws IOException {
    assertFault("", CsvFormat.standard(), ", line 1: the file is empty; it needs a header");
    assertFault(
        "\n\n",
        CsvFormat.standard().withoutHeader(),
        ", line 1: the file is empty; it needs at least one record");
  }

  @Test
  void refusesTwoColumnsOfOneName() throws IOException {
    assertFault(
        "a,b,a\n1,2,3\n",
        CsvFormat.standard(),
        ", line 1, column 3: a second column is named \"a\"; names must differ");
  }

  @Test
  void refusesOtherEncodings() throws IOException {
    Path file = folder.resolve("data.csv");
    Files.write(file, "a,b\n1,2\nü,3\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ", line 3: the text is not UTF-8; convert the file");

    Files.write(file, new byte[] {'a', '\n', (byte) 0xC3});
    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ", line 2: the text is not UTF-8; convert the file");
  }

  private static byte[] packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aFileMayBePackedWhateverItsName() throws IOException {
    Path file = folder.resolve("data.csv");
    Files.write(file, packed("a,b\n1,\"x\ny\"\n"));
    assertThat(Csv.read(file).strings("b")).containsExactly("x\ny");

    Path named = Files.writeString(folder.resolve("data.csv.gz"), "a,b\n1,2\n");
    assertThat(Csv.read(named).strings("b")).containsExactly("2");
  }

  @Test
  void refusesDamagedPacking() throws IOException {
    byte[] whole = packed("a,b\n1,2\n");
    Path file = folder.resolve("data.csv.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ": the gzip data is damaged (Unexpected end of ZLIB input stream); fetch the file"
                + " again");
    whole[whole.length - 8]++;
    Files.write(file, whole);
    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file + ": the gzip data is damaged (Corrupt GZIP trailer); fetch the file again");
    Files.write(file, Arrays.copyOf(whole, 2));
    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": the gzip data is damaged (");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> Csv.read(folder.resolve("no.csv")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> CsvFormat.standard().separator('"'))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "csv: the separator must not be a quote or the end of a line; usual are , and ;");
    assertThatThrownBy(() -> CsvFormat.standard().withoutHeader("a", "b", "a"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("csv: two columns are named a; names must differ");
    assertThatThrownBy(() -> new CsvFormat(true, List.of("a"), ',', CsvFormat.standard().missing()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("csv: the header names the columns already, got [a] too; use withoutHeader");
  }

  @Test
  void whateverTheTextItIsATableOrAFault() throws IOException {
    Random random = new Random(1);
    String alphabet = "a1,\"\"\n\r\né";
    for (int i = 0; i < 1000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(30); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Path file = file(text.toString());
      try {
        Table table = Csv.read(file, CsvFormat.standard().withoutHeader());
        assertThat(table.size()).isPositive();
      } catch (FormatException e) {
        assertThat(e).hasMessageStartingWith(file + ", line ");
      }
    }
  }

  @Test
  void whatIsWrittenByTheRulesIsReadBack() throws IOException {
    Random random = new Random(2);
    String alphabet = "ab,\"\n\r ;é";
    for (int i = 0; i < 500; i++) {
      StringBuilder field = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        field.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String quoted = '"' + field.toString().replace("\"", "\"\"") + '"';
      Table table =
          Csv.read(file(quoted + ",x," + quoted + "\r\n"), CsvFormat.standard().withoutHeader());

      assertThat(table.strings("0")).containsExactly(field.toString());
      assertThat(table.strings("2")).containsExactly(field.toString());
    }
  }
}
