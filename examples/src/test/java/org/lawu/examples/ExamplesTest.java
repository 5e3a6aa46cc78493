package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples as a user does: each in a process of its own. */
class ExamplesTest {

  private record Run(int status, List<String> lines) {
    double accuracy() {
      assertThat(lines.getLast()).matches("test accuracy [01]\\.\\d{4}");
      return Double.parseDouble(lines.getLast().substring("test accuracy ".length()));
    }
  }

  private static Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-modules"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dlawu.root=..",
            "-Dlawu.kernels=" + System.getProperty("lawu.kernels", "auto"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.start();
    List<String> lines;
    try (InputStream in = process.getInputStream()) {
      lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("WARNING"))
              .toList();
    }
    return new Run(process.waitFor(), lines);
  }

  @Test
  void irisLearns() throws Exception {
    assertThat(run("run", "iris").accuracy()).isGreaterThanOrEqualTo(0.95);
  }

  /** One epoch reaches 0.955; the full example is the one to judge by. */
  @Test
  void mnistLearnsTheSameToTheBitWithAnyNumberOfThreads(@TempDir Path folder) throws Exception {
    Path one = folder.resolve("one.safetensors");
    Path two = folder.resolve("two.safetensors");
    Run withOne = mnist(one, "1");
    Run withTwo = mnist(two, "2");
    assertThat(withOne.accuracy()).isGreaterThan(0.94).isEqualTo(withTwo.accuracy());
    assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
    assertThat(report(one))
        .content()
        .contains("<h1>Handwritten digits</h1>", "Confusion matrix", "Worst mistakes", "SHA-256");
  }

  private static Path report(Path save) {
    return save.resolveSibling(save.getFileName() + ".html");
  }

  private static Run mnist(Path save, String threads) throws Exception {
    return run(
        "run",
        "mnist",
        "--epochs",
        "1",
        "--seed",
        "3",
        "--threads",
        threads,
        "--save",
        save.toString(),
        "--report",
        report(save).toString());
  }

  @Test
  void aLlamaWritesWhatItWritesElsewhere() throws Exception {
    Run run = run("run", "llama2c");
    assertThat(run.status()).isZero();
    assertThat(run.lines().getFirst()).startsWith("\"Echoes of vectors unfold, a gentle hum of");
    assertThat(run.lines())
        .last()
        .isEqualTo("all 128 token ids are those of golden_greedy_ids.txt");
    assertThat(run("run", "llama2c", "--tokens", "129").lines())
        .last()
        .isEqualTo(
            "lawu: generate: a prompt of 1 tokens and 129 more do not fit in the context of 128;"
                + " ask for at most 128");
  }

  @Test
  void withoutArgumentsItListsWhatCanBeRun() throws Exception {
    Run run = run();
    assertThat(run.status()).isZero();
    assertThat(String.join("\n", run.lines())).contains("./lawu run iris", "./lawu run mnist");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    Run missing = run("run", "mnist", "--data", "nowhere");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.lines().getFirst()).startsWith("lawu: MNIST needs train-images-idx3-ubyte");
    assertThat(run("run", "mnist", "--epochs", "0").lines())
        .last()
        .isEqualTo("lawu: fit: epochs must be at least 1, got 0");
    assertThat(run("run", "nonsense").status()).isNotZero();
  }
}
