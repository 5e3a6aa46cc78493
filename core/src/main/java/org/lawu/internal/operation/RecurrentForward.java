package org.lawu.internal.operation;

import java.util.Arrays;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.RecurrentKernels;
import org.lawu.internal.kernel.RightMatrix;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/**
 * A recurrent layer over a sequence: for each block of steps, one product weights their input, then
 * the recurrence adds the weighted state step by step and activates the gates. The state is
 * computed in the last rows of the output, where it is to be in the end.
 */
final class RecurrentForward {
  private final Kernels kernels = KernelProvider.kernels();
  private final RecurrentKernels recurrence = kernels.recurrence();
  private final Recurrent cell;
  private final RecurrentInputs in;
  private final boolean keep;
  private final int batch;
  private final int hidden;
  private final int columns;
  private final int joined;
  private final NdArray x;
  private final NdArray output;
  private final NdArray keptGates;
  private final NdArray keptMore;
  private final float[] out;
  private final float[] gates;
  private final float[] more;
  private final float[] bias;
  private final RightMatrix weight;
  private final RightMatrix weightApart;

  /**
   * Prepares a run.
   *
   * @param keep whether to keep the activated gates of all steps
   */
  RecurrentForward(Recurrent cell, RecurrentInputs in, boolean keep) {
    this.cell = cell;
    this.in = in;
    this.keep = keep;
    this.batch = in.batch();
    this.hidden = in.hidden();
    this.columns = in.columns();
    this.joined = columns - cell.apart() * hidden;
    this.x = in.lengths() == null ? in.x().contiguous() : withoutPadding();
    this.output = room(in.steps() + cell.parts(), hidden);
    int kept = keep ? in.steps() : in.blockSteps();
    this.keptGates = room(kept, columns);
    this.keptMore = room(cell.keepsMore() ? kept : 0, hidden);
    this.out = output.floats();
    this.gates = keptGates.floats();
    this.more = keptMore.floats();
    this.bias = bias();
    this.weight = in.right(kernels, hidden, joined, in.weightHh(0).transposed());
    this.weightApart =
        in.right(kernels, hidden, columns - joined, in.weightHh(joined).transposed());
  }

  /** The input with 0 after each row's length, whatever is there. */
  private NdArray withoutPadding() {
    NdArray copy = in.x().copy();
    for (int row = 0; row < batch; row++) {
      for (int at = in.length(row); at < in.steps(); at++) {
        int from = (at * batch + row) * in.in();
        Arrays.fill(copy.floats(), from, from + in.in(), 0);
      }
    }
    return copy;
  }

  private NdArray room(int steps, int size) {
    return NdArray.allocate(DType.FLOAT32, Shape.of(steps, batch, size));
  }

  /** Both biases in one where they add up, then what is left of the second. */
  private float[] bias() {
    float[] ih = in.biasIh().floats();
    float[] hh = in.biasHh().floats();
    float[] sum = new float[columns + cell.apart() * hidden];
    for (int i = 0; i < columns; i++) {
      sum[i] = ih[in.biasIh().offset() + i];
      if (i < joined) {
        sum[i] += hh[in.biasHh().offset() + i];
      } else {
        sum[i + hidden] = hh[in.biasHh().offset() + i];
      }
    }
    return sum;
  }

  Fused.Result run() {
    int steps = in.steps();
    for (int part = 0; part < cell.parts(); part++) {
      NdArray initial = in.state()[part];
      System.arraycopy(
          initial.floats(), initial.offset(), out, (steps + part) * batch * hidden, batch * hidden);
    }
    for (int from = 0; from < steps; from += in.blockSteps()) {
      int to = Math.min(from + in.blockSteps(), steps);
      block(from, to, in.reverse() ? steps - to : from);
    }
    weight.release();
    weightApart.release();
    return new Fused.Result(output, keptGates, keptMore, x);
  }

  /** The steps {@code from..to-1}, of which {@code earliest} is the first in time. */
  private void block(int from, int to, int earliest) {
    int origin = keep ? 0 : earliest;
    kernels.gemm(
        (to - from) * batch,
        columns,
        in.in(),
        new Matrix(x.floats(), x.offset() + earliest * batch * in.in(), in.in(), 1),
        Gemm.matrix(in.weightIh()).transposed(),
        new Matrix(gates, (earliest - origin) * batch * columns, columns, 1),
        false);
    Parallel.range(
        batch,
        in.chunkRows(),
        (first, last) -> {
          for (int step = from; step < to; step++) {
            int at = in.reverse() ? in.steps() - 1 - step : step;
            step(at, at - origin, first, last);
          }
        });
  }

  /** One step of some rows, whose gates are at {@code place}. */
  private void step(int at, int place, int first, int last) {
    if (in.anyRuns(at, first, last)) {
      int rows = last - first;
      int row = place * batch + first;
      var h = new Matrix(out, (in.steps() * batch + first) * hidden, hidden, 1);
      weight.multiply(rows, h, new Matrix(gates, row * columns, columns, 1), true);
      if (joined < columns) {
        weightApart.multiply(rows, h, new Matrix(more, row * hidden, hidden, 1), false);
      }
    }
    for (int row = first; row < last; row++) {
      int outAt = (at * batch + row) * hidden;
      if (at < in.length(row)) {
        int h = (in.steps() * batch + row) * hidden;
        activate((place * batch + row) * columns, (place * batch + row) * hidden, h);
        System.arraycopy(out, h, out, outAt, hidden);
      } else {
        Arrays.fill(out, outAt, outAt + hidden, 0);
      }
    }
  }

  private void activate(int gatesAt, int moreAt, int h) {
    switch (cell) {
      case Rnn rnn -> recurrence.rnn(rnn.relu(), gates, gatesAt, bias, out, h, hidden);
      case Gru _ -> recurrence.gru(gates, gatesAt, bias, more, moreAt, out, h, hidden);
      case Lstm _ -> {
        int c = h + batch * hidden;
        recurrence.lstm(gates, gatesAt, bias, out, c, out, h, hidden);
        if (keep) {
          System.arraycopy(out, c, more, moreAt, hidden);
        }
      }
    }
  }
}
