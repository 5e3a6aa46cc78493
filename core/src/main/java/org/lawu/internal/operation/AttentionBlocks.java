package org.lawu.internal.operation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.Layout;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.array.StridedCopy;
import org.lawu.internal.kernel.BinaryFunction;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/**
 * Attention of FLOAT32 for a block of queries after another. The scores of a block against all keys
 * fit the cache, so they are never written to memory, and what attention needs grows with the
 * number of keys and not with its square. The gradient computes them again, as in Dao et al.,
 * "FlashAttention" (NeurIPS 2022): with weights {@code P = softmax(S)}, {@code dv = P^T g}, {@code
 * dP = g v^T}, {@code dS = P (dP - sum(P dP))}, {@code dq = scale dS k}, {@code dk = scale dS^T q}.
 * Unlike there the keys are not cut into blocks: rows of scores fit the cache of a processor.
 */
final class AttentionBlocks {
  /** Scores of a block: 512 KB. */
  private static final int SCORES = 1 << 17;

  /** Queries that make a good matrix product, even if their scores take more room. */
  private static final int ROWS = 128;

  /** Pieces of the work, at most. */
  private static final int PIECES = 32;

  private final Attention how;
  private final NdArray query;
  private final NdArray key;
  private final NdArray value;
  private final @Nullable NdArray bias;
  private final @Nullable NdArray allowed;
  private final int queries;
  private final int keys;
  private final int depth;
  private final int width;
  private final int heads;
  private final int rows;
  private final int blocks;
  private final Kernels kernels = KernelProvider.kernels();

  /** Of arrays that have passed the check, with equal leading axes. */
  AttentionBlocks(
      Attention how,
      NdArray query,
      NdArray key,
      NdArray value,
      @Nullable NdArray bias,
      @Nullable NdArray allowed) {
    this.how = how;
    this.query = query;
    this.key = key;
    this.value = value;
    this.queries = query.shape().size(-2);
    this.keys = key.shape().size(-2);
    this.depth = query.shape().size(-1);
    this.width = value.shape().size(-1);
    this.heads = leading().elements();
    this.rows = rows(queries, keys);
    this.blocks = queries == 0 ? 0 : (queries + rows - 1) / rows;
    Shape scores = leading().concat(Shape.of(queries, keys));
    this.bias = bias == null ? null : Elementwise.withUnitInnerStep(bias, scores).expand(scores);
    this.allowed = allowed == null ? null : withInnerStepOne(allowed, scores);
  }

  private static NdArray withInnerStepOne(NdArray x, Shape shape) {
    NdArray expanded = x.expand(shape);
    return columnStep(expanded) == 1 || shape.elements() == 0 ? expanded : expanded.copy();
  }

  /** The queries of a block. */
  static int rows(int queries, int keys) {
    return Math.clamp(SCORES / Math.max(1, keys), Math.min(ROWS, queries), queries);
  }

  private Shape leading() {
    return query.shape().slice(0, query.shape().rank() - 2);
  }

  /** Room for a result of a shape whose axes, but the last, lie in memory as those of x do. */
  static NdArray like(NdArray x, Shape shape) {
    int last = shape.rank() - 1;
    int[] strides = x.layout().strides();
    int[] order =
        IntStream.range(0, shape.rank())
            .boxed()
            .sorted(Comparator.comparingInt(i -> i == last ? 0 : -Math.abs(strides[i]) - 1))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] sizes = Arrays.stream(order).map(shape::size).toArray();
    int[] back = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
    }
    NdArray room = NdArray.allocate(DType.FLOAT32, Shape.of(sizes));
    return room.withLayout(room.layout().permute(back));
  }

  /** Room for the gradient of the bias, or rather of the scores that it was added to. */
  NdArray roomForScores() {
    return NdArray.zeros(DType.FLOAT32, leading().concat(Shape.of(queries, keys)));
  }

  /** Room for the gradients of queries, keys and values. */
  NdArray[] roomForGradients() {
    return new NdArray[] {
      like(query, query.shape()), like(key, key.shape()), like(value, value.shape())
    };
  }

  private static int rowStep(NdArray x) {
    return x.stride(x.shape().rank() - 2);
  }

  private static int columnStep(NdArray x) {
    return x.stride(x.shape().rank() - 1);
  }

  private static Matrix matrix(NdArray x, int head) {
    return Gemm.matrix(x, start(x, head));
  }

  /** The matrix of a head, turned around. */
  private static NdArray transposed(NdArray x, int head) {
    int rank = x.shape().rank();
    Shape shape = Shape.of(x.shape().size(rank - 1), x.shape().size(rank - 2));
    int[] strides = {columnStep(x), rowStep(x)};
    return x.withLayout(new Layout(shape, strides, start(x, head)));
  }

  /** Where the matrix of a head begins. */
  private static int start(NdArray x, int head) {
    int at = x.offset();
    int rest = head;
    for (int axis = x.shape().rank() - 3; axis >= 0; axis--) {
      at += rest % x.shape().size(axis) * x.stride(axis);
      rest /= x.shape().size(axis);
    }
    return at;
  }

  /** Those of a piece that is done, so that there are no more than threads. */
  private Buffers buffers(Queue<Buffers> spare, boolean backward) {
    Buffers buffers = spare.poll();
    return buffers == null ? new Buffers(backward) : buffers;
  }

  /** Room that one piece of the work needs. */
  private final class Buffers {
    final float[] scaled = new float[rows * depth];
    final float[] weights = new float[rows * keys];
    final float[] gradients;
    final float[] kept = new float[how.dropped() > 0 ? rows * keys : 0];
    final NdArray keyColumns;
    final @Nullable NdArray valueColumns;
    private int head = -1;

    Buffers(boolean backward) {
      gradients = new float[backward ? rows * keys : 0];
      keyColumns = columns(key);
      valueColumns = backward ? columns(value) : null;
    }

    private NdArray columns(NdArray x) {
      int length = blocks > 1 ? keys : 0;
      return NdArray.allocate(DType.FLOAT32, Shape.of(x.shape().size(-1), length));
    }

    /**
     * Turns keys and values of a head around. The products that read them by column would do so for
     * each block; where there is one block only, they do.
     */
    void turn(int newHead) {
      if (blocks > 1 && newHead != head) {
        StridedCopy.copy(transposed(key, newHead), keyColumns);
        if (valueColumns != null) {
          StridedCopy.copy(transposed(value, newHead), valueColumns);
        }
      }
      head = newHead;
    }

    Matrix keyColumns(int ofHead) {
      return blocks > 1 ? Gemm.matrix(keyColumns) : matrix(key, ofHead).transposed();
    }

    Matrix valueColumns(int ofHead) {
      return valueColumns != null && blocks > 1
          ? Gemm.matrix(valueColumns)
          : matrix(value, ofHead).transposed();
    }
  }

  private static int grain(int count) {
    return Math.max(1, (count + PIECES - 1) / PIECES);
  }

  NdArray forward() {
    NdArray out = like(query, leading().concat(Shape.of(queries, width)));
    if (keys == 0) {
      Arrays.fill(out.floats(), 0);
      return out;
    }
    int count = heads * blocks;
    Queue<Buffers> spare = new ConcurrentLinkedQueue<>();
    Parallel.range(
        count,
        grain(count),
        (from, to) -> {
          Buffers buffers = buffers(spare, false);
          for (int i = from; i < to; i++) {
            forward(i / blocks, i % blocks, out, buffers);
          }
          spare.add(buffers);
        });
    return out;
  }

  private void forward(int head, int block, NdArray out, Buffers buffers) {
    int first = block * rows;
    int count = Math.min(rows, queries - first);
    int reach = reach(first + count - 1, first);
    buffers.turn(head);
    weights(head, first, count, reach, buffers);
    float[] weights = buffers.weights;
    if (how.dropped() > 0) {
      how.drop(head * blocks + block, buffers.kept);
      drop(buffers.kept, weights, count, reach, weights);
    }
    kernels.gemm(
        count,
        width,
        reach,
        new Matrix(weights, 0, reach, 1),
        matrix(value, head),
        matrix(out, head).from(first, 0),
        false);
  }

  /** How many keys the queries of a block attend to; all, if one of them attends to none. */
  private int reach(int lastQuery, int firstQuery) {
    return how.causal() && own(firstQuery) >= 0 ? own(lastQuery) + 1 : keys;
  }

  /** The key at the time of a query. */
  private int own(int row) {
    return row + keys - queries;
  }

  /** The weights of a block, as rows of {@code reach} numbers. */
  private void weights(int head, int first, int count, int reach, Buffers buffers) {
    copyRows(query, start(query, head) + first * rowStep(query), count, depth, buffers.scaled);
    scale(buffers.scaled, count * depth);
    float[] scores = buffers.weights;
    kernels.gemm(
        count,
        reach,
        depth,
        new Matrix(buffers.scaled, 0, depth, 1),
        buffers.keyColumns(head),
        new Matrix(scores, 0, reach, 1),
        false);
    for (int i = 0; i < count; i++) {
      mask(head, first + i, reach, scores, i * reach);
    }
    kernels.softmax(scores, 0, scores, 0, count, reach);
  }

  private static void copyRows(NdArray x, int at, int count, int length, float[] to) {
    float[] from = x.floats();
    int step = columnStep(x);
    for (int i = 0; i < count; i++) {
      int row = at + i * rowStep(x);
      if (step == 1) {
        System.arraycopy(from, row, to, i * length, length);
      } else {
        for (int j = 0; j < length; j++) {
          to[i * length + j] = from[row + j * step];
        }
      }
    }
  }

  /** One array and one index, which is all that the JIT compiler needs to use vectors. */
  private void scale(float[] x, int n) {
    float factor = (float) how.scale();
    for (int i = 0; i < n; i++) {
      x[i] *= factor;
    }
  }

  private void mask(int head, int row, int reach, float[] scores, int at) {
    if (bias != null) {
      int from = start(bias, head) + row * rowStep(bias);
      int step = columnStep(bias);
      kernels.binary(
          BinaryFunction.ADD, scores, at, 1, bias.floats(), from, step, scores, at, reach);
    }
    only(head, row, reach, scores, at, Attention.MASKED);
  }

  /** Puts a number at the keys that a query may not attend to. */
  private void only(int head, int row, int reach, float[] x, int at, float number) {
    if (allowed != null) {
      int from = start(allowed, head) + row * rowStep(allowed);
      float[] other = {number};
      kernels.select(allowed.booleans(), from, x, at, 1, other, 0, 0, x, at, reach);
    }
    if (how.causal()) {
      Arrays.fill(x, at + Math.clamp(own(row) + 1, 0, reach), at + reach, number);
    }
  }

  /** Multiplies rows of weights by what was kept, whose rows are as long as there are keys. */
  private void drop(float[] kept, float[] weights, int count, int reach, float[] out) {
    for (int i = 0; i < count; i++) {
      int at = i * reach;
      kernels.binary(BinaryFunction.MUL, weights, at, 1, kept, i * keys, 1, out, at, reach);
    }
  }

  /**
   * Writes the gradients of queries, keys and values, and that of the scores where there is room
   * for it.
   */
  void backward(
      NdArray g, NdArray queryTo, NdArray keyTo, NdArray valueTo, @Nullable NdArray scoresTo) {
    if (queries == 0 || keys == 0) {
      Arrays.fill(queryTo.floats(), 0);
      Arrays.fill(keyTo.floats(), 0);
      Arrays.fill(valueTo.floats(), 0);
      return;
    }
    Queue<Buffers> spare = new ConcurrentLinkedQueue<>();
    Parallel.range(
        heads,
        grain(heads),
        (from, to) -> {
          Buffers buffers = buffers(spare, true);
          for (int head = from; head < to; head++) {
            // The last block first: it reaches all keys, whose gradients the others add to.
            for (int block = blocks - 1; block >= 0; block--) {
              backward(head, block, g, queryTo, keyTo, valueTo, scoresTo, buffers);
            }
          }
          spare.add(buffers);
        });
  }

  private void backward(
      int head,
      int block,
      NdArray g,
      NdArray queryTo,
      NdArray keyTo,
      NdArray valueTo,
      @Nullable NdArray scoresTo,
      Buffers buffers) {
    int first = block * rows;
    int count = Math.min(rows, queries - first);
    int reach = reach(first + count - 1, first);
    boolean adds = block < blocks - 1;
    boolean drops = how.dropped() > 0;
    float[] weights = buffers.weights;
    float[] gradients = buffers.gradients;
    Matrix gradient = matrix(g, head).from(first, 0);
    buffers.turn(head);
    weights(head, first, count, reach, buffers);
    if (drops) {
      how.drop(head * blocks + block, buffers.kept);
      drop(buffers.kept, weights, count, reach, gradients);
    }
    Matrix scoreGradients = new Matrix(gradients, 0, reach, 1);
    Matrix used = drops ? scoreGradients : new Matrix(weights, 0, reach, 1);
    kernels.gemm(reach, width, count, used.transposed(), gradient, matrix(valueTo, head), adds);
    kernels.gemm(count, reach, width, gradient, buffers.valueColumns(head), scoreGradients, false);
    if (drops) {
      drop(buffers.kept, gradients, count, reach, gradients);
    }
    kernels.softmaxGradient(weights, 0, gradients, 0, gradients, 0, count, reach);
    for (int i = 0; i < count; i++) {
      only(head, first + i, reach, gradients, i * reach, 0);
      if (scoresTo != null) {
        int to = (head * queries + first + i) * keys;
        System.arraycopy(gradients, i * reach, scoresTo.floats(), to, reach);
      }
    }
    scale(gradients, count * reach);
    kernels.gemm(
        count,
        depth,
        reach,
        scoreGradients,
        matrix(key, head),
        matrix(queryTo, head).from(first, 0),
        false);
    kernels.gemm(
        reach,
        depth,
        count,
        scoreGradients.transposed(),
        matrix(query, head).from(first, 0),
        matrix(keyTo, head),
        adds);
  }
}
