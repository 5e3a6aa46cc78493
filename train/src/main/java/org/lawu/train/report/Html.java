package org.lawu.train.report;

import java.util.Map;

/**
 * HTML text that is written element by element. All text and all attributes are escaped, so that
 * what comes from data cannot become markup.
 */
final class Html {
  private static final Map<Character, String> ENTITIES =
      Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;", '\'', "&#39;");

  private final StringBuilder out = new StringBuilder();

  /** Opens an element; attributes are names and values by turns. */
  Html open(String element, String... attributes) {
    tag(element, attributes);
    return this;
  }

  Html close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  /** An element with text. */
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** Markup that is made by this package and holds nothing from data. */
  Html trusted(String markup) {
    out.append(markup);
    return this;
  }

  Html newline() {
    out.append('\n');
    return this;
  }

  private void tag(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(escaped(attributes[i + 1]))
          .append('"');
    }
    out.append('>');
  }

  /** Characters that no document may hold become the replacement character. */
  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
      escaped.append(control ? "\uFFFD" : ENTITIES.getOrDefault(c, Character.toString(c)));
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
