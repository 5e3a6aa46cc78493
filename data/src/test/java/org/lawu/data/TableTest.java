package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.tensor.Tensor;

class TableTest {
  @TempDir Path folder;
  private Path file;
  private Table flowers;
  private Table faulty;

  @BeforeEach
  void read() throws IOException {
    file = folder.resolve("table.csv");
    flowers =
        read(
            """
            length,width,species,petals
            5.1,3.5,setosa,5
            6,.5,virginica,-6
             -4.9e0 ,3.,setosa,+2147483647
            """);
    faulty =
        read(
            """
            a,b,c
            1,,x
            2,3,

            1e39,0x1p3,2147483648
            1f,abc,1.0
            """);
  }

  private Table read(String text) throws IOException {
    return Csv.read(Files.writeString(file, text));
  }

  private void assertFault(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(FormatException.class).hasMessage(file + message);
  }

  @Test
  void columnsAsNumbers() {
    assertThat(flowers.floats("width", "length"))
        .isEqualTo(Tensor.of(new float[] {3.5f, 5.1f, 0.5f, 6, 3, -4.9f}, 3, 2));
  }

  @Test
  void noNamesMeanAllColumns() {
    assertThat(flowers.drop("species", "petals").floats())
        .isEqualTo(flowers.floats("length", "width"));
  }

  @Test
  void columnsAsDoublesWithGaps() {
    assertThat(flowers.doubles("length")).containsExactly(5.1, 6, -4.9);
    assertThat(faulty.select(new int[] {0, 1}).doubles("b")).containsExactly(Double.NaN, 3);
    assertFault(() -> faulty.doubles("b"), ", line 5, column \"b\": \"0x1p3\" is not a number");
  }

  @Test
  void someRecordsInAnotherOrder() {
    Table two = flowers.select(new int[] {2, 0});

    assertThat(two.strings("species")).containsExactly("setosa", "setosa");
    assertThat(two.ints("petals")).isEqualTo(Tensor.of(2147483647, 5));
    assertFault(
        () -> {
          throw two.fault(0, "width", "is odd");
        },
        ", line 4, column \"width\": is odd");
    assertThatThrownBy(() -> flowers.select(new int[] {3}))
        .isInstanceOf(IndexException.class)
        .hasMessage("select: there is no record 3; the data set has 3, counted from 0");
  }

  @Test
  void aTableInMemory() {
    Table table = Table.of(List.of("a", "b"), List.of(List.of("1", "x"), List.of("", "y")));

    assertThat(table.doubles("a")).containsExactly(1, Double.NaN);
    assertThat(table.strings("b")).containsExactly("x", "y");
    assertThatThrownBy(() -> table.floats("a"))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "table, line 2, column \"a\": the value is missing; use dropMissing or fillMissing"
                + " first");
    assertThatThrownBy(() -> Table.of(List.of("a", "a"), List.of()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("table: names of columns must differ, got [a, a]");
    assertThatThrownBy(() -> Table.of(List.of("a"), List.of(List.of("1"), List.of())))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("table: record 2 has 0 cells, but there are 1 columns: [a]");
  }

  @Test
  void columnsAsWholeNumbers() {
    assertThat(flowers.ints("petals")).isEqualTo(Tensor.of(5, -6, 2147483647));
  }

  @Test
  void columnsAsClasses() {
    assertThat(flowers.labels("species")).isEqualTo(Tensor.of(0, 1, 0));
    assertThat(flowers.classes("species")).containsExactly("setosa", "virginica");
    assertThat(flowers.oneHot("species"))
        .isEqualTo(Tensor.of(new float[] {1, 0, 0, 1, 1, 0}, 3, 2));
  }

  @Test
  void numbersThatAreNotFinite() throws IOException {
    assertThat(read("a\nNaN\nInfinity\n-Infinity\n").floats("a"))
        .isEqualTo(Tensor.of(new float[] {Float.NaN, 1f / 0f, -1f / 0f}, 3, 1));
  }

  @Test
  void missingValuesCanBeDropped() {
    assertThat(faulty.dropMissing().strings("a")).containsExactly("1e39", "1f");
    assertThat(faulty.dropMissing("b").strings("a")).containsExactly("2", "1e39", "1f");
    assertThat(faulty.size()).isEqualTo(4);
  }

  @Test
  void missingValuesCanBeFilled() {
    Table filled = faulty.fillMissing("NaN", "b");

    assertThat(filled.strings("b")).containsExactly("NaN", "3", "0x1p3", "abc");
    assertThat(filled.strings("c")).containsExactly("x", "", "2147483648", "1.0");
    assertThat(faulty.fillMissing("0").strings("c").get(1)).isEqualTo("0");
  }

  @Test
  void droppedColumnsAreGone() {
    assertThat(flowers.drop("width").columns()).containsExactly("length", "species", "petals");
    assertThat(flowers.drop("width").strings("species")).isEqualTo(flowers.strings("species"));
  }

  @Test
  void faultsNameTheLineOfTheFileAndTheColumn() {
    String missing = "the value is missing; use dropMissing or fillMissing first";
    assertFault(() -> faulty.floats("b"), ", line 2, column \"b\": " + missing);
    assertFault(() -> faulty.labels("c"), ", line 3, column \"c\": " + missing);
    assertFault(() -> faulty.oneHot("c"), ", line 3, column \"c\": " + missing);
    assertFault(() -> faulty.classes("c"), ", line 3, column \"c\": " + missing);
    assertFault(() -> faulty.floats("a"), ", line 5, column \"a\": 1e39 is too large for FLOAT32");
    assertFault(
        () -> faulty.drop("a").dropMissing().floats("b"),
        ", line 5, column \"b\": \"0x1p3\" is not a number");
    assertFault(
        () -> faulty.fillMissing("7", "c").ints("c"),
        ", line 2, column \"c\": \"x\" is not an INT32 number");
    assertFault(
        () -> faulty.dropMissing().ints("c"),
        ", line 5, column \"c\": \"2147483648\" is not an INT32 number");
  }

  @Test
  void numbersOfJavaProgramsAreNoNumbers() throws IOException {
    for (String text :
        new String[] {"1f", "1d", "0x1p3", "1_000", "1,5", "--1", ".", "e5", "nan"}) {
      Table table = read("a\n\"" + text + "\"\n");
      assertFault(
          () -> table.floats("a"), ", line 2, column \"a\": \"" + text + "\" is not a number");
    }
  }

  @Test
  void refusesColumnsThatDoNotExist() {
    String known = "; " + file + " has [length, width, species, petals]";
    assertThatThrownBy(() -> flowers.floats("length", "depth"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("floats: there is no column \"depth\"" + known);
    assertThatThrownBy(() -> flowers.labels("kind"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("labels: there is no column \"kind\"" + known);
    assertThatThrownBy(() -> flowers.drop("kind"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("drop: there is no column \"kind\"" + known);
  }

  @Test
  void saysWhatItIs() {
    assertThat(flowers).hasToString("Table of 3 records, columns [length, width, species, petals]");
  }
}
