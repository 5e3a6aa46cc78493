package org.lawu.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Writes arrays to a channel through a buffer, lowest byte first. */
final class LittleEndianOutput {
  private static final int CAPACITY = 1 << 16;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);

  LittleEndianOutput(WritableByteChannel channel) {
    this.channel = channel;
  }

  void put(byte[] values) throws IOException {
    for (byte value : values) {
      reserve(Byte.BYTES);
      buffer.put(value);
    }
  }

  void put(float[] values) throws IOException {
    for (float value : values) {
      reserve(Float.BYTES);
      buffer.putFloat(value);
    }
  }

  void put(double[] values) throws IOException {
    for (double value : values) {
      reserve(Double.BYTES);
      buffer.putDouble(value);
    }
  }

  void put(int[] values) throws IOException {
    for (int value : values) {
      reserve(Integer.BYTES);
      buffer.putInt(value);
    }
  }

  void put(boolean[] values) throws IOException {
    for (boolean value : values) {
      reserve(Byte.BYTES);
      buffer.put((byte) (value ? 1 : 0));
    }
  }

  private void reserve(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
