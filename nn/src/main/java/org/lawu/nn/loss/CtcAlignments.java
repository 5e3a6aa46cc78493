package org.lawu.nn.loss;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.CustomOperation;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * {@code -log} of the sum, over all walks through the states of {@link CtcTargets}, of the product
 * of what is emitted on the way: from log-emissions {@code e [time, batch, states]} to {@code
 * [batch]}. A walk starts in one of the first two states, ends in one of the last two, and in each
 * time step stays, goes on by one state, or by two from a label to a different one.
 *
 * <p>With {@code alpha_t(s)}, the logarithm of the sum over all walks that are in state {@code s}
 * at time {@code t}, up to and with {@code t}, and {@code beta_t(s)}, the same from there to the
 * end, the gradient is the negative probability to be there: {@code de_t(s) = -exp(alpha_t(s) +
 * beta_t(s) + y) g}. Sums are of doubles. The gradient of the gradient is that of the same sums in
 * tensor operations.
 *
 * @param zeroInfinity whether a sequence that no walk fits has the gradient 0 instead of NaN
 */
record CtcAlignments(CtcTargets targets, boolean zeroInfinity) implements CustomOperation {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** Stands for minus infinity in tensors; sums of it stay finite. */
  private static final double LOW = -1e30;

  @Override
  public String name() {
    return "ctc";
  }

  @Override
  public Tensor forward(List<Tensor> inputs) {
    Tensor emissions = inputs.getFirst();
    double[] e = emissions.toDoubleArray();
    double[] losses = new double[targets.batch()];
    double[] alpha = new double[targets.statesPerRow()];
    double[] next = new double[targets.statesPerRow()];
    for (int n = 0; n < losses.length; n++) {
      start(e, n, alpha);
      for (int t = 1; t < targets.inputLengths()[n]; t++) {
        advance(e, t, n, alpha, 0, next, 0);
        double[] spent = alpha;
        alpha = next;
        next = spent;
      }
      losses[n] = -end(alpha, 0, n);
    }
    return Tensor.of(losses).to(emissions.dtype());
  }

  private int place(int t, int n) {
    return (t * targets.batch() + n) * targets.statesPerRow();
  }

  /** The first alphas; without a time step, a walk through nothing. */
  private void start(double[] e, int n, double[] alpha) {
    Arrays.fill(alpha, 0, targets.statesPerRow(), NEVER);
    boolean moves = targets.inputLengths()[n] > 0;
    alpha[0] = moves ? e[place(0, n)] : 0;
    if (moves && targets.states(n) > 1) {
      alpha[1] = e[place(0, n) + 1];
    }
  }

  /** The alphas at time {@code t} from those before. */
  private void advance(double[] e, int t, int n, double[] alpha, int from, double[] next, int to) {
    int place = place(t, n);
    for (int s = 0; s < targets.states(n); s++) {
      double stay = alpha[from + s];
      double step = s > 0 ? alpha[from + s - 1] : NEVER;
      double skip = targets.mayFollowLabel(n, s) ? alpha[from + s - 2] : NEVER;
      next[to + s] = logSum(stay, step, skip) + e[place + s];
    }
  }

  /** The logarithm of the sum over all walks, from the last alphas. */
  private double end(double[] alpha, int from, int n) {
    int last = from + targets.states(n) - 1;
    return logSum(alpha[last], last > from ? alpha[last - 1] : NEVER, NEVER);
  }

  private static double logSum(double a, double b, double c) {
    double largest = Math.max(a, Math.max(b, c));
    return largest == NEVER
        ? NEVER
        : largest + Math.log(Math.exp(a - largest) + Math.exp(b - largest) + Math.exp(c - largest));
  }

  @Override
  public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
    Tensor emissions = inputs.getFirst();
    if (Autograd.isRecording()) {
      Tensor total = composed(emissions).mul(gradient).sum();
      Tensor slope = Autograd.grad(total, emissions, true);
      Tensor impossible = output.equal(Double.POSITIVE_INFINITY).unsqueeze(-1);
      return List.of(slope.maskedFill(impossible, withoutWalk()));
    }
    return List.of(occupancy(emissions, gradient.toDoubleArray()));
  }

  private double withoutWalk() {
    return zeroInfinity ? 0 : Double.NaN;
  }

  private Tensor occupancy(Tensor emissions, double[] gradient) {
    double[] e = emissions.toDoubleArray();
    double[] slopes = new double[e.length];
    int width = targets.statesPerRow();
    double[] alphas = new double[emissions.size(0) * width];
    double[] beta = new double[width];
    double[] before = new double[width];
    for (int n = 0; n < gradient.length; n++) {
      int times = targets.inputLengths()[n];
      int states = targets.states(n);
      if (times == 0) {
        continue;
      }
      start(e, n, before);
      System.arraycopy(before, 0, alphas, 0, width);
      for (int t = 1; t < times; t++) {
        advance(e, t, n, alphas, (t - 1) * width, alphas, t * width);
      }
      double total = end(alphas, (times - 1) * width, n);
      Arrays.fill(beta, NEVER);
      beta[states - 1] = 0;
      beta[Math.max(0, states - 2)] = 0;
      for (int t = times - 1; t >= 0; t--) {
        int place = place(t, n);
        for (int s = 0; s < states; s++) {
          slopes[place + s] =
              total == NEVER
                  ? withoutWalk()
                  : -Math.exp(alphas[t * width + s] + beta[s] - total) * gradient[n];
        }
        retreat(e, t, n, beta, before);
        double[] spent = beta;
        beta = before;
        before = spent;
      }
    }
    return Tensor.of(slopes, emissions.shape().toArray()).to(emissions.dtype());
  }

  /** The betas before time {@code t}, when the emissions of {@code t} are still to come. */
  private void retreat(double[] e, int t, int n, double[] beta, double[] before) {
    int place = place(t, n);
    int states = targets.states(n);
    for (int s = 0; s < states; s++) {
      double stay = beta[s] + e[place + s];
      double step = s + 1 < states ? beta[s + 1] + e[place + s + 1] : NEVER;
      boolean skips = s + 2 < states && targets.mayFollowLabel(n, s + 2);
      double skip = skips ? beta[s + 2] + e[place + s + 2] : NEVER;
      before[s] = logSum(stay, step, skip);
    }
  }

  // ---- in tensor operations

  /** The losses again, in operations that can be differentiated any number of times. */
  private Tensor composed(Tensor emissions) {
    DType type = emissions.dtype();
    int batch = targets.batch();
    int width = targets.statesPerRow();
    Tensor e = emissions.maximum(LOW);
    Tensor lengths = Tensor.of(targets.inputLengths()).unsqueeze(-1);
    Tensor low = Tensor.full(LOW, Shape.of(batch, 2), type);
    Tensor[] masks = masks(batch, width);
    Tensor alpha = Tensor.full(0, Shape.of(batch, width), type).maskedFill(masks[0], LOW);
    for (int t = 0; t < emissions.size(0); t++) {
      Tensor reached;
      if (t == 0) {
        reached = alpha;
      } else {
        Tensor padded = Tensor.concat(1, List.of(low, alpha));
        Tensor step = padded.slice(1, 1, width + 1);
        Tensor skip = padded.slice(1, 0, width).maskedFill(masks[1], LOW);
        reached = Tensor.stack(0, List.of(alpha, step, skip)).logSumExp(0);
      }
      alpha = Tensor.where(lengths.greater(t), reached.add(e.select(0, t)), alpha);
    }
    return alpha.maskedFill(masks[2], LOW).logSumExp(1).neg();
  }

  /** Where a walk may not start, may not skip to, and may not end. */
  private Tensor[] masks(int batch, int width) {
    boolean[][] never = new boolean[3][batch * width];
    for (int n = 0; n < batch; n++) {
      int states = targets.states(n);
      for (int s = 0; s < width; s++) {
        int at = n * width + s;
        boolean moves = targets.inputLengths()[n] > 0;
        never[0][at] = s >= (moves ? Math.min(2, states) : 1);
        never[1][at] = !targets.mayFollowLabel(n, s);
        never[2][at] = s != states - 1 && s != states - 2;
      }
    }
    return Arrays.stream(never).map(mask -> Tensor.of(mask, batch, width)).toArray(Tensor[]::new);
  }
}
