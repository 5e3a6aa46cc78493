package org.lawu.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.lawu.error.FormatException;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The content of an IDX file, the format of MNIST and its relatives: one array of numbers, kept in
 * memory as the bytes of the file and made a tensor when asked. Format: <a
 * href="http://yann.lecun.com/exdb/mnist/">LeCun, Cortes and Burges, "The MNIST database"</a>, at
 * the end of the page. Immutable.
 *
 * <pre>{@code
 * Tensor images = Idx.read(Path.of("train-images-idx3-ubyte.gz")).floats(1.0 / 255);
 * Tensor labels = Idx.read(Path.of("train-labels-idx1-ubyte.gz")).toTensor();
 * }</pre>
 */
public final class Idx {
  private final IdxType type;
  private final Shape shape;
  private final ByteBuffer data;

  /** Takes over the bytes, which hold exactly the shape's elements. */
  Idx(IdxType type, Shape shape, byte[] data) {
    this.type = type;
    this.shape = shape;
    this.data = ByteBuffer.wrap(data);
  }

  /**
   * Reads a file, packed by gzip or not, which its first bytes tell and not its name.
   *
   * @throws FormatException if it is not an IDX file, is damaged, ends early or goes on after its
   *     elements, or holds more than 2 GB; the message names the file and the byte
   * @throws IOException if it cannot be read
   */
  public static Idx read(Path file) throws IOException {
    return IdxReader.read(file);
  }

  /** The sizes. */
  public Shape shape() {
    return shape;
  }

  /** The number of records: the size along the first axis. */
  public int size() {
    return shape.size(0);
  }

  /** Whether the elements are whole numbers. */
  public boolean isInteger() {
    return !type.isFloating();
  }

  /**
   * The elements as the nearest type that holds them exactly: bytes, shorts and ints are INT32,
   * floats FLOAT32 and doubles FLOAT64.
   */
  public Tensor toTensor() {
    return switch (type) {
      case FLOAT -> floats();
      case DOUBLE -> {
        double[] elements = new double[shape.elements()];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = type.element(data, i);
        }
        yield Tensor.of(elements, shape.toArray());
      }
      case UNSIGNED_BYTE, SIGNED_BYTE, SHORT, INT -> {
        int[] elements = new int[shape.elements()];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = (int) type.element(data, i);
        }
        yield Tensor.of(elements, shape.toArray());
      }
    };
  }

  /** The elements as FLOAT32. */
  public Tensor floats() {
    return floats(1);
  }

  /** The elements times a scale as FLOAT32; {@code 1.0 / 255} brings bytes to 0 .. 1. */
  public Tensor floats(double scale) {
    float[] elements = new float[shape.elements()];
    convert(0, elements.length, scale, elements, 0);
    return Tensor.of(elements, shape.toArray());
  }

  /**
   * Some records, in the order they are named, times a scale as FLOAT32 {@code [records, ...]}.
   *
   * @throws org.lawu.error.IndexException if a number is not in {@code 0 .. size() - 1}
   */
  public Tensor floats(double scale, int[] records) {
    Records.check("floats", records, size());
    Shape selected = shape.with(0, records.length);
    float[] elements = new float[selected.elements()];
    int length = shape.slice(1, shape.rank()).elements();
    for (int i = 0; i < records.length; i++) {
      convert(records[i] * length, length, scale, elements, i * length);
    }
    return Tensor.of(elements, selected.toArray());
  }

  private void convert(int from, int count, double scale, float[] out, int at) {
    if (type == IdxType.UNSIGNED_BYTE) {
      byte[] bytes = data.array();
      for (int i = 0; i < count; i++) {
        out[at + i] = (float) ((bytes[from + i] & 0xFF) * scale);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      out[at + i] = (float) (type.element(data, from + i) * scale);
    }
  }

  /** As in {@code Idx [60000, 28, 28] of unsigned byte}. */
  @Override
  public String toString() {
    return "Idx %s of %s".formatted(shape, type);
  }
}
