package org.lawu.data;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The element types of IDX files, with the code that stands for each in the third byte. */
enum IdxType {
  UNSIGNED_BYTE(0x08, 1),
  SIGNED_BYTE(0x09, 1),
  SHORT(0x0B, 2),
  INT(0x0C, 4),
  FLOAT(0x0D, 4),
  DOUBLE(0x0E, 8);

  final int code;
  final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  boolean isFloating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** The {@code i}-th element; every type fits a double. */
  double element(ByteBuffer data, int i) {
    return switch (this) {
      case UNSIGNED_BYTE -> data.get(i) & 0xFF;
      case SIGNED_BYTE -> data.get(i);
      case SHORT -> data.getShort(i * Short.BYTES);
      case INT -> data.getInt(i * Integer.BYTES);
      case FLOAT -> data.getFloat(i * Float.BYTES);
      case DOUBLE -> data.getDouble(i * Double.BYTES);
    };
  }

  /** As in {@code unsigned byte}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
