package org.lawu.internal.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.array.NdArray;
import org.lawu.internal.kernel.KernelProvider;
import org.lawu.internal.kernel.Kernels;
import org.lawu.internal.kernel.Matrix;
import org.lawu.internal.kernel.RecurrentKernels;
import org.lawu.internal.kernel.ReduceFunction;
import org.lawu.internal.kernel.RightMatrix;
import org.lawu.internal.parallel.Parallel;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;

/**
 * The gradients of a recurrent layer over a sequence. For each block of steps, the last first, the
 * recurrence computes the gradients of the gates step by step, and then one product each adds what
 * they give to the gradients of input and weights.
 */
final class RecurrentBackward {
  private final Kernels kernels = KernelProvider.kernels();
  private final RecurrentKernels recurrence = kernels.recurrence();
  private final Recurrent cell;
  private final RecurrentInputs in;
  private final boolean[] needs;
  private final int batch;
  private final int hidden;
  private final int columns;
  private final int joined;
  private final NdArray x;
  private final NdArray out;
  private final NdArray g;
  private final float[] gates;
  private final float[] more;
  private final float[][] state;
  private final RightMatrix weight;
  private final RightMatrix weightApart;
  private final NdArray dx;
  private final NdArray dWeightIh;
  private final NdArray dWeightHh;
  private final NdArray dBiasIh;
  private final NdArray dBiasHh;

  /** The gradients of the gates of a block of steps, and of q where it is apart. */
  private final float[] dGates;

  private final float[] dApart;

  /** Those of the first step of each row, whose state before is the initial one. */
  private final float[] firstGates;

  private final float[] firstApart;

  RecurrentBackward(Recurrent cell, Fused.Call call) {
    this.cell = cell;
    this.in = RecurrentInputs.of(cell, call.inputs());
    this.needs = call.needs();
    this.batch = in.batch();
    this.hidden = in.hidden();
    this.columns = in.columns();
    this.joined = columns - cell.apart() * hidden;
    this.gates = call.kept()[0].floats();
    this.more = call.kept()[1].floats();
    this.x = call.kept()[2];
    this.out = call.output();
    this.g = call.gradient().contiguous();
    this.state = new float[cell.parts()][];
    for (int part = 0; part < state.length; part++) {
      int from = g.offset() + (in.steps() + part) * batch * hidden;
      state[part] = Arrays.copyOfRange(g.floats(), from, from + batch * hidden);
    }
    this.weight = in.right(kernels, joined, hidden, in.weightHh(0));
    this.weightApart = in.right(kernels, columns - joined, hidden, in.weightHh(joined));
    this.dx = NdArray.allocate(DType.FLOAT32, needs[0] ? x.shape() : Shape.of(0));
    this.dWeightIh = NdArray.zeros(DType.FLOAT32, Shape.of(columns, in.in()));
    this.dWeightHh = NdArray.zeros(DType.FLOAT32, Shape.of(columns, hidden));
    this.dBiasIh = NdArray.zeros(DType.FLOAT32, Shape.of(columns));
    this.dBiasHh = NdArray.zeros(DType.FLOAT32, Shape.of(columns));
    int rows = in.blockSteps() * batch;
    this.dGates = room(rows, columns);
    this.dApart = room(rows, columns - joined);
    this.firstGates = new float[batch * columns];
    this.firstApart = new float[batch * (columns - joined)];
  }

  private static float[] room(int rows, int size) {
    return NdArray.allocate(DType.FLOAT32, Shape.of(rows, size)).floats();
  }

  @Nullable NdArray[] run() {
    int steps = in.steps();
    for (int to = steps; to > 0; to -= Math.min(to, in.blockSteps())) {
      int from = Math.max(0, to - in.blockSteps());
      block(from, to, in.reverse() ? steps - to : from);
    }
    weight.release();
    weightApart.release();
    initialProducts();
    System.arraycopy(dBiasIh.floats(), 0, dBiasHh.floats(), 0, joined);
    var gradients = new @Nullable NdArray[needs.length];
    NdArray[] all = {dx, dWeightIh, dWeightHh, dBiasIh, dBiasHh};
    for (int i = 0; i < all.length; i++) {
      gradients[i] = needs[i] ? all[i] : null;
    }
    for (int part = 0; part < state.length; part++) {
      int i = Recurrent.STATE + part;
      gradients[i] = needs[i] ? NdArray.of(state[part], Shape.of(batch, hidden)) : null;
    }
    return gradients;
  }

  /** The steps {@code from..to-1}, of which {@code earliest} is the first in time. */
  private void block(int from, int to, int earliest) {
    Parallel.range(
        batch,
        in.chunkRows(),
        (first, last) -> {
          for (int step = to - 1; step >= from; step--) {
            int at = in.reverse() ? in.steps() - 1 - step : step;
            step(at, at - earliest, first, last);
          }
        });
    products(earliest, to - from);
  }

  /** One step of some rows, whose gates' gradients go to {@code place}. */
  private void step(int at, int place, int first, int last) {
    for (int row = first; row < last; row++) {
      int gatesAt = (place * batch + row) * columns;
      int apartAt = (place * batch + row) * (columns - joined);
      if (at < in.length(row)) {
        row(at, row, gatesAt, apartAt);
        if (in.begins(at, row)) {
          System.arraycopy(dGates, gatesAt, firstGates, row * columns, columns);
          System.arraycopy(dApart, apartAt, firstApart, row * (columns - joined), columns - joined);
        }
      } else {
        Arrays.fill(dGates, gatesAt, gatesAt + columns, 0);
        Arrays.fill(dApart, apartAt, apartAt + columns - joined, 0);
      }
    }
    if (in.anyRuns(at, first, last)) {
      int rows = last - first;
      int row = place * batch + first;
      var h = new Matrix(state[0], first * hidden, hidden, 1);
      weight.multiply(rows, new Matrix(dGates, row * columns, columns, 1), h, true);
      if (joined < columns) {
        weightApart.multiply(rows, new Matrix(dApart, row * hidden, hidden, 1), h, true);
      }
    }
  }

  private void row(int at, int row, int dGatesAt, int dApartAt) {
    int place = at * batch + row;
    int gatesAt = place * columns;
    int gAt = g.offset() + place * hidden;
    int h = row * hidden;
    int moreAt = place * hidden;
    boolean begins = in.begins(at, row);
    int beforeAt = begins ? h : (in.before(at) * batch + row) * hidden;
    switch (cell) {
      case Rnn rnn ->
          recurrence.rnnGradient(
              rnn.relu(), gates, gatesAt, g.floats(), gAt, state[0], h, dGates, dGatesAt, hidden);
      case Lstm _ -> {
        NdArray initial = in.state()[1];
        recurrence.lstmGradient(
            gates,
            gatesAt,
            begins ? initial.floats() : more,
            begins ? initial.offset() + h : beforeAt,
            more,
            moreAt,
            g.floats(),
            gAt,
            state[0],
            h,
            state[1],
            h,
            dGates,
            dGatesAt,
            hidden);
      }
      case Gru _ -> {
        NdArray before = begins ? in.state()[0] : out;
        recurrence.gruGradient(
            gates,
            gatesAt,
            more,
            moreAt,
            before.floats(),
            before.offset() + beforeAt,
            g.floats(),
            gAt,
            state[0],
            h,
            dGates,
            dGatesAt,
            dApart,
            dApartAt,
            hidden);
      }
    }
  }

  /** What the gates of a block of steps give to the gradients of input, weights and biases. */
  private void products(int earliest, int steps) {
    int rows = steps * batch;
    var ofGates = new Matrix(dGates, 0, columns, 1);
    var ofApart = new Matrix(dApart, 0, columns - joined, 1);
    int at = earliest * batch * in.in();
    if (needs[0]) {
      var to = new Matrix(dx.floats(), at, in.in(), 1);
      kernels.gemm(rows, in.in(), columns, ofGates, Gemm.matrix(in.weightIh()), to, false);
    }
    if (needs[1]) {
      var input = new Matrix(x.floats(), x.offset() + at, in.in(), 1);
      addTransposedProduct(columns, in.in(), rows, ofGates, input, Gemm.matrix(dWeightIh));
    }
    if (needs[2]) {
      // The state before the first step of all is not in the output.
      int skipped = earliest == 0 && !in.reverse() ? 1 : 0;
      int last = earliest + steps == in.steps() && in.reverse() ? 1 : 0;
      int from = skipped * batch;
      int before = out.offset() + in.before(earliest + skipped) * batch * hidden;
      addToWeightHh(
          rows - from - last * batch,
          ofGates.from(from, 0),
          ofApart.from(from, 0),
          new Matrix(out.floats(), before, hidden, 1));
    }
    if (needs[3] || needs[4]) {
      addRows(dGates, rows, columns, dBiasIh, 0);
      addRows(dApart, rows, columns - joined, dBiasHh, joined);
    }
  }

  private void initialProducts() {
    if (needs[2]) {
      NdArray initial = in.state()[0];
      addToWeightHh(
          batch,
          new Matrix(firstGates, 0, columns, 1),
          new Matrix(firstApart, 0, columns - joined, 1),
          new Matrix(initial.floats(), initial.offset(), hidden, 1));
    }
  }

  /** What rows of the gates' gradients and the states before them give to that of weight_hh. */
  private void addToWeightHh(int rows, Matrix ofGates, Matrix ofApart, Matrix h) {
    Matrix to = Gemm.matrix(dWeightHh);
    addTransposedProduct(joined, hidden, rows, ofGates, h, to);
    addTransposedProduct(columns - joined, hidden, rows, ofApart, h, to.from(joined, 0));
  }

  /** {@code C += A^T B} for A {@code k x m} and B {@code k x n}. */
  private void addTransposedProduct(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    if (m > 0 && k > 0) {
      kernels.gemm(m, n, k, a.transposed(), b, c, true);
    }
  }

  private void addRows(float[] x, int rows, int n, NdArray sum, int at) {
    float[] part = new float[n];
    kernels.reduceRows(ReduceFunction.SUM, x, 0, rows, n, part, 0);
    kernels.axpy(1, part, 0, sum.floats(), at, n);
  }
}
