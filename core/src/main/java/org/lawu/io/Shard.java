package org.lawu.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

/**
 * One safetensors file, mapped into memory: its header is checked when it opens, and a tensor's
 * bytes are touched when that tensor is read. A file may be larger than memory.
 */
final class Shard implements Closeable {
  private final String source;
  private final MemorySegment bytes;
  private final SafetensorsHeader header;
  private final Origin origin;

  /** Where the bytes come from. */
  private interface Origin extends Closeable {
    long size() throws IOException;
  }

  /** A file, which others may cut off while it is mapped. */
  private record MappedFile(FileChannel channel, Arena arena) implements Origin {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      arena.close();
      channel.close();
    }
  }

  /** Memory of our own. */
  private record Memory(long size) implements Origin {
    @Override
    public void close() {}
  }

  private Shard(String source, MemorySegment bytes, Origin origin) {
    this.source = source;
    this.bytes = bytes;
    this.header = SafetensorsHeader.read(source, bytes);
    this.origin = origin;
  }

  /**
   * Opens a file.
   *
   * @throws FormatException if its header is not sound
   */
  static Shard open(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ);
    var mapped = new MappedFile(channel, Arena.ofShared());
    try {
      return new Shard(
          file.toString(),
          channel.map(MapMode.READ_ONLY, 0, channel.size(), mapped.arena()),
          mapped);
    } catch (InternalError fault) {
      mapped.close();
      throw new IOException(file + ": the file was cut off while it was opened", fault);
    } catch (Throwable fault) {
      mapped.close();
      throw fault;
    }
  }

  /** A file's content in memory. */
  static Shard of(String source, byte[] content) {
    return new Shard(source, MemorySegment.ofArray(content), new Memory(content.length));
  }

  String source() {
    return source;
  }

  SafetensorsHeader header() {
    return header;
  }

  /** The elements of one of the header's entries. */
  Tensor read(SafetensorsHeader.Entry entry) throws IOException {
    // Touching a mapped page that is no longer in the file would be a fault of the machine.
    long begin = header.length() + entry.begin();
    long end = header.length() + entry.end();
    if (origin.size() < end) {
      throw cutOff(entry);
    }
    try {
      return entry
          .type()
          .read(entry.place(source), bytes.asSlice(begin, end - begin), entry.shape());
    } catch (InternalError fault) {
      // What the virtual machine makes of it if the file shrinks this very moment.
      throw new IOException(cutOff(entry).getMessage(), fault);
    }
  }

  private IOException cutOff(SafetensorsHeader.Entry entry) {
    return new IOException(
        "%s: the file was cut off after it was opened".formatted(entry.place(source)));
  }

  @Override
  public void close() throws IOException {
    origin.close();
  }
}
