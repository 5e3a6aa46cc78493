package org.lawu.internal.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.FormatException;

/** A JSON value; {@code toString} is its text. */
public sealed interface JsonValue {

  /** What it is, for messages: {@code a string}. */
  String kind();

  private static String shortened(String text) {
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }

  /** An object; its members keep their order. */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** Whether there is a member of that name. */
    public boolean has(String name) {
      return members.containsKey(name);
    }

    /**
     * A member.
     *
     * @throws FormatException if there is none of that name
     */
    public JsonValue get(String name) {
      JsonValue value = members.get(name);
      if (value == null) {
        throw new FormatException(
            "member \"%s\" is missing; there are %s"
                .formatted(name, shortened(members.keySet().toString())));
      }
      return value;
    }

    /** A member that is an object. */
    public JsonObject object(String name) {
      if (get(name) instanceof JsonObject object) {
        return object;
      }
      throw wrong(name, "an object");
    }

    /** A member that is a string. */
    public String string(String name) {
      if (get(name) instanceof JsonString string) {
        return string.value();
      }
      throw wrong(name, "a string");
    }

    /** A member that is true or false. */
    public boolean truth(String name) {
      if (get(name) instanceof JsonBoolean truth) {
        return truth.value();
      }
      throw wrong(name, "true or false");
    }

    /** A member that is a number. */
    public double number(String name) {
      if (get(name) instanceof JsonNumber number) {
        return number.toDouble();
      }
      throw wrong(name, "a number");
    }

    /** A member that is a whole number of an int's range. */
    public int integer(String name) {
      if (get(name) instanceof JsonNumber number && number.isInt()) {
        return (int) number.toLong();
      }
      throw wrong(name, "a whole number");
    }

    /** A member that is an array of numbers. */
    public double[] numbers(String name) {
      if (get(name) instanceof JsonArray array
          && array.elements().stream().allMatch(JsonNumber.class::isInstance)) {
        return array.elements().stream().mapToDouble(x -> ((JsonNumber) x).toDouble()).toArray();
      }
      throw wrong(name, "an array of numbers");
    }

    /** A member that is an array of whole numbers of an int's range. */
    public int[] integers(String name) {
      if (get(name) instanceof JsonArray array
          && array.elements().stream()
              .allMatch(x -> x instanceof JsonNumber number && number.isInt())) {
        return array.elements().stream().mapToInt(x -> (int) ((JsonNumber) x).toLong()).toArray();
      }
      throw wrong(name, "an array of whole numbers");
    }

    private FormatException wrong(String name, String expected) {
      return new FormatException(
          "member \"%s\" must be %s, not %s".formatted(name, expected, get(name).kind()));
    }

    @Override
    public String kind() {
      return "an object";
    }

    @Override
    public String toString() {
      return JsonWriter.write(this);
    }
  }

  /** An array. */
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    public JsonArray {
      elements = List.copyOf(elements);
    }

    @Override
    public String kind() {
      return "an array";
    }

    @Override
    public String toString() {
      return JsonWriter.write(this);
    }
  }

  /** A string. */
  record JsonString(String value) implements JsonValue {
    /** Its text for messages: what does not show is escaped, and what is long cut off. */
    public String brief() {
      return new JsonString(shortened(value)).toString();
    }

    @Override
    public String kind() {
      return "a string";
    }

    @Override
    public String toString() {
      return JsonWriter.write(this);
    }
  }

  /** A number, as it is written, so that nothing is lost. */
  record JsonNumber(String text) implements JsonValue {

    /** A whole number. */
    public static JsonNumber of(long value) {
      return new JsonNumber(Long.toString(value));
    }

    /** Whether it is written as a whole number, without fraction or exponent, and fits a long. */
    public boolean isLong() {
      try {
        Long.parseLong(text);
        return true;
      } catch (NumberFormatException notWhole) {
        return false;
      }
    }

    /** Whether it {@link #isLong} and fits an int. */
    public boolean isInt() {
      return isLong() && toLong() == (int) toLong();
    }

    /** Its value where it {@link #isLong}. */
    public long toLong() {
      return Long.parseLong(text);
    }

    /** Its value, rounded. */
    public double toDouble() {
      return Double.parseDouble(text);
    }

    @Override
    public String kind() {
      return shortened(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** True or false. */
  record JsonBoolean(boolean value) implements JsonValue {
    @Override
    public String kind() {
      return Boolean.toString(value);
    }

    @Override
    public String toString() {
      return kind();
    }
  }

  /** Null. */
  record JsonNull() implements JsonValue {
    @Override
    public String kind() {
      return "null";
    }

    @Override
    public String toString() {
      return kind();
    }
  }
}
