package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples as a user does: each in a process of its own. */
class ExamplesTest {

  private record Run(int status, List<String> lines) {
    double number(String before) {
      String line =
          lines.stream().filter(text -> text.startsWith(before)).findFirst().orElseThrow();
      return Double.parseDouble(line.substring(before.length()));
    }

    /** The number before an interval. */
    double auc(String before) {
      String line =
          lines.stream().filter(text -> text.startsWith(before)).findFirst().orElseThrow();
      String rest = line.substring(before.length());
      assertThat(rest).matches("0\\.\\d{4} \\(95%: 0\\.\\d{4} to 0\\.\\d{4}\\)");
      return Double.parseDouble(rest.substring(0, 6));
    }

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

  @Test
  void theHandWrittenLoopLearns(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("loop.html");
    Run run = run("run", "custom-loop", "--save", folder.toString(), "--report", page.toString());
    assertThat(run.accuracy()).isGreaterThanOrEqualTo(0.9);
    assertThat(page).content().contains("50 epochs", "Confusion matrix");
    Path flower = folder.resolve("flower.csv");
    Files.writeString(flower, "sepalLength,sepalWidth,petalLength,petalWidth\n5.1,3.5,1.4,0.2\n");
    assertThat(run("predict", folder.toString(), flower.toString()).lines().getLast())
        .contains("setosa");
  }

  /** Three epochs reach 0.76; the full example is the one to judge by. */
  @Test
  void housingLearns() throws Exception {
    Run run = run("run", "housing", "--epochs", "3");
    assertThat(run.lines()).last().asString().matches("test R2 0\\.\\d{4}");
    assertThat(run.number("test R2 ")).isGreaterThan(0.7);
  }

  /** Five epochs reach 0.72; the full example is the one to judge by. */
  @Test
  void purchaseLearnsAndItsModelJudgesOtherBaskets(@TempDir Path folder) throws Exception {
    Path save = folder.resolve("dessert");
    Run run =
        run(
            "run",
            "purchase",
            "--epochs",
            "5",
            "--save",
            save.toString(),
            "--report",
            report(save).toString());
    assertThat(run.lines().stream().filter(line -> line.strip().startsWith("dessert "))).hasSize(2);
    assertThat(run.auc("logistic regression AUC ")).isGreaterThan(0.64);
    assertThat(run.auc("test AUC ")).isGreaterThan(0.66);
    assertThat(report(save))
        .content()
        .contains("<h1>Will this customer buy a dessert?</h1>", "Confusion matrix", "ROC");

    Path baskets = folder.resolve("baskets.csv");
    try (var packed =
        new GZIPInputStream(Files.newInputStream(TestData.find("supermarket.csv.gz")))) {
      List<String> lines =
          new String(packed.readAllBytes(), StandardCharsets.UTF_8).lines().limit(4).toList();
      Files.write(baskets, lines);
    }
    Run predicted = run("predict", save.toString(), baskets.toString());
    assertThat(predicted.lines()).hasSize(3).allMatch(line -> line.contains("dessert 0."));
  }

  /** One epoch reaches 0.955; the full example is the one to judge by. */
  @Test
  void mnistLearnsTheSameToTheBitWithAnyNumberOfThreads(@TempDir Path folder) throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Run withOne = mnist(one, "1");
    Run withTwo = mnist(two, "2");
    assertThat(withOne.accuracy()).isGreaterThan(0.94).isEqualTo(withTwo.accuracy());
    assertThat(Files.readAllBytes(one.resolve("model.safetensors")))
        .isEqualTo(Files.readAllBytes(two.resolve("model.safetensors")));
    List<String> about = run("inspect", one.toString()).lines();
    assertThat(about)
        .contains(
            "101,770 parameters",
            "output        classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9",
            "command       ./lawu run mnist --epochs 1 --seed 3",
            "seed          3")
        .contains("test accuracy %.4f".formatted(withOne.accuracy()));
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

  /** Two epochs on fewer words; the full example is the one to judge by. */
  @Test
  void aBagOfWordsFindsSpam() throws Exception {
    Run run = run("run", "text-bow", "--epochs", "2", "--words", "1000");
    assertThat(run.lines().getLast())
        .matches("spam: precision [01]\\.\\d{4}  recall [01]\\.\\d{4}  F1 0\\.9\\d{3}");
  }

  /** Of the messages 87 % are no spam. */
  @Test
  void readersOfTextsFindSpam() throws Exception {
    assertThat(run("run", "text-lstm", "--epochs", "2", "--words", "40").accuracy())
        .isGreaterThan(0.93);
    assertThat(run("run", "text-transformer", "--epochs", "2", "--words", "40").accuracy())
        .isGreaterThan(0.93);
    assertThat(run("run", "text-lstm", "--data", "nowhere").lines().getLast())
        .startsWith("lawu: IMDB needs train/neg and train/pos, or train.tsv");
  }

  /**
   * Ten kinds of pictures, each bright in rows of its own; the full example is the one to judge.
   */
  @Test
  void fashionMnistLearns(@TempDir Path folder) throws Exception {
    writePictures(folder, "train", 400);
    writePictures(folder, "t10k", 100);
    Run run =
        run(
            "run",
            "fashion-mnist",
            "--data",
            folder.toString(),
            "--epochs",
            "4",
            "--batch-size",
            "20");

    assertThat(run.accuracy()).isGreaterThan(0.9);
  }

  private static void writePictures(Path folder, String part, int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * 28 * 28);
    images.putInt(0x0803).putInt(count).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
    var random = new Random(count);
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(10);
      labels.put((byte) label);
      for (int pixel = 0; pixel < 28 * 28; pixel++) {
        boolean bright = pixel / 28 / 2 == label + 2;
        images.put((byte) (random.nextInt(100) + (bright ? 150 : 0)));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
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
    assertThat(run("run", "mnist", "--save", "a.safetensors").lines().getFirst())
        .isEqualTo(
            "--save: a.safetensors is not a folder; give one, for model.safetensors to be put into");
    assertThat(run("predict", "nowhere", "some text").lines())
        .last()
        .isEqualTo("lawu: there is no model nowhere; make one with ./lawu run NAME --save DIR");
  }
}
