package org.lawu.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.lawu.data.file.Gzip;
import org.lawu.data.file.Utf8;
import org.lawu.error.FormatException;

/**
 * The lines of one text file, which is opened when the first is asked for. Bytes are decoded line
 * by line, so that a fault is known to be in a line.
 */
final class LineReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST = 1 << 26;

  private final Path file;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private @Nullable InputStream in;
  private long line;
  private boolean ended;

  LineReader(Path file) {
    this.file = file;
  }

  /** The number of the last line that was read, from 1 on. */
  long line() {
    return line;
  }

  /**
   * The next line without its line feed; null when there is none.
   *
   * @throws FormatException if it is not UTF-8, or the file is damaged
   * @throws UncheckedIOException if the file cannot be read
   */
  @Nullable String next() {
    if (ended) {
      return null;
    }
    line++;
    try {
      byte[] bytes = bytes();
      if (bytes == null) {
        close();
        return null;
      }
      String text = Utf8.decode(bytes, _ -> fault("the text is not UTF-8; convert the file"));
      return line == 1 ? Utf8.withoutMark(text) : text;
    } catch (ZipException | EOFException e) {
      throw new FormatException(
          "%s, line %d: the gzip data is damaged (%s); fetch the file again"
              .formatted(file, line, e.getMessage()),
          e);
    } catch (IOException e) {
      String reason =
          e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
      throw new UncheckedIOException(
          "%s, line %d: the file cannot be read: %s".formatted(file, line, reason), e);
    }
  }

  private FormatException fault(String fault) {
    return new FormatException("%s, line %d: %s".formatted(file, line, fault));
  }

  private byte @Nullable [] bytes() throws IOException {
    var whole = new ByteArrayOutputStream();
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      int feed = at;
      while (feed < end && buffer[feed] != '\n') {
        feed++;
      }
      whole.write(buffer, at, feed - at);
      at = feed;
      if (feed < end) {
        at++;
        break;
      }
      if (whole.size() > LONGEST) {
        throw fault("the line is longer than %d MB; is this a text file?".formatted(LONGEST >> 20));
      }
    }
    return any ? whole.toByteArray() : null;
  }

  /** Reads more bytes; false if there are none. */
  private boolean fill() throws IOException {
    if (in == null) {
      in = open();
    }
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private InputStream open() throws IOException {
    var raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    // Known from here on, so that it is closed whatever its first bytes are.
    in = raw;
    return Gzip.follows(raw) ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  @Override
  public void close() {
    ended = true;
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException("%s: the file cannot be closed".formatted(file), e);
      }
    }
  }
}
