package org.lawu.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code ./lawu bench} starts: {@code mnist-epoch} compares an epoch of training with
 * PyTorch's, {@code checkpoint} training with and without gradient checkpointing; anything else
 * goes to JMH.
 */
public final class Main {
  private Main() {}

  /** Runs the benchmarks that the arguments name; {@code -h} lists the options of JMH. */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("checkpoint")) {
      new CheckpointComparison().run();
      return;
    }
    if (args.length == 0 || !args[0].equals("mnist-epoch")) {
      org.openjdk.jmh.Main.main(args);
      return;
    }
    List<String> options = Arrays.asList(args);
    int[] threads =
        Arrays.stream(option(options, "--threads", "1,2").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    boolean withPyTorch = option(options, "--peers", "none").equals("pytorch");
    var root = Path.of(System.getProperty("lawu.root", "."));
    new MnistEpochComparison(root).run(threads, withPyTorch);
  }

  private static String option(List<String> options, String name, String otherwise) {
    int at = options.indexOf(name);
    return at < 0 || at == options.size() - 1 ? otherwise : options.get(at + 1);
  }
}
