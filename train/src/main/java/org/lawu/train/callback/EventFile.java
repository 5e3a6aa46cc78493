package org.lawu.train.callback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of TensorBoard: TFRecords that hold {@code Event} messages. It is open only while it is
 * written to, so there is nothing to close.
 *
 * <p>A record is its length (8 bytes, little-endian), a checksum of those (4), the data, and a
 * checksum of them (4). The checksum is CRC-32C, rotated and moved by a constant, so that data that
 * hold checksums have good ones too.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/util/event.proto">event.proto</a>
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details">
 *     TFRecords</a>
 */
final class EventFile {
  private static final String FORMAT = "brain.Event:2";
  private static final int MASK = 0xa282ead8;

  // Fields of Event.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;

  private final Path file;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  private EventFile(Path file) {
    this.file = file;
  }

  /**
   * Begins a new file in a folder, beside those that may be there; TensorBoard reads all of them in
   * the order of their names.
   */
  static EventFile create(Path folder, long milliseconds) throws IOException {
    Files.createDirectories(folder);
    for (int number = 0; ; number++) {
      String name =
          "events.out.tfevents.%010d.%d.lawu".formatted(milliseconds / 1000, milliseconds % 1000);
      Path file = folder.resolve(number == 0 ? name : name + "." + number);
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException taken) {
        continue;
      }
      var events = new EventFile(file);
      events.add(
          new ProtobufMessage()
              .float64(WALL_TIME, milliseconds / 1e3)
              .string(FILE_VERSION, FORMAT));
      events.flush();
      return events;
    }
  }

  /** Adds values; they are in the file after {@link #flush}. */
  void add(long milliseconds, long step, Summary summary) {
    add(
        new ProtobufMessage()
            .float64(WALL_TIME, milliseconds / 1e3)
            .integer(STEP, step)
            .message(SUMMARY, summary.message()));
  }

  /** The bytes that are not in the file yet. */
  int pending() {
    return pending.size();
  }

  void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
    try (var channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    pending.reset();
  }

  private void add(ProtobufMessage event) {
    byte[] data = event.toBytes();
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    pending.writeBytes(length);
    pending.writeBytes(checksum(length));
    pending.writeBytes(data);
    pending.writeBytes(checksum(data));
  }

  private static byte[] checksum(byte[] data) {
    var crc = new CRC32C();
    crc.update(data);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    return littleEndian(Integer.BYTES).putInt(masked).array();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
