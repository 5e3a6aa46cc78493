package org.lawu.data.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.lawu.error.FormatException;

/** Text of files that must be UTF-8. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The text of a file's bytes.
   *
   * @throws FormatException if they are not UTF-8; the message names file and line
   */
  public static String decode(Path file, byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer chars = CharBuffer.allocate(content.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true).isError()) {
      long line =
          1 + IntStream.range(0, bytes.position()).filter(i -> bytes.get(i) == '\n').count();
      throw new FormatException(
          "%s, line %d: the text is not UTF-8; convert the file".formatted(file, line));
    }
    return chars.flip().toString();
  }
}
