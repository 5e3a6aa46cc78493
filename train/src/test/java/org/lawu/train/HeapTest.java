package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
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

  @Test
  void theHeapIsFlat() {
    long[] used = new long[11];
    Callback measure =
        new Callback() {
          @Override
          public void stepped(Training training) {
            if (training.steps() % (STEPS / 10) == 0) {
              used[training.steps() / (STEPS / 10)] = usedHeap();
            }
          }
        };
    long start = System.nanoTime();
    new Trainer(Problems.classifier(), new CrossEntropy(), new Adam(1e-4))
        .metrics(new Accuracy())
        .fit(
            Problems.clusters(3_200, 1),
            Fit.steps(STEPS)
                .batchSize(32)
                .validation(Problems.clusters(32, 2))
                .quiet()
                .callbacks(measure, new NanGuard(), new EarlyStopping("val_loss").patience(STEPS)));
    System.out.printf(
        "%,d steps in %.1f s; used heap after collection:",
        STEPS, (System.nanoTime() - start) / 1e9);
    for (int tenth = 1; tenth <= 10; tenth++) {
      System.out.printf(" %.2f", (double) used[tenth] / MEGABYTE);
    }
    System.out.println(" MB");
    assertThat(used[10] - used[1]).isLessThan(2 * MEGABYTE);
  }

  private static long usedHeap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
