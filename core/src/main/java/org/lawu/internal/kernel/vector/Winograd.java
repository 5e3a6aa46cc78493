package org.lawu.internal.kernel.vector;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.kernel.ConvolutionKernels;
import org.lawu.internal.kernel.ConvolutionSizes;
import org.lawu.internal.kernel.Floats;
import org.lawu.internal.kernel.PanelPool;
import org.lawu.internal.parallel.Parallel;

/**
 * Convolution with 3 x 3 kernels and stride 1 as F(4 x 4, 3 x 3) of Lavin and Gray: a tile of 4 x 4
 * outputs costs 36 products for each pair of channels instead of 144. For each of the 36 places
 * there is a matrix product over the channels. See {@link WinogradTransforms}.
 *
 * <p>Tiles lie in slots, row of tiles after row of tiles, each row followed by an empty slot, so
 * that the six columns of a tile are found in its own four and the next slot's first two. A chunk
 * of work is a fixed number of rows of tiles, of one image or several, small enough for the
 * second-level cache.
 */
final class Winograd implements ConvolutionKernels {

  private static final int PLACES = 36;

  /** Slots of a chunk: more make better use of the weights, fewer stay cached. */
  private static final int SLOTS = 96;

  /** Fewer channels do not pay for the transforms. */
  private static final int FEWEST_CHANNELS = 12;

  /** Fewer tiles do not pay for the transform of the weights. */
  private static final int FEWEST_TILES = 48;

  private static final int MOST_PARTIAL_SUMS = 8;

  private static final int CHANNELS = WinogradChunk.CHANNELS;

  /** Where panels begin. */
  private static final int LINE = PanelPool.LINE;

  private static final int LANES = Tiles.LANES;
  private static final int ROWS = Tiles.ROWS;
  private static final int COLUMNS = Tiles.COLUMNS;

  /** Channels of a panel of the second operand of a weight's gradient, at most. */
  private static final int PANEL = Math.max(COLUMNS, CHANNELS);

  private final PanelPool pool;
  private final Queue<WinogradChunk> spare = new ConcurrentLinkedQueue<>();
  private final ConvolutionSizes sizes;
  private final int tileRows;
  private final int slots;
  private final int rowsOfChunk;
  private final int chunks;

  Winograd(ConvolutionSizes sizes, PanelPool pool) {
    this.sizes = sizes;
    this.pool = pool;
    tileRows = (sizes.outHeight() + 3) / 4;
    slots = (sizes.outWidth() + 3) / 4 + 1;
    rowsOfChunk = Math.min(rowsOfChunk(slots), sizes.images() * tileRows);
    chunks = Math.ceilDiv(sizes.images() * tileRows, rowsOfChunk);
  }

  /** As many as leave the least of a multiple of the tile's columns unused. */
  private static int rowsOfChunk(int slots) {
    int best = 1;
    for (int rows = 2; rows * slots <= SLOTS; rows++) {
      if (rows * WinogradChunk.wholePanels(best * slots)
          >= best * WinogradChunk.wholePanels(rows * slots)) {
        best = rows;
      }
    }
    return best;
  }

  static boolean suits(ConvolutionSizes sizes) {
    int tiles =
        sizes.images() * Math.ceilDiv(sizes.outHeight(), 4) * Math.ceilDiv(sizes.outWidth(), 4);
    return sizes.kernelHeight() == 3
        && sizes.kernelWidth() == 3
        && sizes.strideHeight() == 1
        && sizes.strideWidth() == 1
        && sizes.dilationHeight() == 1
        && sizes.dilationWidth() == 1
        && sizes.paddingHeight() <= 2
        && sizes.paddingWidth() <= 2
        && sizes.outWidth() >= 3
        && Math.min(sizes.in(), sizes.out()) >= FEWEST_CHANNELS
        && tiles >= FEWEST_TILES;
  }

  /** The sizes of the convolution that is the gradient with respect to images. */
  private static ConvolutionSizes turned(ConvolutionSizes sizes) {
    return new ConvolutionSizes(
        sizes.images(),
        sizes.groups(),
        sizes.out(),
        sizes.in(),
        sizes.outHeight(),
        sizes.outWidth(),
        3,
        3,
        1,
        1,
        2 - sizes.paddingHeight(),
        2 - sizes.paddingWidth(),
        1,
        1,
        sizes.height(),
        sizes.width());
  }

  // ---- forward and gradient with respect to images

  @Override
  public void forward(Floats x, Floats weight, @Nullable Floats bias, boolean relu, Floats y) {
    convolve(x, weight, false, bias, relu ? 0 : Float.NEGATIVE_INFINITY, y);
  }

  /** A convolution of the outputs' gradients with turned kernels. */
  @Override
  public void inputGradient(Floats g, Floats weight, Floats x) {
    new Winograd(turned(sizes), pool).convolve(g, weight, true, null, Float.NEGATIVE_INFINITY, x);
  }

  /**
   * Convolution, of whose results those below {@code least} become it; with {@code turned} kernels
   * whose axes of channels are exchanged and whose rows and columns run backwards.
   */
  private void convolve(
      Floats x, Floats weight, boolean turned, @Nullable Floats bias, float least, Floats y) {
    int in = sizes.in();
    int out = sizes.out();
    int step = in * out + LANES;
    float[] u = pool.take(sizes.groups() * PLACES * step);
    Parallel.range(
        sizes.groups() * out,
        Math.max(1, (1 << 11) / in),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int group = i / out;
            transformWeights(weight, turned, group, i % out, u, group * PLACES * step, step);
          }
        });
    Parallel.range(
        sizes.groups() * chunks,
        1,
        (from, to) -> {
          WinogradChunk chunk = takeChunk();
          float[] v = pool.takeAligned(LINE + PLACES * chunk.step(in));
          float[] m = pool.take(PLACES * chunk.step(out));
          // Where a chunk is as wide as a panel, v is one already.
          float[] panel = pool.takeAligned(chunk.widest() == COLUMNS ? 0 : LINE + in * COLUMNS);
          for (int i = from; i < to; i++) {
            int group = i / chunks;
            chunk.select(i % chunks);
            chunk.transformImages(x, group, in, v, LINE);
            multiply(
                chunk.width(),
                u,
                group * PLACES * step,
                step,
                v,
                chunk.step(in),
                panel,
                m,
                chunk.step(out));
            chunk.transformOutput(m, group, out, bias, least, y);
          }
          pool.give(v);
          pool.give(m);
          pool.give(panel);
          spare.add(chunk);
        });
    pool.give(u);
  }

  /** A row of U for each place: the output channel's weights for the channels of the image. */
  private void transformWeights(
      Floats weight, boolean turned, int group, int row, float[] u, int uAt, int step) {
    int in = sizes.in();
    int out = sizes.out();
    int outStep = turned ? 9 : 9 * in;
    int inStep = turned ? 9 * out : 9;
    int groupAt = weight.at() + group * in * out * 9;
    float[] half = new float[18];
    float[] whole = new float[PLACES];
    for (int c = 0; c < in; c++) {
      int at = groupAt + row * outStep + c * inStep;
      for (int b = 0; b < 3; b++) {
        WinogradTransforms.weight(
            weight.data(), turned ? at + 8 - b : at + b, turned ? -3 : 3, half, b, 3);
      }
      for (int i = 0; i < 6; i++) {
        WinogradTransforms.weight(half, 3 * i, 1, whole, 6 * i, 1);
      }
      for (int place = 0; place < PLACES; place++) {
        u[uAt + place * step + row * in + c] = whole[place];
      }
    }
  }

  private void multiply(
      int width,
      float[] u,
      int uAt,
      int uStep,
      float[] v,
      int vStep,
      float[] panel,
      float[] m,
      int mStep) {
    int in = sizes.in();
    int out = sizes.out();
    boolean isPanel = width == COLUMNS;
    for (int place = 0; place < PLACES; place++) {
      for (int j = 0; j < width; j += COLUMNS) {
        if (!isPanel) {
          Packing.copySteps(v, LINE + place * vStep + j, width, panel, LINE, COLUMNS, COLUMNS, in);
        }
        for (int r = 0; r < out; r += ROWS) {
          TileRows.multiply(
              Math.min(ROWS, out - r),
              COLUMNS,
              in,
              u,
              uAt + place * uStep + r * in,
              in,
              1,
              isPanel ? v : panel,
              LINE + (isPanel ? place * vStep : 0),
              COLUMNS,
              m,
              place * mStep + r * width + j,
              width);
        }
      }
    }
  }

  private WinogradChunk takeChunk() {
    WinogradChunk chunk = spare.poll();
    return chunk == null ? new WinogradChunk(sizes, tileRows, slots, rowsOfChunk) : chunk;
  }

  // ---- gradient with respect to weights

  /** {@code dW = G^T (sum over tiles of (A g A^T) * (B^T d B)) G}, in a few partial sums. */
  @Override
  public void weightGradient(Floats x, Floats g, Floats weight) {
    int in = sizes.in();
    int out = sizes.out();
    int panel = Tiles.columns(CHANNELS, Math.min(in, PANEL));
    int columns = Math.ceilDiv(in, panel) * panel;
    int step = out * columns + LANES;
    int each = Math.ceilDiv(chunks, MOST_PARTIAL_SUMS);
    int sums = Math.ceilDiv(chunks, each);
    float[][] partial = new float[sizes.groups() * sums][];
    Parallel.range(
        partial.length,
        1,
        (from, to) -> {
          WinogradChunk chunk = takeChunk();
          float[] v = pool.take(PLACES * chunk.step(columns));
          float[] m = pool.take(PLACES * chunk.step(out));
          float[] transposed = pool.takeAligned(LINE + columns * chunk.widest());
          for (int i = from; i < to; i++) {
            float[] sum = pool.take(PLACES * step);
            Arrays.fill(sum, 0, PLACES * step, 0);
            int group = i / sums;
            int end = Math.min(chunks, (i % sums + 1) * each);
            for (int c = i % sums * each; c < end; c++) {
              chunk.select(c);
              chunk.transformImages(x, group, in, v, 0);
              chunk.transformGradient(g, group, out, m);
              addProducts(chunk, m, v, transposed, panel, columns, sum, step);
            }
            partial[i] = sum;
          }
          pool.give(v);
          pool.give(m);
          pool.give(transposed);
          spare.add(chunk);
        });
    Parallel.range(
        sizes.groups() * out,
        Math.max(1, (1 << 11) / in / sums),
        (from, to) -> {
          float[] whole = new float[PLACES];
          float[] half = new float[18];
          for (int o = from; o < to; o++) {
            int group = o / out;
            for (int c = 0; c < in; c++) {
              finish(
                  partial,
                  group * sums,
                  sums,
                  o % out * columns + WinogradChunk.column(c),
                  step,
                  whole,
                  half,
                  weight.data(),
                  weight.at() + (o * in + c) * 9);
            }
          }
        });
    for (float[] sum : partial) {
      pool.give(sum);
    }
  }

  private void addProducts(
      WinogradChunk chunk,
      float[] m,
      float[] v,
      float[] transposed,
      int panel,
      int columns,
      float[] sum,
      int step) {
    int in = sizes.in();
    int out = sizes.out();
    int width = chunk.width();
    int tile = Math.min(panel, COLUMNS);
    for (int place = 0; place < PLACES; place++) {
      for (int c = 0; c < in; c += CHANNELS) {
        int to = LINE + c / panel * panel * width + c % panel;
        chunk.transpose(v, place * chunk.step(in) + c * width, transposed, to, panel);
      }
      for (int c = 0; c < columns; c += tile) {
        for (int r = 0; r < out; r += ROWS) {
          TileRows.add(
              Math.min(ROWS, out - r),
              tile,
              chunk.used(),
              m,
              place * chunk.step(out) + r * width,
              width,
              1,
              transposed,
              LINE + c / panel * panel * width + c % panel,
              panel,
              sum,
              place * step + r * columns + c,
              columns);
        }
      }
    }
  }

  /** One kernel of the gradient; {@code whole} and {@code half} are room for 36 and 18 numbers. */
  private static void finish(
      float[][] partial,
      int first,
      int sums,
      int at,
      int step,
      float[] whole,
      float[] half,
      float[] weight,
      int weightAt) {
    for (int place = 0; place < PLACES; place++) {
      float sum = 0;
      for (int i = first; i < first + sums; i++) {
        sum += partial[i][at + place * step];
      }
      whole[place] = sum;
    }
    for (int j = 0; j < 6; j++) {
      WinogradTransforms.weightGradient(whole, j, 6, half, j, 6);
    }
    for (int a = 0; a < 3; a++) {
      WinogradTransforms.weightGradient(half, 6 * a, 1, weight, weightAt + 3 * a, 1);
    }
  }
}
