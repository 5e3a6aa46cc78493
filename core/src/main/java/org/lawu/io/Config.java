package org.lawu.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.internal.json.JsonReader;
import org.lawu.internal.json.JsonValue;
import org.lawu.internal.json.JsonValue.JsonArray;
import org.lawu.internal.json.JsonValue.JsonBoolean;
import org.lawu.internal.json.JsonValue.JsonNumber;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.internal.json.JsonValue.JsonString;

/**
 * Named settings that are saved as JSON: what a layer was constructed with, what preprocessing has
 * learnt, where a training stands. Immutable, in the order in which they were added.
 *
 * <pre>{@code
 * Config config = Config.of("kind", "Dense").with("inputs", 784).with("bias", true);
 * config.integer("inputs");           // 784
 * config.toString();                  // {"kind":"Dense","inputs":784,"bias":true}
 * Config.parse("model.json", text);   // the same again
 * }</pre>
 *
 * <p>Numbers are read back as they were, to the bit; NaN and infinity are written as strings, since
 * JSON has none.
 *
 * <p>Reading what is missing or of another kind raises a {@link FormatException} that names it.
 */
public final class Config {
  private final String source;
  private final JsonObject values;

  private Config(String source, JsonObject values) {
    this.source = source;
    this.values = values;
  }

  /** No settings. */
  public static Config empty() {
    return new Config("config", new JsonObject(Map.of()));
  }

  /** One setting, a string. */
  public static Config of(String name, String value) {
    return empty().with(name, value);
  }

  /**
   * Settings from JSON text, which may be an attacker's.
   *
   * @param source where the text is from, for messages: {@code model.safetensors, architecture}
   * @throws FormatException if it is no JSON object; the message names source and character
   */
  public static Config parse(String source, String text) {
    if (JsonReader.read(source, text) instanceof JsonObject object) {
      return new Config(source, object);
    }
    throw new FormatException("%s: a JSON object expected".formatted(source));
  }

  // ---- adding

  private Config with(String name, JsonValue value) {
    Map<String, JsonValue> members = new LinkedHashMap<>(values.members());
    if (members.put(name, value) != null) {
      throw new ArgumentException("config: \"%s\" is set already".formatted(name));
    }
    return new Config(source, new JsonObject(members));
  }

  /**
   * The same with one more setting.
   *
   * @throws ArgumentException if the name is taken; so it is of all methods of this name
   */
  public Config with(String name, String value) {
    return with(name, new JsonString(value));
  }

  /** The same with a whole number more. */
  public Config with(String name, long value) {
    return with(name, JsonNumber.of(value));
  }

  /** The same with a number more. */
  public Config with(String name, double value) {
    return with(name, number(value));
  }

  /** The same with one more that is true or false. */
  public Config with(String name, boolean value) {
    return with(name, new JsonBoolean(value));
  }

  /** The same with settings of a part. */
  public Config with(String name, Config value) {
    return with(name, value.values);
  }

  /** The same with numbers more. */
  public Config with(String name, double... value) {
    return with(name, new JsonArray(DoubleStream.of(value).mapToObj(Config::number).toList()));
  }

  /** The same with whole numbers more. */
  public Config with(String name, int... value) {
    List<JsonValue> numbers = new ArrayList<>();
    IntStream.of(value).forEach(number -> numbers.add(JsonNumber.of(number)));
    return with(name, new JsonArray(numbers));
  }

  /** The same with a list of strings more. */
  public Config withStrings(String name, List<String> value) {
    return with(name, new JsonArray(value.stream().<JsonValue>map(JsonString::new).toList()));
  }

  /** The same with the settings of several parts. */
  public Config withList(String name, List<Config> value) {
    return with(name, new JsonArray(value.stream().<JsonValue>map(part -> part.values).toList()));
  }

  private static JsonValue number(double value) {
    String text = Double.toString(value);
    return Double.isFinite(value) ? new JsonNumber(text) : new JsonString(text);
  }

  // ---- reading

  /**
   * Where the settings are from, for messages: {@code model.safetensors, architecture, layers[2]}.
   */
  public String source() {
    return source;
  }

  /** The names of all settings. */
  public Set<String> names() {
    return values.members().keySet();
  }

  /** Whether there is a setting of that name. */
  public boolean has(String name) {
    return values.has(name);
  }

  /**
   * A string.
   *
   * @throws FormatException if it is missing or no string
   */
  public String string(String name) {
    if (get(name) instanceof JsonString string) {
      return string.value();
    }
    throw wrong(name, "a string");
  }

  /**
   * A whole number.
   *
   * @throws FormatException if it is missing or no whole number of an int's range
   */
  public int integer(String name) {
    if (get(name) instanceof JsonNumber number && number.isInt()) {
      return (int) number.toLong();
    }
    throw wrong(name, "a whole number");
  }

  /**
   * A whole number of 64 bits.
   *
   * @throws FormatException if it is missing or no whole number of a long's range
   */
  public long longInteger(String name) {
    if (get(name) instanceof JsonNumber number && number.isLong()) {
      return number.toLong();
    }
    throw wrong(name, "a whole number");
  }

  /**
   * A number.
   *
   * @throws FormatException if it is missing or no number
   */
  public double number(String name) {
    if (isNumber(get(name))) {
      return toDouble(get(name));
    }
    throw wrong(name, "a number");
  }

  /**
   * True or false.
   *
   * @throws FormatException if it is missing or neither
   */
  public boolean truth(String name) {
    if (get(name) instanceof JsonBoolean truth) {
      return truth.value();
    }
    throw wrong(name, "true or false");
  }

  /**
   * The settings of a part.
   *
   * @throws FormatException if they are missing or of another kind
   */
  public Config config(String name) {
    if (get(name) instanceof JsonObject object) {
      return new Config(source + ", " + name, object);
    }
    throw wrong(name, "an object");
  }

  /**
   * Numbers.
   *
   * @throws FormatException if they are missing or of another kind
   */
  public double[] numbers(String name) {
    List<JsonValue> elements = list(name, "an array of numbers");
    if (elements.stream().allMatch(Config::isNumber)) {
      return elements.stream().mapToDouble(Config::toDouble).toArray();
    }
    throw wrong(name, "an array of numbers");
  }

  /**
   * Whole numbers.
   *
   * @throws FormatException if they are missing or of another kind
   */
  public int[] integers(String name) {
    List<JsonValue> elements = list(name, "an array of whole numbers");
    if (elements.stream().allMatch(x -> x instanceof JsonNumber number && number.isInt())) {
      return elements.stream().mapToInt(x -> (int) ((JsonNumber) x).toLong()).toArray();
    }
    throw wrong(name, "an array of whole numbers");
  }

  /**
   * Strings.
   *
   * @throws FormatException if they are missing or of another kind
   */
  public List<String> strings(String name) {
    List<JsonValue> elements = list(name, "an array of strings");
    if (elements.stream().allMatch(JsonString.class::isInstance)) {
      return elements.stream().map(x -> ((JsonString) x).value()).toList();
    }
    throw wrong(name, "an array of strings");
  }

  /**
   * The settings of several parts.
   *
   * @throws FormatException if they are missing or of another kind
   */
  public List<Config> configs(String name) {
    List<JsonValue> elements = list(name, "an array of objects");
    if (!elements.stream().allMatch(JsonObject.class::isInstance)) {
      throw wrong(name, "an array of objects");
    }
    List<Config> parts = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      parts.add(new Config("%s, %s[%d]".formatted(source, name, i), (JsonObject) elements.get(i)));
    }
    return Collections.unmodifiableList(parts);
  }

  private JsonValue get(String name) {
    JsonValue value = values.members().get(name);
    if (value == null) {
      throw new FormatException(
          "%s: \"%s\" is missing; there are %s".formatted(source, name, names()));
    }
    return value;
  }

  private List<JsonValue> list(String name, String expected) {
    if (get(name) instanceof JsonArray array) {
      return array.elements();
    }
    throw wrong(name, expected);
  }

  private static boolean isNumber(JsonValue value) {
    return value instanceof JsonNumber
        || (value instanceof JsonString string
            && Set.of("NaN", "Infinity", "-Infinity").contains(string.value()));
  }

  private static double toDouble(JsonValue value) {
    return value instanceof JsonNumber number
        ? number.toDouble()
        : Double.parseDouble(((JsonString) value).value());
  }

  private FormatException wrong(String name, String expected) {
    return new FormatException(
        "%s: \"%s\" must be %s, not %s".formatted(source, name, expected, get(name).kind()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Config config && values.equals(config.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The JSON text. */
  @Override
  public String toString() {
    return values.toString();
  }
}
