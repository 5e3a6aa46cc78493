package org.lawu.nn.loss;

import java.util.Arrays;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;

/**
 * Connectionist temporal classification: how unlikely a model that answers at every time step is to
 * say a shorter sequence of labels, whichever steps say them. {@code -log} of the sum of the
 * probabilities of all answers that become the target when repeated labels are joined and blanks
 * left out, so {@code aa-ab} says {@code aab}. Graves et al., "Connectionist temporal
 * classification: labelling unsegmented sequence data with recurrent neural networks" (ICML 2006);
 * PyTorch's {@code CTCLoss}.
 *
 * <pre>{@code
 * // 50 time steps, 16 sequences, 20 classes of which 0 is the blank, at most 30 labels
 * Tensor loss = new Ctc().of(logits.logSoftmax(-1), targets, inputLengths, targetLengths);
 * }</pre>
 *
 * <p>Shapes: log-probabilities {@code [time, batch, classes]}, INT32 targets {@code [batch,
 * longest]} or one after another {@code [sum of the target lengths]}, and two vectors of INT32
 * lengths {@code [batch]}. Labels after a target's length are not read. Without a reduction the
 * result is {@code [batch]}; the mean is that of each sequence's loss divided by its target length
 * (by 1 where that is 0), as in PyTorch.
 *
 * <p>A target that does not fit into its time steps has an infinite loss and a NaN gradient; with
 * {@link #withZeroInfinity} both are 0. The gradient is that with respect to the log-probabilities;
 * PyTorch's differs from it by the gradient of the softmax, and is the same from the logits on.
 *
 * @param blank the class of the blank; 0 by default
 * @param zeroInfinity whether what cannot be aligned counts for nothing; false by default
 * @param reduction the mean by default
 */
public record Ctc(int blank, boolean zeroInfinity, Reduction reduction) {

  /** The mean, with class 0 as blank. */
  public Ctc() {
    this(0, false, Reduction.MEAN);
  }

  /** The same with another class as blank. */
  public Ctc blank(int blank) {
    return new Ctc(blank, zeroInfinity, reduction);
  }

  /** The same, where targets that do not fit into their time steps count for nothing. */
  public Ctc withZeroInfinity() {
    return new Ctc(blank, true, reduction);
  }

  /** The same with another reduction. */
  public Ctc reduction(Reduction reduction) {
    return new Ctc(blank, zeroInfinity, reduction);
  }

  /**
   * The loss of a batch of sequences.
   *
   * @param logProbabilities {@code [time, batch, classes]}, from a log-softmax over the classes
   * @param targets INT32 labels {@code [batch, longest]}, or one after another
   * @param inputLengths INT32 {@code [batch]}, how many time steps of each sequence count
   * @param targetLengths INT32 {@code [batch]}, how many labels of each target count
   * @throws org.lawu.error.ShapeException if the shapes do not fit
   * @throws org.lawu.error.DTypeException if a type does not
   * @throws org.lawu.error.IndexException if a label is no class or the blank
   * @throws org.lawu.error.ArgumentException if a length is negative or larger than there is room
   */
  public Tensor of(
      Tensor logProbabilities, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
    var checked = CtcTargets.of(logProbabilities, targets, inputLengths, targetLengths, blank);
    return reduction.apply(losses(logProbabilities, checked));
  }

  /**
   * The loss of a batch of which some sequences count more than others; see {@link Loss#of(Tensor,
   * Tensor, Tensor)}.
   *
   * @param weights floating numbers or a BOOL mask {@code [batch]}
   */
  public Tensor of(
      Tensor logProbabilities,
      Tensor targets,
      Tensor inputLengths,
      Tensor targetLengths,
      Tensor weights) {
    var checked = CtcTargets.of(logProbabilities, targets, inputLengths, targetLengths, blank);
    return reduction.apply(losses(logProbabilities, checked), weights);
  }

  /** The loss of each sequence, in a mean divided by its target length. */
  private Tensor losses(Tensor logProbabilities, CtcTargets targets) {
    int times = logProbabilities.size(0);
    Tensor states = Tensor.of(targets.states(), 1, targets.batch(), targets.statesPerRow());
    Tensor emissions =
        logProbabilities.gather(2, states.expand(times, targets.batch(), targets.statesPerRow()));
    Tensor losses = Autograd.apply(new CtcAlignments(targets, zeroInfinity), emissions);
    if (zeroInfinity) {
      losses = losses.maskedFill(losses.equal(Double.POSITIVE_INFINITY), 0);
    }
    return reduction == Reduction.MEAN ? losses.div(divisors(targets).to(losses.dtype())) : losses;
  }

  private static Tensor divisors(CtcTargets targets) {
    return Tensor.of(
        Arrays.stream(targets.targetLengths()).map(length -> Math.max(1, length)).toArray());
  }
}
