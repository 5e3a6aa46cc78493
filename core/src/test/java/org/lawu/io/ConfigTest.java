package org.lawu.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;

class ConfigTest {
  private static final Config ALL =
      Config.of("kind", "Dense")
          .with("inputs", 784)
          .with("seed", Long.MIN_VALUE)
          .with("rate", 0.1)
          .with("bias", true)
          .with("part", Config.of("a", "b"))
          .with("means", new double[] {1e-300, Double.NaN, Double.NEGATIVE_INFINITY, -0.0})
          .with("sizes", new int[] {3, 4})
          .withStrings("classes", List.of("x\"y", "ü"))
          .withList("layers", List.of(Config.of("kind", "Relu"), Config.empty()));

  @Test
  void readsBackWhatItWrote() {
    Config read = Config.parse("test", ALL.toString());
    assertThat(read).isEqualTo(ALL).hasSameHashCodeAs(ALL);
    assertThat(read.string("kind")).isEqualTo("Dense");
    assertThat(read.integer("inputs")).isEqualTo(784);
    assertThat(read.longInteger("seed")).isEqualTo(Long.MIN_VALUE);
    assertThat(read.number("rate")).isEqualTo(0.1);
    assertThat(read.truth("bias")).isTrue();
    assertThat(read.config("part").string("a")).isEqualTo("b");
    assertThat(read.numbers("means"))
        .containsExactly(1e-300, Double.NaN, Double.NEGATIVE_INFINITY, -0.0);
    assertThat(read.integers("sizes")).containsExactly(3, 4);
    assertThat(read.strings("classes")).containsExactly("x\"y", "ü");
    assertThat(read.configs("layers")).containsExactly(Config.of("kind", "Relu"), Config.empty());
    assertThat(read.names())
        .containsExactly(
            "kind", "inputs", "seed", "rate", "bias", "part", "means", "sizes", "classes",
            "layers");
    assertThat(read.has("bias")).isTrue();
    assertThat(read.has("other")).isFalse();
  }

  @Test
  void isWrittenInOrder() {
    assertThat(Config.of("kind", "Dense").with("inputs", 784).with("rate", 0.5).toString())
        .isEqualTo("{\"kind\":\"Dense\",\"inputs\":784,\"rate\":0.5}");
  }

  @Test
  void refusesANameTwice() {
    assertThatThrownBy(() -> ALL.with("kind", 1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("config: \"kind\" is set already");
  }

  @Test
  void saysWhatIsMissingOrWrong() {
    Config read = Config.parse("model.json", "{\"a\":{\"b\":1.5,\"c\":[1,2.5]},\"l\":[{}]}");
    refuses(() -> read.string("x"), "model.json: \"x\" is missing; there are [a, l]");
    refuses(() -> read.config("a").string("b"), "model.json, a: \"b\" must be a string, not 1.5");
    refuses(
        () -> read.config("a").integer("b"),
        "model.json, a: \"b\" must be a whole number, not 1.5");
    refuses(
        () -> read.config("a").integers("c"),
        "model.json, a: \"c\" must be an array of whole numbers, not an array");
    refuses(() -> read.truth("a"), "model.json: \"a\" must be true or false, not an object");
    refuses(() -> read.number("a"), "model.json: \"a\" must be a number, not an object");
    refuses(
        () -> read.configs("a"), "model.json: \"a\" must be an array of objects, not an object");
    refuses(() -> read.strings("l"), "model.json: \"l\" must be an array of strings, not an array");
    refuses(
        () -> read.configs("l").getFirst().truth("t"),
        "model.json, l[0]: \"t\" is missing; there are []");
    refuses(() -> Config.parse("model.json", "[1]"), "model.json: a JSON object expected");
    assertThatThrownBy(() -> Config.parse("model.json", "{\"a\":}"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("model.json, character 5: ");
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(FormatException.class).hasMessage(message);
  }
}
