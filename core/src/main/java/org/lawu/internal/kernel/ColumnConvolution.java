package org.lawu.internal.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.parallel.Parallel;

/**
 * Convolution of FLOAT32 arrays as matrix products (Chellapilla et al., "High performance
 * convolutional neural networks for document processing", 2006). The matrix of columns is made a
 * panel of output rows at a time, so that it stays cached and its memory bounded.
 */
final class ColumnConvolution implements ConvolutionKernels {
  /** Elements of a panel of columns, where one output row has no more. */
  private static final int PANEL = 1 << 18;

  /** Multiplications below which a thread is not worth its start. */
  private static final long GRAIN = 1 << 18;

  /** Elements of all partial sums of a weight's gradient, where one sum has no more. */
  private static final int PARTIAL_SUMS = 1 << 22;

  /** The most partial sums of a weight's gradient. */
  private static final int MOST_PARTIAL_SUMS = 32;

  private static final PanelPool PANELS = new PanelPool();

  private final ConvolutionSizes sizes;
  private final Kernels kernels;
  private final int kernel;
  private final int outArea;
  private final boolean pointwise;
  private final int panelRows;

  ColumnConvolution(ConvolutionSizes sizes, Kernels kernels) {
    this.kernels = kernels;
    this.sizes = sizes;
    kernel = sizes.kernel();
    outArea = sizes.outArea();
    pointwise = sizes.isPointwise();
    int row = Math.max(1, kernel * sizes.outWidth());
    panelRows = Math.clamp(PANEL / row, 1, sizes.outHeight());
  }

  /** Some output rows of a part, with their columns. */
  @FunctionalInterface
  private interface Panel {
    /**
     * Computes them.
     *
     * @param columns for each element of a kernel, what it meets at the panel's places
     * @param first the first of the panel's places in an output channel
     * @param places the number of its places
     */
    void compute(Matrix columns, int first, int places);
  }

  private int grain(long multiplications) {
    return (int) Math.max(1, GRAIN / Math.max(1, multiplications));
  }

  /** {@code y = b + W columns} for each part and panel, or its positive part. */
  @Override
  public void forward(Floats x, Floats weight, @Nullable Floats bias, boolean relu, Floats y) {
    int panels = Math.ceilDiv(sizes.outHeight(), panelRows);
    Parallel.range(
        sizes.parts() * panels,
        grain((long) sizes.out() * kernel * panelRows * sizes.outWidth()),
        (first, last) -> {
          for (int task = first; task < last; task++) {
            int part = task / panels;
            int row = task % panels * panelRows;
            int end = Math.min(row + panelRows, sizes.outHeight());
            withColumns(
                x,
                part,
                row,
                end,
                (columns, from, places) -> {
                  Matrix filters =
                      new Matrix(weight.data(), weight.at() + sizes.weight(part), kernel, 1);
                  Matrix to = new Matrix(y.data(), y.at() + sizes.output(part) + from, outArea, 1);
                  if (bias != null) {
                    fill(part, bias, to, places);
                  }
                  kernels.gemm(sizes.out(), places, kernel, filters, columns, to, bias != null);
                  if (relu) {
                    rectify(to, places);
                  }
                });
          }
        });
  }

  private void fill(int part, Floats bias, Matrix y, int places) {
    int channel = part % sizes.groups() * sizes.out();
    for (int i = 0; i < sizes.out(); i++) {
      float start = bias.data()[bias.at() + channel + i];
      Arrays.fill(y.data, y.index(i, 0), y.index(i, places), start);
    }
  }

  private void rectify(Matrix y, int places) {
    for (int i = 0; i < sizes.out(); i++) {
      int at = y.index(i, 0);
      kernels.unary(UnaryFunction.RELU, 0, 0, y.data, at, y.data, at, places);
    }
  }

  /** {@code dW += g columns^T} over the images, in partial sums of as many images each. */
  @Override
  public void weightGradient(Floats x, Floats g, Floats weight) {
    int groups = sizes.groups();
    int elements = groups * sizes.out() * kernel;
    int most = Math.clamp(PARTIAL_SUMS / Math.max(1, elements), 1, MOST_PARTIAL_SUMS);
    int images = Math.ceilDiv(sizes.images(), most);
    int sums = Math.ceilDiv(sizes.images(), images);
    float[][] partial = new float[sums][];
    long work = (long) images * elements * outArea;
    Parallel.range(
        sums,
        grain(work),
        (first, last) -> {
          for (int sum = first; sum < last; sum++) {
            partial[sum] = new float[elements];
            int from = sum * images * groups;
            int to = Math.min(sizes.parts(), from + images * groups);
            addWeightGradients(x, g, from, to, partial[sum]);
          }
        });
    Arrays.fill(weight.data(), weight.at(), weight.at() + elements, 0);
    for (float[] sum : partial) {
      kernels.axpy(1, sum, 0, weight.data(), weight.at(), elements);
    }
  }

  private void addWeightGradients(Floats x, Floats g, int fromPart, int toPart, float[] sum) {
    for (int part = fromPart; part < toPart; part++) {
      int gAt = g.at() + sizes.output(part);
      int weightAt = sizes.weight(part);
      for (int row = 0; row < sizes.outHeight(); row += panelRows) {
        withColumns(
            x,
            part,
            row,
            Math.min(row + panelRows, sizes.outHeight()),
            (columns, from, places) ->
                kernels.gemm(
                    sizes.out(),
                    kernel,
                    places,
                    new Matrix(g.data(), gAt + from, outArea, 1),
                    columns.transposed(),
                    new Matrix(sum, weightAt, kernel, 1),
                    true));
      }
    }
  }

  private void withColumns(Floats x, int part, int row, int end, Panel panel) {
    int first = row * sizes.outWidth();
    int places = (end - row) * sizes.outWidth();
    int xAt = x.at() + sizes.input(part);
    if (pointwise) {
      panel.compute(new Matrix(x.data(), xAt + first, outArea, 1), first, places);
      return;
    }
    float[] columns = PANELS.take(kernel * places);
    sizes.toColumns(x.data(), xAt, row, end - row, columns);
    panel.compute(new Matrix(columns, 0, places, 1), first, places);
    PANELS.give(columns);
  }

  /** {@code columns = W^T g}, each added where it came from; panels overlap, parts do not. */
  @Override
  public void inputGradient(Floats g, Floats weight, Floats x) {
    int elements = sizes.parts() * sizes.in() * sizes.area();
    Arrays.fill(x.data(), x.at(), x.at() + elements, 0);
    Parallel.range(
        sizes.parts(),
        grain((long) sizes.out() * kernel * outArea),
        (first, last) -> {
          for (int part = first; part < last; part++) {
            for (int row = 0; row < sizes.outHeight(); row += panelRows) {
              int end = Math.min(row + panelRows, sizes.outHeight());
              addInputGradient(g, weight, x, part, row, end);
            }
          }
        });
  }

  private void addInputGradient(Floats g, Floats weight, Floats x, int part, int row, int end) {
    int first = row * sizes.outWidth();
    int places = (end - row) * sizes.outWidth();
    int xAt = x.at() + sizes.input(part);
    float[] columns = pointwise ? x.data() : PANELS.take(kernel * places);
    kernels.gemm(
        kernel,
        places,
        sizes.out(),
        new Matrix(weight.data(), weight.at() + sizes.weight(part), 1, kernel),
        new Matrix(g.data(), g.at() + sizes.output(part) + first, outArea, 1),
        pointwise
            ? new Matrix(columns, xAt + first, outArea, 1)
            : new Matrix(columns, 0, places, 1),
        false);
    if (!pointwise) {
      sizes.addColumns(columns, row, end - row, x.data(), xAt);
      PANELS.give(columns);
    }
  }
}
