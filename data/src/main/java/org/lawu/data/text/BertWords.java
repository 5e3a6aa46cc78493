package org.lawu.data.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * BERT's basic tokenization: control characters go, each CJK ideograph and punctuation character is
 * a word, other words stand between white space. Devlin et al., "BERT: Pre-training of deep
 * bidirectional transformers for language understanding" (NAACL 2019), {@code tokenization.py}.
 */
record BertWords(
    boolean cleanText, boolean splitIdeographs, boolean stripAccents, boolean lowerCase) {

  /** As BERT's models have it; the uncased ones lose upper case and accents. */
  static BertWords ofBert(boolean lowerCase) {
    return new BertWords(true, true, lowerCase, lowerCase);
  }

  List<String> split(String text) {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    normalized(text)
        .codePoints()
        .forEach(character -> {
          boolean alone =
              isPunctuation(character) || (splitIdeographs && isCommonIdeograph(character));
          if ((alone || isSpace(character)) && !word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
          }
          if (alone) {
            words.add(Character.toString(character));
          } else if (!isSpace(character)) {
            word.appendCodePoint(character);
          }
        });
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private String normalized(String text) {
    String result = cleanText ? clean(text) : text;
    if (stripAccents) {
      result = remove(Normalizer.normalize(result, Normalizer.Form.NFD), BertWords::isMark);
    }
    return lowerCase ? result.toLowerCase(Locale.ROOT) : result;
  }

  private static String clean(String text) {
    return remove(text, BertWords::isControl);
  }

  private static String remove(String text, IntPredicate what) {
    return text.codePoints().noneMatch(what)
        ? text
        : text.codePoints()
            .filter(what.negate())
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isMark(int character) {
    return Character.getType(character) == Character.NON_SPACING_MARK;
  }

  /** Controls, formats and private use, and what stands for undecodable bytes. */
  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\t' && character != '\n' && character != '\r';
      case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> character == 0xFFFD;
    };
  }

  /** Unicode's property White_Space; neither of Java's two notions is. */
  static boolean isSpace(int character) {
    return (character >= 0x9 && character <= 0xD)
        || character == 0x85
        || Character.isSpaceChar(character);
  }

  /** Every ASCII symbol too, such as {@code $}. */
  private static boolean isPunctuation(int character) {
    if (character < 128) {
      return character > ' ' && character < 127 && !Character.isLetterOrDigit(character);
    }
    return switch (Character.getType(character)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The blocks of ideographs that BERT knows. */
  private static boolean isCommonIdeograph(int character) {
    return (character >= 0x4E00 && character <= 0x9FFF)
        || (character >= 0x3400 && character <= 0x4DBF)
        || (character >= 0x20000 && character <= 0x2A6DF)
        || (character >= 0x2A700 && character <= 0x2CEAF)
        || (character >= 0xF900 && character <= 0xFAFF)
        || (character >= 0x2F800 && character <= 0x2FA1F);
  }
}
