package org.lawu.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TimerTest {

  private static final class Sleeper implements Step {
    private final long nanoseconds;
    private int runs;

    Sleeper(long nanoseconds) {
      this.nanoseconds = nanoseconds;
    }

    @Override
    public void run() {
      runs++;
      long end = System.nanoTime() + nanoseconds;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
    }

    @Override
    public double check() {
      return 0;
    }
  }

  @Test
  void runsAtLeastOnce() {
    var step = new Sleeper(2_000_000);
    Timer.Block block = new Timer(step).measure(0);
    assertThat(block.runs()).isEqualTo(1);
    assertThat(block.mean()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void givesTheMeanOfAllRuns() {
    var step = new Sleeper(1_000_000);
    Timer.Block block = new Timer(step).measure(20);
    assertThat(block.runs()).isEqualTo(step.runs).isBetween(2, 20);
    assertThat(block.mean() * block.runs()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void warmsUpWithTenRunsOrMore() {
    var step = new Sleeper(50_000_000);
    new Timer(step).warmUp(0);
    assertThat(step.runs).isGreaterThanOrEqualTo(10);
  }
}
