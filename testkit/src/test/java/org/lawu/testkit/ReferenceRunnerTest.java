package org.lawu.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.io.Safetensors;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceResult.Failed;
import org.lawu.testkit.ReferenceResult.NotCovered;
import org.lawu.testkit.ReferenceResult.Passed;

class ReferenceRunnerTest {
  @TempDir Path folder;

  private Path write(String name, String description) throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    Safetensors.write(
        file, Map.of("x.0", Tensor.of(1f), "x.1", Tensor.of(2f)), Map.of("case", description));
    return file;
  }

  private static String description(String name, String kind) {
    return "{\"name\":\"%s\",\"kind\":\"%s\"}".formatted(name, kind);
  }

  @Test
  void runsAFolderInTheOrderOfNames() throws IOException {
    write("c", description("c", "op"));
    write("b", description("b", "op"));
    write("a", description("a", "layer"));
    write("d", description("d", "loss"));
    write("e", description("e", "nonsense"));
    write("f", "[]");
    write("g", "{\"name\":\"g\"}");
    Path h = write("h", description("h", "op"));
    Files.write(h, new byte[] {1, 2, 3});
    Path i = folder.resolve("i.safetensors");
    Safetensors.write(i, Map.of());
    Files.writeString(folder.resolve("README.md"), "not a case");

    List<String> ran = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    ReferenceHandler operations =
        reference -> {
          ran.add(reference.name());
          return reference.name().equals("c") ? new Failed("out differs") : new Passed();
        };
    ReferenceHandler layers =
        reference -> {
          throw new IllegalStateException("broken");
        };
    var runner = new ReferenceRunner(Map.of("op", operations, "layer", layers));
    ReferenceSummary summary = runner.run(folder, lines::add);

    assertThat(ran).containsExactly("b", "c");
    assertThat(lines)
        .containsExactly(
            "FAILED a.safetensors: broken",
            "FAILED c.safetensors: out differs",
            "FAILED e.safetensors: unknown kind nonsense",
            "FAILED f.safetensors: %s, case: must be a JSON object"
                .formatted(folder.resolve("f.safetensors")),
            "FAILED g.safetensors: %s, case: member \"kind\" is missing; there are [name]"
                .formatted(folder.resolve("g.safetensors")),
            ("FAILED h.safetensors: %s: 3 bytes are too few for a safetensors file, which starts"
                    + " with 8 bytes of length")
                .formatted(h),
            "FAILED i.safetensors: %s, __metadata__: \"case\" is missing; this is no case"
                .formatted(i),
            "1 passed, 7 failed, 1 not covered");
    assertThat(summary.results())
        .hasSize(9)
        .containsEntry("b.safetensors", new Passed())
        .containsEntry("d.safetensors", new NotCovered("no cases of kind loss"));
    assertThat(summary).hasToString("1 passed, 7 failed, 1 not covered");
  }

  @Test
  void unreadableFilesFail() {
    var runner = new ReferenceRunner(Map.of());
    Path missing = folder.resolve("missing.safetensors");
    assertThat(runner.run(missing)).isEqualTo(new Failed(missing + ": no such file"));
    assertThatThrownBy(() -> runner.run(missing, line -> {})).isInstanceOf(IOException.class);
  }

  @Test
  void givesTensorsByNameAndByPrefix() throws IOException {
    var reference = ReferenceCase.read(write("a", description("a", "op")));
    assertThat(reference.tensor("x.1")).isEqualTo(Tensor.of(2f));
    assertThat(reference.tensors("x")).containsExactly(Tensor.of(1f), Tensor.of(2f));
    assertThat(reference.tensors("y")).isEmpty();
    assertThatThrownBy(() -> reference.tensor("y"))
        .hasMessageStartingWith("tensor \"y\" is missing; there are [x.");
  }

  @Test
  void comparesNumbers() throws IOException {
    var reference = ReferenceCase.read(write("a", description("a", "training")));
    assertThat(new ReferenceComparison(reference).agrees("loss", 1.000001, 1).result())
        .isEqualTo(new Passed());
    assertThat(new ReferenceComparison(reference, 0, 1e-9).agrees("loss", 1.1, 1).result())
        .isEqualTo(new Failed("loss is 1.1, expected 1.0"));
  }
}
