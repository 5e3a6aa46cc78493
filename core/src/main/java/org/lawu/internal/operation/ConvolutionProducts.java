package org.lawu.internal.operation;

import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.PanelPool;
import org.lawu.internal.parallel.Parallel;

/**
 * Convolution of FLOAT32 arrays as matrix products (Chellapilla et al., "High performance
 * convolutional neural networks for document processing", 2006). The matrix of columns is made a
 * panel of output rows at a time, so that it stays cached and its memory bounded.
 */
final class ConvolutionProducts {
  /** Elements of a panel of columns, where one output row has no more. */
  private static final int PANEL = 1 << 18;

  /** Multiplications below which a thread is not worth its start. */
  private static final long GRAIN = 1 << 18;

  /** Elements of all partial sums of a weight's gradient, where one sum has no more. */
  private static final int PARTIAL_SUMS = 1 << 22;

  /** The most partial sums of a weight's gradient. */
  private static final int MOST_PARTIAL_SUMS = 32;

  private static final PanelPool PANELS = new PanelPool();

  private final ConvolutionPlan plan;
  private final Kernels kernels = KernelProvider.kernels();
  private final int kernel;
  private final int outArea;
  private final boolean pointwise;
  private final int panelRows;

  ConvolutionProducts(ConvolutionPlan plan) {
    this.plan = plan;
    kernel = plan.kernel();
    outArea = plan.outArea();
    pointwise = plan.isPointwise();
    int row = Math.max(1, kernel * plan.outWidth());
    panelRows = Math.clamp(PANEL / row, 1, plan.outHeight());
  }

  /** An array and where it begins. */
  record Floats(float[] data, int at) {}

  /** Some output rows of a part, with their columns. */
  @FunctionalInterface
  private interface Panel {
    /**
     * Computes them; element {@code (k, p)} of the columns is at {@code at + k * step + p}.
     *
     * @param first the first of the panel's places in an output channel
     * @param places the number of its places
     */
    void compute(float[] columns, int at, int step, int first, int places);
  }

  private int grain(long multiplications) {
    return (int) Math.max(1, GRAIN / Math.max(1, multiplications));
  }

  /** {@code y += W columns} for each part and panel. */
  void forward(Floats x, Floats weight, Floats y) {
    int panels = Math.ceilDiv(plan.outHeight(), panelRows);
    Parallel.range(
        plan.parts() * panels,
        grain((long) plan.out() * kernel * panelRows * plan.outWidth()),
        (first, last) -> {
          for (int task = first; task < last; task++) {
            int part = task / panels;
            int row = task % panels * panelRows;
            int end = Math.min(row + panelRows, plan.outHeight());
            withColumns(
                x,
                part,
                row,
                end,
                (columns, at, step, from, places) ->
                    kernels.gemm(
                        plan.out(),
                        places,
                        kernel,
                        weight.data,
                        weight.at + plan.weight(part),
                        kernel,
                        1,
                        columns,
                        at,
                        step,
                        1,
                        y.data,
                        y.at + plan.output(part) + from,
                        outArea,
                        true));
          }
        });
  }

  /** {@code dW += g columns^T} over the images, in partial sums of as many images each. */
  void weightGradient(Floats x, Floats g, Floats weight) {
    int groups = plan.how().groups();
    int elements = groups * plan.out() * kernel;
    int most = Math.clamp(PARTIAL_SUMS / Math.max(1, elements), 1, MOST_PARTIAL_SUMS);
    int images = Math.ceilDiv(plan.images(), most);
    int sums = Math.ceilDiv(plan.images(), images);
    float[][] partial = new float[sums][];
    long work = (long) images * elements * outArea;
    Parallel.range(
        sums,
        grain(work),
        (first, last) -> {
          for (int sum = first; sum < last; sum++) {
            partial[sum] = new float[elements];
            int from = sum * images * groups;
            int to = Math.min(plan.parts(), from + images * groups);
            addWeightGradients(x, g, from, to, partial[sum]);
          }
        });
    for (float[] sum : partial) {
      kernels.axpy(1, sum, 0, weight.data, weight.at, elements);
    }
  }

  private void addWeightGradients(Floats x, Floats g, int fromPart, int toPart, float[] sum) {
    for (int part = fromPart; part < toPart; part++) {
      int gAt = g.at + plan.output(part);
      int weightAt = plan.weight(part);
      for (int row = 0; row < plan.outHeight(); row += panelRows) {
        withColumns(
            x,
            part,
            row,
            Math.min(row + panelRows, plan.outHeight()),
            (columns, at, step, from, places) ->
                kernels.gemm(
                    plan.out(),
                    kernel,
                    places,
                    g.data,
                    gAt + from,
                    outArea,
                    1,
                    columns,
                    at,
                    1,
                    step,
                    sum,
                    weightAt,
                    kernel,
                    true));
      }
    }
  }

  private void withColumns(Floats x, int part, int row, int end, Panel panel) {
    int first = row * plan.outWidth();
    int places = (end - row) * plan.outWidth();
    int xAt = x.at + plan.input(part);
    if (pointwise) {
      panel.compute(x.data, xAt + first, outArea, first, places);
      return;
    }
    float[] columns = PANELS.take(kernel * places);
    plan.toColumns(x.data, xAt, row, end - row, columns);
    panel.compute(columns, 0, places, first, places);
    PANELS.give(columns);
  }

  /** {@code columns = W^T g}, each added where it came from; panels overlap, parts do not. */
  void inputGradient(Floats g, Floats weight, Floats x) {
    Parallel.range(
        plan.parts(),
        grain((long) plan.out() * kernel * outArea),
        (first, last) -> {
          for (int part = first; part < last; part++) {
            for (int row = 0; row < plan.outHeight(); row += panelRows) {
              int end = Math.min(row + panelRows, plan.outHeight());
              addInputGradient(g, weight, x, part, row, end);
            }
          }
        });
  }

  private void addInputGradient(Floats g, Floats weight, Floats x, int part, int row, int end) {
    int first = row * plan.outWidth();
    int places = (end - row) * plan.outWidth();
    int xAt = x.at + plan.input(part);
    float[] columns = pointwise ? x.data : PANELS.take(kernel * places);
    kernels.gemm(
        kernel,
        places,
        plan.out(),
        weight.data,
        weight.at + plan.weight(part),
        1,
        kernel,
        g.data,
        g.at + plan.output(part) + first,
        outArea,
        1,
        columns,
        pointwise ? xAt + first : 0,
        pointwise ? outArea : places,
        false);
    if (!pointwise) {
      plan.addColumns(columns, row, end - row, x.data, xAt);
      PANELS.give(columns);
    }
  }
}
