package org.lawu.data.sets;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a tar archive as POSIX.1-1988 (ustar) has it. */
final class TarFile {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  TarFile folder(String name) {
    tar.writeBytes(header(name, 0, '5'));
    return this;
  }

  TarFile file(String name, byte[] content) {
    tar.writeBytes(header(name, content.length, '0'));
    tar.writeBytes(Arrays.copyOf(content, Math.ceilDiv(content.length, BLOCK) * BLOCK));
    return this;
  }

  TarFile file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** All of it, with the two empty blocks that end it. */
  byte[] bytes() {
    byte[] blocks = tar.toByteArray();
    return Arrays.copyOf(blocks, blocks.length + 2 * BLOCK);
  }

  private static byte[] header(String name, int size, char type) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "00000000000\0" + "        " + type);
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
