package org.lawu.data.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A visible character for each byte, in which GPT-2's vocabulary is written: the printable ones of
 * Latin-1 stand for themselves, the other 68 bytes are U+0100 and up, so that a space is Ġ. Radford
 * et al., "Language models are unsupervised multitask learners" (2019), {@code encoder.py}.
 */
final class ByteCharacters {
  private static final char[] OF_BYTES = ofBytes();
  private static final int[] BYTES = bytes();

  private ByteCharacters() {}

  private static char[] ofBytes() {
    char[] characters = new char[256];
    char next = 256;
    for (char value = 0; value < 256; value++) {
      boolean visible =
          (value >= '!' && value <= '~') || (value >= '¡' && value <= '¬') || value >= '®';
      characters[value] = visible ? value : next++;
    }
    return characters;
  }

  private static int[] bytes() {
    int[] bytes = new int[256 + 68];
    Arrays.fill(bytes, -1);
    for (int value = 0; value < 256; value++) {
      bytes[OF_BYTES[value]] = value;
    }
    return bytes;
  }

  static char of(int value) {
    return OF_BYTES[value];
  }

  /** All of them in the order of GPT-2's vocabulary. */
  static char[] all() {
    char[] sorted = OF_BYTES.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Writes the bytes that characters stand for; one that stands for none is itself, in UTF-8. */
  static void write(String characters, ByteArrayOutputStream out) {
    characters
        .codePoints()
        .forEach(character -> {
          int value = character < BYTES.length ? BYTES[character] : -1;
          if (value >= 0) {
            out.write(value);
          } else {
            out.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
          }
        });
  }
}
