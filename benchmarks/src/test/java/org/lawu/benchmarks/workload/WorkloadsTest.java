package org.lawu.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

  @Test
  void namesAreUnique() {
    List<String> names = Workloads.all().stream().map(Workload::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    for (String name : names) {
      assertThat(Workloads.matching(name)).extracting(Workload::name).containsExactly(name);
    }
  }

  @Test
  void starStandsForAnything() {
    assertThat(Workloads.matching("*")).isEqualTo(Workloads.all());
    assertThat(Workloads.matching("encoder-*-b8"))
        .extracting(Workload::name)
        .containsExactly("encoder-forward-b8", "encoder-train-step-b8");
  }

  @Test
  void namesAreArgumentsOrListsOfThem() {
    assertThat(Workloads.steps(List.of("mnist-mlp-step-b32,mnist-cnn-*", "resnet-*")))
        .extracting(Workload::name)
        .contains("mnist-mlp-step-b32", "mnist-cnn-step-b64", "resnet-block-step-b32")
        .doesNotContain("mnist-mlp-step-b128");
    assertThat(Workloads.steps(List.of()))
        .isNotEmpty()
        .allSatisfy(workload -> assertThat(workload.name()).contains("-step-"));
  }

  @Test
  void unknownNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workloads.steps(List.of("mnist-mlp-step-b32,nothing")))
        .withMessageContaining("no workload 'nothing'");
  }

  @Test
  void numbersDependOnTheSeedAlone() {
    assertThat(Numbers.symmetric(7, 3)).isEqualTo(Numbers.symmetric(7, 3));
    assertThat(Numbers.symmetric(7, 3)).isNotEqualTo(Numbers.symmetric(8, 3));
    assertThat(Numbers.whole(1, 1000, 10)).contains(0, 9).doesNotContain(10);
    assertThat(Numbers.meanMagnitude(new float[] {-3, 1})).isEqualTo(2);
  }

  @Test
  void weightsAreThoseOfAFreshNetwork() {
    assertThat(Weights.of("layers.0.norm1.weight", 3)).containsOnly(1);
    assertThat(Weights.of("layers.0.norm1.bias", 3)).containsOnly(0);
    float[] weight = Weights.of("0.weight", 128, 400);
    assertThat(weight).hasSize(128 * 400);
    // Uniform to 1/20: half of that on average.
    assertThat(Numbers.meanMagnitude(weight)).isCloseTo(0.025, within(0.0005));
  }
}
