package org.lawu.examples.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.io.Safetensors;
import org.lawu.io.SafetensorsFile;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceSummary;

class GoldenTest {
  private static final Path CASES = Path.of("src", "test", "resources", "golden");

  @Test
  void everyBundledCasePasses() throws IOException {
    List<String> lines = new ArrayList<>();
    ReferenceSummary summary = GoldenCommand.runner().run(CASES, lines::add);
    long files;
    try (var entries = Files.list(CASES)) {
      files = entries.filter(file -> file.toString().endsWith(".safetensors")).count();
    }
    assertThat(files).isPositive();
    assertThat(lines).containsExactly(files + " passed, 0 failed, 0 not covered");
    assertThat(summary.passed()).isEqualTo(files);
  }

  @Test
  void aWrongResultFails(@TempDir Path folder) throws IOException {
    for (String name : List.of("layer-dense", "loss-mse-mean", "optim-adam", "training-mlp-adam")) {
      spoil(CASES.resolve(name + ".safetensors"), folder.resolve(name + ".safetensors"));
    }
    List<String> lines = new ArrayList<>();
    GoldenCommand.runner().run(folder, lines::add);
    assertThat(lines).hasSize(5).last().isEqualTo("0 passed, 4 failed, 0 not covered");
    assertThat(lines.getFirst()).startsWith("FAILED layer-dense.safetensors: ");
  }

  /** Adds a little to everything that is a result. */
  private static void spoil(Path from, Path to) throws IOException {
    SafetensorsFile file = Safetensors.read(from);
    var tensors = new LinkedHashMap<String, Tensor>();
    file.tensors()
        .forEach((name, tensor) ->
            tensors.put(name, name.matches("(out|value|final).*") ? tensor.add(0.01) : tensor));
    Safetensors.write(to, tensors, file.metadata());
  }
}
