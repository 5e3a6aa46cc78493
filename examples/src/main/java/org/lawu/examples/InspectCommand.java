package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lawu.train.model.Preprocessings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what is known about a saved model. */
@Command(
    name = "inspect",
    description = "Prints the layers of a saved model, and where it comes from.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  private final Preprocessings preprocessings;

  @Parameters(
      paramLabel = "MODEL",
      description = "A saved model, or the folder that --save was given.")
  private Path model = Path.of("");

  InspectCommand() {
    this(Preprocessings.standard());
  }

  InspectCommand(Preprocessings preprocessings) {
    this.preprocessings = preprocessings;
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(SavedModels.read(model, preprocessings).describe());
    return 0;
  }
}
