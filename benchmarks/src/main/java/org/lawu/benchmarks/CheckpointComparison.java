package org.lawu.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Checkpoint;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.TransformerOptions;
import org.lawu.optim.Adam;
import org.lawu.optim.Optimizer;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.CustomOperation;
import org.lawu.tensor.Tensor;

/**
 * What gradient checkpointing saves and costs: a stack of Transformer encoder layers, trained with
 * and without it. Memory is what is alive (after a collection) when most is: at the end of
 * backpropagation through the first layer, with the weights, their gradients and the state of Adam.
 * Time is the processor time of the whole process, collections included, in the best of several
 * steps, the two taking turns: other programs do not count.
 */
final class CheckpointComparison {
  private static final int LAYERS = 48;
  private static final int DIM = 128;
  private static final int HEADS = 4;
  private static final int HIDDEN = 4 * DIM;
  private static final int BATCH = 16;
  private static final int TIME = 64;
  private static final int ROUNDS = 6;
  private static final double MEGABYTE = 1 << 20;
  private static final double MILLISECOND = 1e6;

  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Tensor input = Tensor.normal(new Philox(1), 0, 1, BATCH, TIME, DIM);

  /** One way to train the stack. */
  private final class Variant {
    final Sequential model;
    final Optimizer optimizer = new Adam(1e-4);
    final Probe probe = new Probe();
    long best = Long.MAX_VALUE;

    Variant(UnaryOperator<Layer> around) {
      List<Layer> blocks = new ArrayList<>();
      for (int i = 0; i < LAYERS; i++) {
        var options = TransformerOptions.standard().normFirst();
        Layer layer = new TransformerEncoderLayer(DIM, HEADS, HIDDEN, options);
        blocks.add(around.apply(i == 0 ? Sequential.of(probe, layer) : layer));
      }
      model = Sequential.of(blocks).initialize(new Philox(2));
    }

    double step(int seed) {
      Pass pass = Pass.training(new Philox(seed));
      long start = MACHINE.getProcessCpuTime();
      Tensor loss = model.forward(input.withGradient(), pass).square().mean();
      optimizer.step(loss.backward());
      best = Math.min(best, MACHINE.getProcessCpuTime() - start);
      return loss.item();
    }
  }

  /** Does nothing, and on the way back measures what is alive. */
  private static final class Probe extends Layer implements CustomOperation {
    private boolean measuring;
    private long alive;

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return Autograd.apply(this, input);
    }

    @Override
    public String name() {
      return "probe";
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.getFirst();
    }

    @Override
    public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
      if (measuring) {
        alive = alive();
      }
      return List.of(gradient);
    }
  }

  private static long alive() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private double memory(UnaryOperator<Layer> around) {
    long before = alive();
    var variant = new Variant(around);
    variant.step(0);
    variant.probe.measuring = true;
    variant.step(1);
    return (variant.probe.alive - before) / MEGABYTE;
  }

  void run() {
    double plainMemory = memory(layer -> layer);
    double keptMemory = memory(Checkpoint::new);
    print("memory alive, MB", plainMemory, keptMemory);
    var plain = new Variant(layer -> layer);
    var kept = new Variant(Checkpoint::new);
    for (int round = 0; round < ROUNDS; round++) {
      double expected = plain.step(round);
      double loss = kept.step(round);
      if (loss != expected) {
        throw new IllegalStateException(
            "the losses differ: %s and, with checkpoints, %s".formatted(expected, loss));
      }
    }
    print("time of a step, ms", plain.best / MILLISECOND, kept.best / MILLISECOND);
  }

  private static void print(String what, double plain, double kept) {
    System.out.printf(
        Locale.ROOT,
        "%-20s%10.1f plain%10.1f with checkpoints%8.2f times%n",
        what,
        plain,
        kept,
        kept / plain);
  }
}
