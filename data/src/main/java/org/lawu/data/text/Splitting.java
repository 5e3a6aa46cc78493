package org.lawu.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How a text is cut into the parts that are its tokens. */
public enum Splitting {
  /**
   * Words after the rules of Unicode, without spaces, punctuation and symbols: runs of letters,
   * digits, marks and underscores, held together by a single apostrophe, period or colon between
   * letters ({@code don't}) and a single period, comma, semicolon or apostrophe between digits
   * ({@code 3.14}). Han and Hiragana, which are written without spaces, are words of one character;
   * other scripts without spaces, such as Thai, are not divided, as that takes a dictionary.
   * Unicode Standard Annex 29, "Unicode text segmentation", word boundaries.
   */
  WORDS,

  /** The code points, spaces too. */
  CHARACTERS,

  /** What stands between spaces, for texts that were tokenized before. */
  WHITESPACE;

  /** The parts of a text in their order. */
  public List<String> split(String text) {
    return switch (this) {
      case WORDS -> words(text);
      case CHARACTERS -> text.codePoints().mapToObj(Character::toString).toList();
      case WHITESPACE ->
          Arrays.stream(text.strip().split("\\s+")).filter(s -> !s.isEmpty()).toList();
    };
  }

  /** What stands between the parts in a text that is put together again. */
  String separator() {
    return this == CHARACTERS ? "" : " ";
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int start = at;
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      if (Character.isIdeographic(character) || isHiragana(character)) {
        at = afterMarks(text, at);
      } else if (isWordPart(character)) {
        at = wordEnd(text, at, character);
      } else {
        continue;
      }
      words.add(text.substring(start, at));
    }
    return words;
  }

  /** Where the word ends whose last character so far comes before a place. */
  private static int wordEnd(String text, int from, int first) {
    int at = from;
    int last = first;
    while (at < text.length()) {
      int next = text.codePointAt(at);
      int after = at + Character.charCount(next);
      if (isMark(next)) {
        at = after;
      } else if (isRunPart(next)) {
        last = next;
        at = after;
      } else if (after < text.length() && joins(last, next, text.codePointAt(after))) {
        last = text.codePointAt(after);
        at = after + Character.charCount(last);
      } else {
        return at;
      }
    }
    return at;
  }

  private static int afterMarks(String text, int from) {
    int at = from;
    while (at < text.length() && isMark(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  /** Rules WB6, WB7, WB11 and WB12. */
  private static boolean joins(int before, int middle, int after) {
    return switch (middle) {
      case '\'', '’', '.' ->
          (Character.isLetter(before) && isRunLetter(after))
              || (Character.isDigit(before) && Character.isDigit(after));
      case ':', '·' -> Character.isLetter(before) && isRunLetter(after);
      case ',', ';' -> Character.isDigit(before) && Character.isDigit(after);
      default -> false;
    };
  }

  private static boolean isRunLetter(int character) {
    return Character.isLetter(character) && isRunPart(character);
  }

  private static boolean isRunPart(int character) {
    return isWordPart(character) && !Character.isIdeographic(character) && !isHiragana(character);
  }

  private static boolean isWordPart(int character) {
    return Character.isLetterOrDigit(character)
        || Character.getType(character) == Character.CONNECTOR_PUNCTUATION
        || Character.getType(character) == Character.LETTER_NUMBER;
  }

  private static boolean isMark(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }

  private static boolean isHiragana(int character) {
    return Character.UnicodeScript.of(character) == Character.UnicodeScript.HIRAGANA;
  }
}
