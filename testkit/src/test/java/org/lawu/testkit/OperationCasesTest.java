package org.lawu.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lawu.internal.json.JsonValue.JsonNumber;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.internal.json.JsonValue.JsonString;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceResult.Failed;
import org.lawu.testkit.ReferenceResult.NotCovered;
import org.lawu.testkit.ReferenceResult.Passed;

/** Every operation gives the values and gradients that PyTorch gives. */
class OperationCasesTest {
  private static final int CASES = 67;

  private static List<Path> cases() throws IOException, URISyntaxException {
    Path folder = Path.of(OperationCasesTest.class.getResource("/golden").toURI());
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> agreesWithPyTorch() throws IOException, URISyntaxException {
    var runner = new ReferenceRunner(Map.of("op", new OperationCases()));
    return cases().stream()
        .map(file ->
            dynamicTest(
                file.getFileName().toString(),
                () -> assertThat(runner.run(file)).isEqualTo(new Passed())));
  }

  @Test
  void everyOperationHasItsCases() throws IOException, URISyntaxException {
    Set<String> operations = new TreeSet<>();
    for (Path file : cases()) {
      operations.add(ReferenceCase.read(file).description().string("op"));
    }
    assertThat(operations).isEqualTo(new OperationCases().operations());
    assertThat(cases()).hasSize(CASES);
  }

  private static ReferenceCase square(Tensor out, Tensor gradient) {
    return new ReferenceCase(
        "square",
        "op",
        new JsonObject(Map.of("op", new JsonString("square"), "args", new JsonObject(Map.of()))),
        Map.of(
            "in.0", Tensor.of(1f, 2f), "out", out, "cot", Tensor.of(1f, 1f), "grad.0", gradient));
  }

  @Test
  void noticesWrongValuesAndGradients() {
    var operations = new OperationCases();
    assertThat(operations.run(square(Tensor.of(1f, 4f), Tensor.of(2f, 4f))))
        .isEqualTo(new Passed());
    assertThat(operations.run(square(Tensor.of(1f, 4.1f), Tensor.of(2.5f, 4f))))
        .isEqualTo(
            new Failed(
                "out at [1] is 4.0, expected 4.099999904632568; grad.0 at [0] is 2.0, expected"
                    + " 2.5"));
    assertThat(operations.run(square(Tensor.of(Float.NaN, 4f), Tensor.of(2f, 4f))))
        .isEqualTo(new Failed("out at [0] is 1.0, expected NaN"));
    assertThat(operations.run(square(Tensor.of(1, 4), Tensor.of(2f, 4f))))
        .isEqualTo(new Failed("out is FLOAT32 [2], expected INT32 [2]"));
    assertThat(operations.run(square(Tensor.of(1f), Tensor.of(2f, 4f))))
        .isEqualTo(new Failed("out is FLOAT32 [2], expected FLOAT32 [1]"));
  }

  @Test
  void operationsThatDoNotExistAreNotCovered() {
    var description =
        new JsonObject(Map.of("op", new JsonString("erf"), "number", JsonNumber.of(1)));
    assertThat(new OperationCases().run(new ReferenceCase("erf", "op", description, Map.of())))
        .isEqualTo(new NotCovered("no operation erf"));
  }
}
