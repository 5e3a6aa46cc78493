package org.lawu.examples;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lawu.error.FormatException;

/**
 * Turns tokens into text by a file of llama2.c: the greatest length as int32; for each token its
 * score as float32, its length as int32, and its bytes, UTF-8; all little-endian.
 */
final class Llama2cTokenizer {
  /** The token that begins a text. */
  static final int BEGIN = 1;

  /** Tokens for single bytes, for what the others cannot spell. */
  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");

  private final List<byte[]> pieces;

  private Llama2cTokenizer(List<byte[]> pieces) {
    this.pieces = pieces;
  }

  /**
   * Reads a file.
   *
   * @param vocabulary the number of tokens it must have
   * @throws FormatException if it has fewer or more, or is damaged
   * @throws IOException if it cannot be read
   */
  static Llama2cTokenizer read(Path file, int vocabulary) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> pieces = new ArrayList<>();
    try {
      bytes.getInt();
      while (pieces.size() < vocabulary) {
        bytes.getFloat();
        pieces.add(piece(file, bytes, pieces.size()));
      }
    } catch (BufferUnderflowException end) {
      throw new FormatException(
          "%s: ends within token %d of %d; it is damaged, or for another model"
              .formatted(file, pieces.size(), vocabulary),
          end);
    }
    if (bytes.hasRemaining()) {
      throw new FormatException(
          "%s: goes on after the %d tokens of the model; it is damaged, or for another model"
              .formatted(file, vocabulary));
    }
    return new Llama2cTokenizer(pieces);
  }

  private static byte[] piece(Path file, ByteBuffer bytes, int token) {
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new FormatException(
          "%s: token %d has a length of %d, and %d bytes are left; it is damaged"
              .formatted(file, token, length, bytes.remaining()));
    }
    byte[] piece = new byte[length];
    bytes.get(piece);
    return piece;
  }

  /**
   * The bytes that a token adds to a text; a character may take several tokens.
   *
   * @param previous the token before: a text does not begin with the space of its first word
   */
  byte[] decode(int previous, int token) {
    byte[] piece = pieces.get(token);
    String text = new String(piece, StandardCharsets.UTF_8);
    Matcher single = BYTE.matcher(text);
    if (single.matches()) {
      return new byte[] {(byte) Integer.parseInt(single.group(1), 16)};
    }
    return previous == BEGIN && text.startsWith(" ")
        ? text.substring(1).getBytes(StandardCharsets.UTF_8)
        : piece.clone();
  }
}
