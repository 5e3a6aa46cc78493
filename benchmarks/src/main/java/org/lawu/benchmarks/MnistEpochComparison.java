package org.lawu.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times one epoch of the MNIST example in Lawu and in PyTorch: the two run in turn, each round in a
 * new process, so that both meet the same state of the machine, and medians are compared.
 */
final class MnistEpochComparison {
  private static final int BATCH_SIZE = 32;
  private static final int ROUNDS = 3;
  private static final int EPOCHS = 3;

  private final Path root;
  private final Path data;

  MnistEpochComparison(Path root) {
    this.root = root;
    this.data = root.resolve("examples/data/mnist");
  }

  void run(int[] threadCounts, boolean withPyTorch) throws IOException, InterruptedException {
    System.out.printf(
        "MNIST, one epoch of training, batch size %d: seconds, median of %d epochs in %d rounds%n",
        BATCH_SIZE, ROUNDS * EPOCHS, ROUNDS);
    for (int threads : threadCounts) {
      List<Double> lawu = new ArrayList<>();
      List<Double> pytorch = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        lawu.addAll(seconds(lawuCommand(threads), threads));
        if (withPyTorch) {
          pytorch.addAll(seconds(pytorchCommand(threads), threads));
        }
      }
      System.out.printf("threads %d  lawu %s", threads, spread(lawu));
      if (withPyTorch) {
        System.out.printf(
            "  pytorch-2.10-mkl %s  ratio %.2f", spread(pytorch), median(pytorch) / median(lawu));
      }
      System.out.println();
    }
  }

  private List<String> lawuCommand(int threads) {
    return command(
        List.of("--add-modules", "jdk.incubator.vector"),
        System.getProperty("java.class.path"),
        MnistEpoch.class.getName(),
        threads);
  }

  private List<String> pytorchCommand(int threads) throws IOException {
    Path target = root.resolve("benchmarks/peers/target");
    String classPath =
        target.resolve("classes")
            + File.pathSeparator
            + Files.readString(target.resolve("classpath.txt")).strip();
    return command(
        List.of("--enable-native-access=ALL-UNNAMED", "-Dorg.bytedeco.openblas.load=mkl"),
        classPath,
        "org.lawu.benchmarks.peers.PyTorchMnistEpoch",
        threads);
  }

  private List<String> command(
      List<String> options, String classPath, String mainClass, int threads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            classPath,
            mainClass,
            data.toString(),
            Integer.toString(BATCH_SIZE),
            Integer.toString(threads),
            Integer.toString(EPOCHS)));
    return command;
  }

  private static List<Double> seconds(List<String> command, int threads)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    // MKL and OpenMP have a thread pool each, which must not fight over the processors.
    builder.environment().put("MKL_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    Process process = builder.start();
    List<Double> seconds =
        process.inputReader().lines().map(String::strip).map(Double::valueOf).toList();
    if (process.waitFor() != 0 || seconds.size() != EPOCHS) {
      throw new IOException("the benchmark process failed: " + String.join(" ", command));
    }
    return seconds;
  }

  private static String spread(List<Double> seconds) {
    double[] sorted = sorted(seconds);
    return "%.3f (%.3f to %.3f)".formatted(median(seconds), sorted[0], sorted[sorted.length - 1]);
  }

  private static double median(List<Double> seconds) {
    double[] sorted = sorted(seconds);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double[] sorted(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
