package org.lawu.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.benchmarks.workload.Workload;

class OptionsTest {

  private static List<String> names(Options options) {
    return options.workloads().stream().map(Workload::name).toList();
  }

  @Test
  void withoutArgumentsLawuRunsTheWholeTableAlone() {
    Options options = Options.parse(List.of());
    assertThat(names(options))
        .hasSizeGreaterThan(30)
        .contains("sgemm-64", "mnist-mlp-cold-start")
        .doesNotContain("mnist-epoch");
    assertThat(options.threads()).containsExactly(1, 2);
    assertThat(options.peers()).isEmpty();
    assertThat(options.json()).isNull();
    assertThat(options.rounds()).isEqualTo(7);
  }

  @Test
  void readsAllOptions() {
    Options options =
        Options.parse(
            List.of(
                "--workloads", "exp-4M,sgemm-32x*,exp-4M",
                "--threads", "2",
                "--peers", "onnxruntime,pytorch",
                "--json", "out.json",
                "--rounds", "3"));
    assertThat(names(options)).containsExactly("exp-4M", "sgemm-32x784x128", "sgemm-32x784x128-tb");
    assertThat(options.threads()).containsExactly(2);
    assertThat(options.peers()).containsExactly(Peer.ONNXRUNTIME, Peer.PYTORCH, Peer.PYTORCH_FTZ);
    assertThat(options.json()).isEqualTo(Path.of("out.json"));
    assertThat(options.rounds()).isEqualTo(3);
  }

  @Test
  void noPeers() {
    assertThat(Options.parse(List.of("--peers", "none")).peers()).isEmpty();
  }

  @Test
  void refusesWhatIsUnknown() {
    assertThatThrownBy(() -> Options.parse(List.of("--fast", "yes")))
        .hasMessage("bench: there is no option '--fast'; see ./lawu bench --help");
    assertThatThrownBy(() -> Options.parse(List.of("--threads")))
        .hasMessage("bench: --threads needs a value; see ./lawu bench --help");
    assertThatThrownBy(() -> Options.parse(List.of("--peers", "numpy")))
        .hasMessage(
            "bench: there is no peer 'numpy'; the peers are pytorch, tensorflow, onnxruntime,"
                + " dl4j, netlib, or none");
    assertThatThrownBy(() -> Options.parse(List.of("--workloads", "sgemm")))
        .hasMessageStartingWith(
            "bench: there is no workload 'sgemm'; the workloads are sgemm-64, sgemm-127,");
  }

  @Test
  void refusesNumbersBelowOne() {
    assertThatThrownBy(() -> Options.parse(List.of("--threads", "1,0")))
        .hasMessage("bench: --threads: '0' is not a whole number from 1");
    assertThatThrownBy(() -> Options.parse(List.of("--rounds", "many")))
        .hasMessage("bench: --rounds: 'many' is not a whole number from 1");
  }
}
