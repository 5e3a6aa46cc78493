package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** A stack of encoder layers keeps far less for backpropagation. */
class CheckpointMemoryTest {
  private static final int LAYERS = 48;
  private static final Tensor INPUT = Tensor.normal(new Philox(1), 0, 1, 8, 32, 32);

  private static Sequential stack(UnaryOperator<Layer> around) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      layers.add(around.apply(new TransformerEncoderLayer(32, 2, 64)));
    }
    return Sequential.of(layers);
  }

  private static long alive() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** What a forward pass leaves behind for the backward pass, in bytes. */
  private static long kept(Sequential model) {
    long before = alive();
    Tensor loss = model.forward(INPUT, Pass.training(new Philox(2))).square().mean();
    long kept = alive() - before;
    assertThat(loss.backward().parameters()).hasSize(model.parameters().size());
    return kept;
  }

  @Test
  void keepsTheInputsAlone() {
    long plain = kept(stack(layer -> layer));
    long checkpointed = kept(stack(Checkpoint::new));
    // Well below the 40 percent that are promised: an encoder layer computes many tensors.
    assertThat(checkpointed).isLessThan(plain / 5);
  }
}
