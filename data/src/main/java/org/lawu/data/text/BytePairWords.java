package org.lawu.data.text;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GPT-2's cut of a text into the parts within which bytes are merged: English endings after an
 * apostrophe, words, numbers and other characters with the space before them, and spaces.
 */
final class BytePairWords {
  /** White space is Unicode's, as in the reference implementation. */
  private static final Pattern PATTERN =
      Pattern.compile(
          "'(?:[stmd]|re|ve|ll)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private BytePairWords() {}

  static void split(String text, Consumer<String> words) {
    Matcher matcher = PATTERN.matcher(text);
    while (matcher.find()) {
      words.accept(matcher.group());
    }
  }
}
