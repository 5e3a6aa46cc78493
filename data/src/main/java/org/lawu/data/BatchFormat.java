package org.lawu.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Each tensor as the name of its type, its sizes and its elements; no type stands for no tensor.
 */
final class BatchFormat implements RecordFormat<Batch> {
  private static final String NONE = "";

  @Override
  public void write(Batch batch, DataOutput out) throws IOException {
    writeTensor(batch.features(), out);
    writeTensor(batch.labels(), out);
    Tensor weights = batch.weights();
    if (weights == null) {
      out.writeUTF(NONE);
    } else {
      writeTensor(weights, out);
    }
  }

  private static void writeTensor(Tensor tensor, DataOutput out) throws IOException {
    out.writeUTF(tensor.dtype().name());
    out.writeInt(tensor.rank());
    for (int size : tensor.shape().toArray()) {
      out.writeInt(size);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(tensor.shape().elements(), bytes(tensor.dtype())));
    switch (tensor.dtype()) {
      case FLOAT32 -> bytes.asFloatBuffer().put(tensor.toFloatArray());
      case FLOAT64 -> bytes.asDoubleBuffer().put(tensor.toDoubleArray());
      case INT32 -> bytes.asIntBuffer().put(tensor.toIntArray());
      case BOOL -> {
        for (boolean element : tensor.toBooleanArray()) {
          bytes.put((byte) (element ? 1 : 0));
        }
      }
    }
    out.write(bytes.array());
  }

  @Override
  public Batch read(DataInput in) throws IOException {
    return new Batch(present(readTensor(in)), present(readTensor(in)), readTensor(in));
  }

  private static Tensor present(@Nullable Tensor tensor) throws IOException {
    if (tensor == null) {
      throw new IOException("a batch without features or labels");
    }
    return tensor;
  }

  private static @Nullable Tensor readTensor(DataInput in) throws IOException {
    String name = in.readUTF();
    if (name.equals(NONE)) {
      return null;
    }
    DType dtype = DType.valueOf(name);
    int[] sizes = new int[in.readInt()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = in.readInt();
    }
    int count = Shape.of(sizes).elements();
    byte[] bytes = new byte[Math.multiplyExact(count, bytes(dtype))];
    in.readFully(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return switch (dtype) {
      case FLOAT32 -> {
        float[] elements = new float[count];
        buffer.asFloatBuffer().get(elements);
        yield Tensor.of(elements, sizes);
      }
      case FLOAT64 -> {
        double[] elements = new double[count];
        buffer.asDoubleBuffer().get(elements);
        yield Tensor.of(elements, sizes);
      }
      case INT32 -> {
        int[] elements = new int[count];
        buffer.asIntBuffer().get(elements);
        yield Tensor.of(elements, sizes);
      }
      case BOOL -> {
        boolean[] elements = new boolean[count];
        for (int i = 0; i < count; i++) {
          elements[i] = bytes[i] != 0;
        }
        yield Tensor.of(elements, sizes);
      }
    };
  }

  private static int bytes(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> Float.BYTES;
      case FLOAT64 -> Double.BYTES;
      case INT32 -> Integer.BYTES;
      case BOOL -> 1;
    };
  }
}
