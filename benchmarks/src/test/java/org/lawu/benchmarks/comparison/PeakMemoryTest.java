package org.lawu.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.benchmarks.workload.Workload;

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

  @Test
  void namesAreArgumentsOrListsOfThem() {
    assertThat(PeakMemory.workloads(List.of("mnist-mlp-step-b32,mnist-cnn-*", "resnet-*")))
        .extracting(Workload::name)
        .contains("mnist-mlp-step-b32", "mnist-cnn-step-b64", "resnet-block-step-b32")
        .doesNotContain("mnist-mlp-step-b128");
    assertThat(PeakMemory.workloads(List.of()))
        .isNotEmpty()
        .allSatisfy(workload -> assertThat(workload.name()).contains("-step-"));
  }

  @Test
  void unknownNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeakMemory.workloads(List.of("mnist-mlp-step-b32,nothing")))
        .withMessageContaining("no workload 'nothing'");
  }
}
