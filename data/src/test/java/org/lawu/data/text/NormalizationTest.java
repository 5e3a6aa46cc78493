package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

class NormalizationTest {

  @Test
  void eachStepDoesWhatItSays() {
    assertThat(Normalization.none().apply("E\u0301 <br> ﬁ")).isEqualTo("E\u0301 <br> ﬁ");
    assertThat(Normalization.none().nfc().apply("e\u0301ﬁ")).isEqualTo("éﬁ");
    assertThat(Normalization.none().nfkc().apply("e\u0301ﬁＡ½")).isEqualTo("éfiA1⁄2");
    assertThat(Normalization.none().lowerCase().apply("ÀÉI")).isEqualTo("àéi");
    assertThat(Normalization.none().stripAccents().apply("Åéñ 한 ø")).isEqualTo("Aen 한 ø");
    assertThat(Normalization.none().htmlBreaks().apply("a<br /><BR>b<br/>c<b>"))
        .isEqualTo("a\n\nb\nc<b>");
    assertThat(Normalization.none().zeroDigits().apply("0871-4 ٣")).isEqualTo("0000-0 0");
  }

  @Test
  void stepsFollowOneAnother() {
    var normalization = Normalization.none().htmlBreaks().nfkc().lowerCase().stripAccents();
    assertThat(normalization.apply("Ｃafé<br />au LAIT")).isEqualTo("cafe\nau lait");
    // U+212A is the sign of the kelvin, whose plain form is the letter K.
    assertThat(Normalization.none().nfkc().lowerCase().apply("\u212A")).isEqualTo("k");
  }

  @Test
  void isReadBackFromItsSettings() {
    var normalization = Normalization.none().nfkc().lowerCase();
    assertThat(normalization.config()).hasToString("{\"steps\":[\"nfkc\",\"lower_case\"]}");
    assertThat(Normalization.of(normalization.config())).isEqualTo(normalization);
    assertThatThrownBy(
            () -> Normalization.of(Config.empty().withStrings("steps", List.of("rot13"))))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "normalization step: \"rot13\" is unknown; there are [nfc, nfkc, lower_case,"
                + " strip_accents, html_breaks, zero_digits]");
  }
}
