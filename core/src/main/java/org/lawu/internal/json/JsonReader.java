package org.lawu.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.FormatException;
import org.lawu.internal.json.JsonValue.JsonArray;
import org.lawu.internal.json.JsonValue.JsonBoolean;
import org.lawu.internal.json.JsonValue.JsonNull;
import org.lawu.internal.json.JsonValue.JsonNumber;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.internal.json.JsonValue.JsonString;

/**
 * Reads JSON exactly as RFC 8259 has it, and refuses what it leaves open: members of the same name
 * and halves of surrogate pairs.
 *
 * <p>The text may be an attacker's. Two bytes of it can become a value of a hundred, so there are
 * limits, far beyond any honest file: values nested {@value #MAX_DEPTH} deep, {@value #MAX_VALUES}
 * values in all, and {@value #MAX_NUMBER} characters in a number. Time and memory are bounded by
 * them and by the length of the text, and messages quote no more than a line of it.
 */
public final class JsonReader {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_VALUES = 2_000_000;
  private static final int MAX_NUMBER = 1000;

  private final String source;
  private final String text;
  private int at;
  private int depth;
  private int values;

  private JsonReader(String source, String text) {
    this.source = source;
    this.text = text;
  }

  /**
   * The one value that a text holds.
   *
   * @param source where the text is from, for messages: {@code model.safetensors, header}
   * @throws FormatException if it is not JSON; the message tells source and character
   */
  public static JsonValue read(String source, String text) {
    var reader = new JsonReader(source, text);
    JsonValue value = reader.value();
    reader.space();
    if (reader.at < text.length()) {
      throw reader.fault("the end expected, got " + reader.found());
    }
    return value;
  }

  private JsonValue value() {
    space();
    if (at == text.length()) {
      throw fault("a value expected, got " + found());
    }
    if (++values > MAX_VALUES) {
      throw fault("there are more than %d values".formatted(MAX_VALUES));
    }
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsonString(string());
      case 't' -> word("true", new JsonBoolean(true));
      case 'f' -> word("false", new JsonBoolean(false));
      case 'n' -> word("null", new JsonNull());
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw fault("a value expected, got " + found());
    };
  }

  private JsonValue word(String word, JsonValue value) {
    if (!text.startsWith(word, at)) {
      throw fault("a value expected, got " + found());
    }
    at += word.length();
    return value;
  }

  private JsonValue object() {
    enter();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    if (!skip('}')) {
      do {
        space();
        int start = at;
        if (!found('"')) {
          throw fault("a member's name expected, got " + found());
        }
        String name = string();
        expect(':');
        if (members.put(name, value()) != null) {
          at = start;
          throw fault("member %s appears twice".formatted(new JsonString(name).brief()));
        }
      } while (skip(','));
      expect('}');
    }
    depth--;
    return new JsonObject(members);
  }

  private JsonValue array() {
    enter();
    List<JsonValue> elements = new ArrayList<>();
    if (!skip(']')) {
      do {
        elements.add(value());
      } while (skip(','));
      expect(']');
    }
    depth--;
    return new JsonArray(elements);
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw fault("values are nested more than %d deep".formatted(MAX_DEPTH));
    }
    at++;
  }

  private String string() {
    var value = new StringBuilder();
    at++;
    while (!found('"')) {
      if (at == text.length() || text.charAt(at) < ' ') {
        throw fault("the string's end expected, got " + found());
      }
      int start = at;
      char c = character();
      value.append(c);
      if (Character.isSurrogate(c)) {
        boolean pair = Character.isHighSurrogate(c) && at < text.length();
        char low = pair ? character() : c;
        if (!pair || !Character.isLowSurrogate(low)) {
          at = start;
          throw fault("half of a surrogate pair without the other");
        }
        value.append(low);
      }
    }
    at++;
    return value.toString();
  }

  /** One UTF-16 unit of a string, which may be written as an escape. */
  private char character() {
    int start = at;
    char c = text.charAt(at++);
    if (c != '\\') {
      return c;
    }
    char escape = at < text.length() ? text.charAt(at++) : ' ';
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at = start;
        throw fault("unknown escape");
      }
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? hexadecimal(text.charAt(at)) : -1;
      if (digit < 0) {
        throw fault("a hexadecimal digit expected, got " + found());
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  /** Unlike {@link Character#digit}, of ASCII digits alone. */
  private static int hexadecimal(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private JsonValue number() {
    int start = at;
    at += found('-') ? 1 : 0;
    if (found('0')) {
      at++;
    } else {
      digits();
    }
    if (found('.')) {
      at++;
      digits();
    }
    if (found('e') || found('E')) {
      at++;
      at += found('+') || found('-') ? 1 : 0;
      digits();
    }
    if (at - start > MAX_NUMBER) {
      at = start;
      throw fault("a number has more than %d characters".formatted(MAX_NUMBER));
    }
    return new JsonNumber(text.substring(start, at));
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw fault("a digit expected, got " + found());
    }
  }

  private void space() {
    while (found(' ') || found('\n') || found('\r') || found('\t')) {
      at++;
    }
  }

  private boolean found(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean skip(char c) {
    space();
    if (!found(c)) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw fault("'%c' expected, got %s".formatted(c, found()));
    }
  }

  private String found() {
    if (at >= text.length()) {
      return "the end of the text";
    }
    char c = text.charAt(at);
    return c < ' ' || c > '~' ? "U+%04X".formatted((int) c) : "'" + c + "'";
  }

  private FormatException fault(String fault) {
    return new FormatException("%s, character %d: %s".formatted(source, at, fault));
  }
}
