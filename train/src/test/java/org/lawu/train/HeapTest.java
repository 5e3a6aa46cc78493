package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.train.callback.EarlyStopping;
import org.lawu.train.callback.NanGuard;
import org.lawu.train.metric.Accuracy;

/**
 * Training keeps no more memory the longer it goes on. {@code -Dlawu.steps=100000} for another
 * number of steps than 5,000.
 */
class HeapTest {
  private static final int STEPS = Integer.getInteger("lawu.steps", 5_000);
  private static final long MEGABYTE = 1 << 20;

  /** After a tenth, four, seven and all ten of the steps. */
  private static final int PARTS = 10;

  @Test
  void theHeapIsFlat() {
    List<Long> used = new ArrayList<>();
    Callback measure =
        new Callback() {
          @Override
          public void stepped(Training training) {
            int steps = training.steps();
            if (steps % (STEPS / PARTS) == 0 && steps / (STEPS / PARTS) % 3 == 1) {
              used.add(usedHeap());
            }
          }
        };
    long start = System.nanoTime();
    new Trainer(Problems.classifier(), new CrossEntropy(), new Adam(1e-4))
        .metrics(new Accuracy())
        .fit(
            Problems.clusters(3_200, 1),
            Fit.forSteps(STEPS)
                .batchSize(32)
                .validation(Problems.clusters(32, 2))
                .quiet()
                .callbacks(measure, new NanGuard(), new EarlyStopping("val_loss").patience(STEPS)));
    System.out.printf(
        "%,d steps in %.1f s; used heap after collection:",
        STEPS, (System.nanoTime() - start) / 1e9);
    used.forEach(bytes -> System.out.printf(" %.2f", (double) bytes / MEGABYTE));
    System.out.println(" MB");
    assertThat(used).hasSize(4);
    assertThat(used.getLast() - used.getFirst()).isLessThan(2 * MEGABYTE);
  }

  private static long usedHeap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
