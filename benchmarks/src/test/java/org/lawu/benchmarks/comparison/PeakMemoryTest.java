package org.lawu.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeakMemoryTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void rowHasMegabytesAndTheirRatio() {
    assertThat(new PeakMemory.Row("step-b1", 30 * MEGABYTE, 20 * MEGABYTE))
        .hasToString("| step-b1 | 30.0 | 20.0 | 1.50 |");
  }

  @Test
  void rowWithoutPeerHasNoRatio() {
    assertThat(new PeakMemory.Row("step-b1", MEGABYTE / 4, null))
        .hasToString("| step-b1 | 0.3 | | |");
  }
}
