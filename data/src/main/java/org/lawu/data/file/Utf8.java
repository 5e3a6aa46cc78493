package org.lawu.data.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.lawu.error.FormatException;

/** Text that must be UTF-8. */
public final class Utf8 {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Utf8() {}

  /**
   * The text of a file's bytes, without a byte order mark.
   *
   * @throws FormatException if they are not UTF-8; the message names file and line
   */
  public static String decode(Path file, byte[] content) {
    return withoutMark(
        decode(
            content,
            line ->
                new FormatException(
                    "%s, line %d: the text is not UTF-8; convert the file".formatted(file, line))));
  }

  /** The beginning of a file without the byte order mark that some editors write there. */
  public static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /**
   * The text of bytes from anywhere.
   *
   * @param fault makes what is thrown if they are not UTF-8 from the line, counted from 1, that is
   *     not
   */
  public static String decode(byte[] content, LongFunction<FormatException> fault) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer chars = CharBuffer.allocate(content.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true).isError()) {
      throw fault.apply(
          1 + IntStream.range(0, bytes.position()).filter(i -> bytes.get(i) == '\n').count());
    }
    return chars.flip().toString();
  }
}
