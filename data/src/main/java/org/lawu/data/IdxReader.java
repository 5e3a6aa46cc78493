package org.lawu.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lawu.data.file.Gzip;
import org.lawu.error.FormatException;
import org.lawu.tensor.Shape;

/**
 * Reads one IDX file. Believes nothing that the header says: memory is taken only as bytes arrive,
 * or once the size of the file confirms their number.
 */
final class IdxReader {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 4;

  private final Path file;
  private final InputStream in;
  private final boolean packed;
  private long position;

  private IdxReader(Path file, InputStream in, boolean packed) {
    this.file = file;
    this.in = in;
    this.packed = packed;
  }

  static Idx read(Path file) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      boolean packed = Gzip.follows(raw);
      return new IdxReader(file, packed ? unpack(file, raw) : raw, packed).read();
    }
  }

  private static InputStream unpack(Path file, InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(raw, BUFFER);
    } catch (ZipException | EOFException e) {
      throw damaged(file, 0, e);
    }
  }

  private static FormatException damaged(Path file, long at, IOException cause) {
    return new FormatException(
        "%s, unpacked byte %d: the gzip data is damaged (%s); fetch the file again"
            .formatted(file, at, cause.getMessage()),
        cause);
  }

  private Idx read() throws IOException {
    byte[] magic = bytes(MAGIC, MAGIC, "the magic number");
    if (magic[0] != 0 || magic[1] != 0) {
      throw fault(0, "an IDX file begins with two zero bytes, found " + hex(magic[0], magic[1]));
    }
    IdxType type = type(magic[2]);
    Shape shape = shape(magic[3] & 0xFF, type);
    int count = shape.elements() * type.bytes;
    String what = "%s elements (%s)".formatted(shape, type);
    byte[] data = bytes(count, packed ? Math.min(count, BUFFER) : confirmed(count, what), what);
    if (next(new byte[1], 0) >= 0) {
      throw fault(position, "the file goes on after its " + what + "; fetch the file again");
    }
    return new Idx(type, shape, data);
  }

  private IdxType type(byte code) {
    for (IdxType type : IdxType.values()) {
      if (type.code == code) {
        return type;
      }
    }
    String known =
        Stream.of(IdxType.values())
            .map(type -> hex((byte) type.code) + " " + type)
            .collect(Collectors.joining(", "));
    throw fault(2, "unknown element type %s; IDX has %s".formatted(hex(code), known));
  }

  private Shape shape(int rank, IdxType type) throws IOException {
    if (rank == 0) {
      throw fault(3, "the number of dimensions is 0, and must be at least 1");
    }
    long start = position;
    ByteBuffer header =
        ByteBuffer.wrap(bytes(rank * Integer.BYTES, rank * Integer.BYTES, "the header's sizes"));
    int[] sizes = new int[rank];
    boolean empty = false;
    for (int axis = 0; axis < rank; axis++) {
      sizes[axis] = header.getInt();
      if (sizes[axis] < 0) {
        throw fault(
            start + (long) axis * Integer.BYTES,
            "size %d of dimension %d is above 2147483647"
                .formatted(Integer.toUnsignedLong(sizes[axis]), axis));
      }
      empty |= sizes[axis] == 0;
    }
    long bytes = empty ? 0 : type.bytes;
    for (int axis = 0; axis < rank && !empty; axis++) {
      bytes *= sizes[axis];
      if (bytes > Integer.MAX_VALUE - Long.BYTES) {
        throw fault(
            start,
            "sizes %s of %s elements are more than an array can hold (2 GB); split the file"
                .formatted(Arrays.toString(sizes), type));
      }
    }
    return Shape.of(sizes);
  }

  /** The number of bytes to come, if the file is large enough for it. */
  private int confirmed(int count, String what) throws IOException {
    long present = Files.size(file) - position;
    if (present < count) {
      throw truncated(position + present, count - present, what);
    }
    return count;
  }

  private FormatException truncated(long at, long missing, String what) {
    return fault(
        at,
        "the file ends %d bytes too early for %s; fetch the file again".formatted(missing, what));
  }

  /** The next {@code count} bytes, in an array that starts with {@code room} and grows. */
  private byte[] bytes(int count, int room, String what) throws IOException {
    byte[] data = new byte[room];
    int have = 0;
    while (have < count) {
      if (have == data.length) {
        data = Arrays.copyOf(data, (int) Math.min(count, 2L * have));
      }
      int read = next(data, have);
      if (read < 0) {
        throw truncated(position, count - have, what);
      }
      have += read;
      position += read;
    }
    return data;
  }

  /** What {@link InputStream#read} gives. */
  private int next(byte[] data, int from) throws IOException {
    try {
      return in.read(data, from, data.length - from);
    } catch (ZipException | EOFException e) {
      throw damaged(file, position, e);
    }
  }

  private FormatException fault(long at, String fault) {
    String place = packed ? "%s, unpacked byte %d: " : "%s, byte %d: ";
    return new FormatException(place.formatted(file, at) + fault);
  }

  private static String hex(byte... bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(text.isEmpty() ? "" : " ").append("0x%02X".formatted(b));
    }
    return text.toString();
  }
}
