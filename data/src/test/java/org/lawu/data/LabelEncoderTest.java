package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.io.Config;
import org.lawu.tensor.Tensor;

class LabelEncoderTest {
  private final LabelEncoder cities =
      LabelEncoder.fit(List.of("paris", "paris", "tokyo", "amsterdam"));

  @Test
  void numbersClassesInSortedOrder() {
    assertThat(cities.classes()).containsExactly("amsterdam", "paris", "tokyo");
    assertThat(cities.transform(List.of("tokyo", "tokyo", "paris"))).isEqualTo(Tensor.of(2, 2, 1));
  }

  @Test
  void inverseGivesTheClasses() {
    assertThat(cities.inverse(Tensor.of(2, 0, 1))).containsExactly("tokyo", "amsterdam", "paris");
  }

  @Test
  void oneHotHasAColumnForEachClass() {
    assertThat(cities.oneHot(List.of("paris", "amsterdam")))
        .isEqualTo(Tensor.of(new float[] {0, 1, 0, 1, 0, 0}, 2, 3));
  }

  @Test
  void wholeNumbersAreSortedByValue() {
    assertThat(LabelEncoder.fit(List.of("10", "9", "-1")).classes())
        .containsExactly("-1", "9", "10");
    assertThat(LabelEncoder.fit(List.of("10", "9", "x")).classes()).containsExactly("10", "9", "x");
  }

  @Test
  void theSettingsBringBackTheSame() {
    LabelEncoder back = LabelEncoder.of(Config.parse("saved", cities.config().toString()));

    assertThat(back.classes()).isEqualTo(cities.classes());
    assertThatThrownBy(
            () -> LabelEncoder.of(Config.empty().withStrings("classes", List.of("a", "a"))))
        .isInstanceOf(FormatException.class)
        .hasMessage("labelEncoder: the saved classes must differ, got [a, a]");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> cities.transform(List.of("rome")))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "labelEncoder: \"rome\" is not among the classes [amsterdam, paris, tokyo]; fit on all"
                + " values");
    assertThatThrownBy(() -> cities.inverse(Tensor.of(3)))
        .isInstanceOf(IndexException.class)
        .hasMessage(
            "labelEncoder: there is no class 3; the classes [amsterdam, paris, tokyo] are counted"
                + " from 0");
    assertThatThrownBy(() -> cities.inverse(Tensor.of(1f)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "labelEncoder: labels must be INT32, got FLOAT32 [1]; take argMax of probabilities"
                + " first");
    assertThatThrownBy(() -> LabelEncoder.fit(List.of()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("labelEncoder: there are no values to learn classes from");
  }
}
