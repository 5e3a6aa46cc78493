package org.lawu.examples.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.lawu.testkit.OperationCases;
import org.lawu.testkit.ReferenceRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs every reference case in a folder. */
@Command(
    name = "golden",
    description =
        "Runs the reference cases in a folder and prints a line for each failure, and"
            + " N passed, M failed, K not covered.",
    mixinStandardHelpOptions = true)
public final class GoldenCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A folder of safetensors files with cases.")
  private Path folder = Path.of(".");

  /** All handlers that there are. */
  static ReferenceRunner runner() {
    return new ReferenceRunner(
        Map.of(
            "op", new OperationCases(),
            "layer", new LayerCases(),
            "loss", new LossCases(),
            "optimizer", new OptimizerCases(),
            "schedule", new ScheduleCases(),
            "training", new TrainingCases()));
  }

  /** The exit status: 1 if a case failed. */
  @Override
  public Integer call() throws IOException {
    return runner().run(folder, System.out::println).failed() == 0 ? 0 : 1;
  }
}
