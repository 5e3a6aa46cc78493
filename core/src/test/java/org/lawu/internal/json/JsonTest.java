package org.lawu.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lawu.error.FormatException;
import org.lawu.internal.json.JsonValue.JsonArray;
import org.lawu.internal.json.JsonValue.JsonBoolean;
import org.lawu.internal.json.JsonValue.JsonNull;
import org.lawu.internal.json.JsonValue.JsonNumber;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.internal.json.JsonValue.JsonString;

class JsonTest {

  private static JsonValue read(String text) {
    return JsonReader.read("case", text);
  }

  private static JsonObject object(String text) {
    return (JsonObject) read(text);
  }

  @Test
  void readsEveryKindOfValue() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("a", new JsonArray(List.of(new JsonNumber("1"), new JsonNumber("-2.5e+3"))));
    members.put("b", new JsonBoolean(true));
    members.put("c", new JsonBoolean(false));
    members.put("d", new JsonNull());
    members.put("e", new JsonObject(Map.of()));
    members.put("f", new JsonArray(List.of()));
    assertThat(
            read(
                " {\"a\" : [1,\n-2.5e+3],\t\"b\":true,\r\"c\":false,\"d\":null,\"e\":{},\"f\":[ ]} "))
        .isEqualTo(new JsonObject(members));
  }

  @Test
  void readsEscapes() {
    assertThat(read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9 \\ud83d\\ude00 \u00e9\""))
        .isEqualTo(new JsonString("\"\\/\b\f\n\r\t\u00e9 \ud83d\ude00 \u00e9"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,2.50,{\"b\":null}],\"c\":true,\"d\":\"\\\"\\\\\\n\\r\\t\\u0001\"}",
        "[]",
        "{}"
      })
  void writesWhatItRead(String text) {
    assertThat(read(text)).hasToString(text);
  }

  @Test
  void escapesHalvesOfSurrogatePairs() {
    assertThat(new JsonString("\ud83d")).hasToString("\"\\ud83d\"");
  }

  @Test
  void keepsTheOrderOfMembers() {
    assertThat(object("{\"z\":1,\"a\":2,\"m\":3}").members().keySet())
        .containsExactly("z", "a", "m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|0: a value expected, got the end of the text",
        "`  `|2: a value expected, got the end of the text",
        "?|0: a value expected, got '?'",
        "tru|0: a value expected, got 't'",
        "{|1: a member's name expected, got the end of the text",
        "{a:1}|1: a member's name expected, got 'a'",
        "{\"a\" 1}|5: ':' expected, got '1'",
        "{\"a\":1,}|7: a member's name expected, got '}'",
        "{\"a\":1|6: '}' expected, got the end of the text",
        "{\"a\":1,\"a\":2}|7: member \"a\" appears twice",
        "[1,]|3: a value expected, got ']'",
        "[1 2]|3: ']' expected, got '2'",
        "[1] 2|4: the end expected, got '2'",
        "01|1: the end expected, got '1'",
        "-|1: a digit expected, got the end of the text",
        "1.|2: a digit expected, got the end of the text",
        "1e+|3: a digit expected, got the end of the text",
        "+1|0: a value expected, got '+'",
        "NaN|0: a value expected, got 'N'",
        "\"a|2: the string's end expected, got the end of the text",
        "\"\\x\"|1: unknown escape",
        "\"\\|1: unknown escape",
        "\"\\u12g4\"|5: a hexadecimal digit expected, got 'g'",
        "\"\\ud83d\"|1: half of a surrogate pair without the other",
        "\"\\ud83dx\"|1: half of a surrogate pair without the other",
        "\"\\ude00\"|1: half of a surrogate pair without the other",
        "\u00e9|0: a value expected, got U+00E9",
      })
  void refuses(String text, String fault) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FormatException.class)
        .hasMessage("case, character " + fault);
  }

  @Test
  void refusesControlCharactersInStrings() {
    assertThatThrownBy(() -> read("\"a\nb\""))
        .hasMessage("case, character 2: the string's end expected, got U+000A");
  }

  @Test
  void limitsTheDepth() {
    assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(JsonArray.class);
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(FormatException.class)
        .hasMessage("case, character 64: values are nested more than 64 deep");
  }

  @Test
  void limitsTheNumberOfValues() {
    assertThat(read("[" + "0,".repeat(1_999_998) + "0]")).isInstanceOf(JsonArray.class);
    assertThatThrownBy(() -> read("[" + "0,".repeat(3_000_000)))
        .isInstanceOf(FormatException.class)
        .hasMessage("case, character 3999999: there are more than 2000000 values");
  }

  @Test
  void limitsTheLengthOfNumbers() {
    assertThat(read("1".repeat(1000))).isInstanceOf(JsonNumber.class);
    assertThatThrownBy(() -> read("[1, -" + "1".repeat(1000) + "]"))
        .isInstanceOf(FormatException.class)
        .hasMessage("case, character 4: a number has more than 1000 characters");
  }

  @Test
  void messagesStayOnALineOfModestLength() {
    String name = "\\u001b\\n\\u202e" + "n".repeat(5_000_000);
    assertThatThrownBy(() -> read("{\"%1$s\":1,\"%1$s\":2}".formatted(name)))
        .hasMessage(
            "case, character 5000020: member \"\\u001b\\n\\u202e"
                + "n".repeat(114)
                + "...\" appears twice");
    assertThatThrownBy(() -> object("{\"%s\":1}".formatted("n".repeat(200))).get("x"))
        .hasMessage("member \"x\" is missing; there are [" + "n".repeat(116) + "...");
    assertThat(read("1".repeat(1000)).kind()).isEqualTo("1".repeat(117) + "...");
  }

  @Test
  void escapesWhatDoesNotShow() {
    assertThat(new JsonString("\u007f\u0085\u2028\u202e\u00e9"))
        .hasToString("\"\\u007f\\u0085\\u2028\\u202e\u00e9\"");
  }

  @Test
  void givesTypedMembers() {
    var object =
        object("{\"s\":\"x\",\"i\":3,\"d\":0.5,\"t\":true,\"is\":[1,-2],\"ds\":[1,0.5],\"o\":{}}");
    assertThat(object.string("s")).isEqualTo("x");
    assertThat(object.integer("i")).isEqualTo(3);
    assertThat(object.number("d")).isEqualTo(0.5);
    assertThat(object.truth("t")).isTrue();
    assertThat(object.integers("is")).containsExactly(1, -2);
    assertThat(object.numbers("ds")).containsExactly(1, 0.5);
    assertThat(object.object("o")).isEqualTo(new JsonObject(Map.of()));
    assertThat(object.has("s")).isTrue();
    assertThat(object.has("x")).isFalse();
  }

  @Test
  void saysWhatAMemberIsNot() {
    var object = object("{\"s\":\"x\",\"d\":0.5,\"l\":3000000000,\"a\":[1,0.5],\"n\":null}");
    assertThatThrownBy(() -> object.string("x"))
        .isInstanceOf(FormatException.class)
        .hasMessage("member \"x\" is missing; there are [s, d, l, a, n]");
    assertThatThrownBy(() -> object.string("d"))
        .hasMessage("member \"d\" must be a string, not 0.5");
    assertThatThrownBy(() -> object.integer("d"))
        .hasMessage("member \"d\" must be a whole number, not 0.5");
    assertThatThrownBy(() -> object.integer("l"))
        .hasMessage("member \"l\" must be a whole number, not 3000000000");
    assertThatThrownBy(() -> object.number("s"))
        .hasMessage("member \"s\" must be a number, not a string");
    assertThatThrownBy(() -> object.truth("n"))
        .hasMessage("member \"n\" must be true or false, not null");
    assertThatThrownBy(() -> object.integers("a"))
        .hasMessage("member \"a\" must be an array of whole numbers, not an array");
    assertThatThrownBy(() -> object.numbers("d"))
        .hasMessage("member \"d\" must be an array of numbers, not 0.5");
    assertThatThrownBy(() -> object.object("a"))
        .hasMessage("member \"a\" must be an object, not an array");
  }

  @Test
  void wholeNumbersHaveNoFractionAndFit() {
    assertThat(new JsonNumber("9223372036854775807").isLong()).isTrue();
    assertThat(new JsonNumber("9223372036854775808").isLong()).isFalse();
    assertThat(new JsonNumber("1.0").isLong()).isFalse();
    assertThat(new JsonNumber("1e999999999").toDouble()).isInfinite();
    assertThat(JsonNumber.of(-3)).hasToString("-3");
  }
}
