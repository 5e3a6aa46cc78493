package org.lawu.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  private static List<String> texts(Axis axis) {
    return axis.marks().stream().map(axis::text).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0152, 0.4370, 0.0 0.1 0.2 0.3 0.4 0.5",
    "0.8884, 0.9968, 0.85 0.90 0.95 1.00",
    "-3, 12, -5 0 5 10 15",
    "0, 1, 0.0 0.2 0.4 0.6 0.8 1.0",
    "120, 4870, 0 1000 2000 3000 4000 5000",
    "5, 5, 4.4 4.6 4.8 5.0 5.2 5.4 5.6",
    "1e-6, 2.1e-6, 1.0e-06 1.5e-06 2.0e-06 2.5e-06"
  })
  void hasRoundMarksAroundTheNumbers(double min, double max, String marks) {
    assertThat(texts(Axis.of(min, max, 5))).containsExactly(marks.split(" "));
  }

  @Test
  void countsBeginAndEndWhereTheyDo() {
    Axis axis = Axis.ofCounts(1, 25, 8);
    assertThat(texts(axis)).containsExactly("5", "10", "15", "20", "25");
    assertThat(axis.place(1)).isZero();
    assertThat(axis.place(25)).isEqualTo(1);
    assertThat(texts(Axis.ofCounts(1, 3, 8))).containsExactly("1", "2", "3");
  }

  @Test
  void equalNumbersLieInTheMiddle() {
    assertThat(Axis.of(5, 5, 5).place(5)).isCloseTo(0.5, within(1e-9));
    assertThat(Axis.of(0, 0, 5).place(0)).isCloseTo(0.5, within(1e-9));
  }
}
