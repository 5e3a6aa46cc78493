package org.lawu.testkit;

import java.util.stream.IntStream;
import org.lawu.tensor.Tensor;

/** Ways in which the elements of a tensor can lie in memory. */
enum MemoryLayout {
  /** Column-major. */
  TRANSPOSED {
    @Override
    Tensor view(Tensor x) {
      int[] reversed = IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray();
      return contiguous(x.permute(reversed)).permute(reversed);
    }
  },

  /** Amid other elements, so with an offset and a gap after each row. */
  SLICED {
    @Override
    Tensor view(Tensor x) {
      int size = x.size(-1);
      return Tensor.concat(-1, x, x, x).slice(-1, size, 2 * size);
    }
  },

  /** With an element between each two. */
  STEPPED {
    @Override
    Tensor view(Tensor x) {
      int size = x.size(-1);
      Tensor pairs = Tensor.stack(-1, x, x);
      return pairs.flatten(-2).slice(-1, 0, 2 * size, 2);
    }
  },

  /** The first slice along the first axis, repeated without a copy. */
  BROADCAST {
    @Override
    Tensor view(Tensor x) {
      return x.size(0) == 0 ? x : x.slice(0, 0, 1).expand(x.shape());
    }
  };

  /** A tensor of the same shape that lies in this way; needs one axis at least. */
  abstract Tensor view(Tensor x);

  /** The elements of a tensor in row-major order in memory of their own. */
  static Tensor contiguous(Tensor x) {
    int[] sizes = x.shape().toArray();
    return switch (x.dtype()) {
      case FLOAT32 -> Tensor.of(x.toFloatArray(), sizes);
      case FLOAT64 -> Tensor.of(x.toDoubleArray(), sizes);
      case INT32 -> Tensor.of(x.toIntArray(), sizes);
      case BOOL -> Tensor.of(x.toBooleanArray(), sizes);
    };
  }
}
