package org.lawu.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.lawu.error.FormatException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** The element types of safetensors files that can be read. */
enum StoredType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** The type that a tensor is written as. */
  static StoredType of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT32 -> I32;
      case BOOL -> BOOL;
    };
  }

  /** The type that it is read as. */
  DType dtype() {
    return switch (this) {
      case F64 -> DType.FLOAT64;
      case F32, F16, BF16 -> DType.FLOAT32;
      case I64, I32, I16, I8, U64, U32, U16, U8 -> DType.INT32;
      case BOOL -> DType.BOOL;
    };
  }

  /** The bytes that the elements of a shape take. */
  long bytes(Shape shape) {
    return (long) bytes * shape.elements();
  }

  /** The tensor whose elements, as many as the shape's, are in {@code from}. */
  Tensor read(String place, MemorySegment from, Shape shape) {
    int[] sizes = shape.toArray();
    int count = shape.elements();
    return switch (this) {
      case F64 -> Tensor.of(from.toArray(DOUBLE), sizes);
      case F32 -> Tensor.of(from.toArray(FLOAT), sizes);
      case I32 -> Tensor.of(from.toArray(INT), sizes);
      case F16, BF16 -> {
        float[] elements = new float[count];
        for (int i = 0; i < count; i++) {
          short stored = from.get(SHORT, 2L * i);
          // BF16 is the upper half of an F32.
          elements[i] =
              this == F16 ? Float.float16ToFloat(stored) : Float.intBitsToFloat(stored << 16);
        }
        yield Tensor.of(elements, sizes);
      }
      case I64, I16, I8, U64, U32, U16, U8 -> {
        int[] elements = new int[count];
        for (int i = 0; i < count; i++) {
          long stored = integer(from, i);
          if (stored != (int) stored || (this == U64 && stored < 0)) {
            throw new FormatException(
                "%s, element %d of %s: %s does not fit INT32"
                    .formatted(
                        place,
                        i,
                        shape,
                        this == U64 ? Long.toUnsignedString(stored) : Long.toString(stored)));
          }
          elements[i] = (int) stored;
        }
        yield Tensor.of(elements, sizes);
      }
      case BOOL -> {
        boolean[] elements = new boolean[count];
        for (int i = 0; i < count; i++) {
          byte stored = from.get(ValueLayout.JAVA_BYTE, i);
          if (stored != 0 && stored != 1) {
            throw new FormatException(
                "%s, element %d of %s: a BOOL must be 0 or 1, not %d"
                    .formatted(place, i, shape, stored));
          }
          elements[i] = stored == 1;
        }
        yield Tensor.of(elements, sizes);
      }
    };
  }

  /** An element; of U64 its bits, negative from 2^63 up. */
  private long integer(MemorySegment from, int i) {
    return switch (this) {
      case I64, U64 -> from.get(LONG, 8L * i);
      case U32 -> from.get(INT, 4L * i) & 0xFFFF_FFFFL;
      case I16 -> from.get(SHORT, 2L * i);
      case U16 -> from.get(SHORT, 2L * i) & 0xFFFF;
      case U8 -> from.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
      default -> from.get(ValueLayout.JAVA_BYTE, i);
    };
  }
}
