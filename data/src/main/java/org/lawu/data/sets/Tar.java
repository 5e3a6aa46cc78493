package org.lawu.data.sets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lawu.error.FormatException;

/**
 * Reads files out of a tar archive that gzip has packed, as far as POSIX.1-1988 (ustar) goes: a
 * header of 512 bytes for each file, then its content, filled up to a multiple of 512. Nothing is
 * unpacked to disk, so it makes no difference where the names in an archive lead.
 */
final class Tar {
  private static final int BLOCK = 512;
  private static final int OCTAL = 8;

  // Where the fields of a header are, and how long.
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM = 8;
  private static final int TYPE_AT = 156;

  private Tar() {}

  /**
   * The contents of some files, in the order of their names.
   *
   * @param wanted is asked about each name, which is that in the folder that holds all the archive:
   *     {@code train/pos/0_9.txt} of {@code aclImdb/train/pos/0_9.txt}
   */
  static Map<String, byte[]> read(Path archive, Predicate<String> wanted) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
      return read(archive, new GZIPInputStream(in, 1 << 16), wanted);
    } catch (ZipException | EOFException damaged) {
      throw new FormatException(
          "%s: the gzip data is damaged (%s); fetch the file again"
              .formatted(archive, damaged.getMessage()),
          damaged);
    }
  }

  private static Map<String, byte[]> read(Path archive, InputStream in, Predicate<String> wanted)
      throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    while (true) {
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK) {
        throw new FormatException(archive + ": the archive ends early; fetch the file again");
      }
      if (isZero(header)) {
        return contents;
      }
      if (number(archive, header, CHECKSUM_AT, CHECKSUM) != checksum(header)) {
        throw new FormatException(
            archive + ": the header of a file in it is damaged; fetch the file again");
      }
      long size = number(archive, header, SIZE_AT, SIZE);
      String path = text(header, 0, NAME);
      String name = path.substring(path.indexOf('/') + 1);
      boolean isFile = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
      long rest = Math.ceilDiv(size, BLOCK) * BLOCK;
      if (isFile && wanted.test(name) && size <= Integer.MAX_VALUE) {
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
          throw new FormatException(
              "%s: %s in it ends early; fetch the file again".formatted(archive, name));
        }
        contents.put(name, content);
        rest -= size;
      }
      in.skipNBytes(rest);
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** The sum of the header's bytes, those of the sum itself as spaces. */
  private static long checksum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM;
      sum += own ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }

  private static long number(Path archive, byte[] header, int at, int length) {
    String octal = text(header, at, length).strip();
    try {
      return octal.isEmpty() ? 0 : Long.parseUnsignedLong(octal, OCTAL);
    } catch (NumberFormatException e) {
      throw new FormatException(
          "%s: '%s' in the header of a file in it is no octal number".formatted(archive, octal), e);
    }
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.ISO_8859_1);
  }
}
