package org.lawu.examples;

import java.io.IOException;
import org.lawu.error.LawuException;
import org.lawu.examples.golden.GoldenCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line behind {@code ./lawu}: runs the examples and checks reference cases. */
@Command(
    name = "./lawu",
    description = "Deep learning in pure Java.",
    subcommands = {Main.Run.class, GoldenCommand.class, PredictCommand.class, InspectCommand.class})
public final class Main implements Runnable {
  /** Runs the examples by name. */
  @Command(
      name = "run",
      description = "Runs an example; ./lawu run NAME --help shows its options.",
      subcommands = {
        IrisExample.class,
        MnistExample.class,
        MnistCnnExample.class,
        Llama2cExample.class,
        FashionMnistExample.class,
        HousingExample.class,
        PurchaseExample.class,
        CustomLoopExample.class,
        TextBowExample.class,
        TextLstmExample.class,
        TextTransformerExample.class
      })
  static final class Run implements Runnable {
    @Override
    public void run() {
      listExamples();
    }
  }

  /** Without a command: what can be run. */
  @Override
  public void run() {
    listExamples();
    System.out.println("  ./lawu predict MODEL INPUT  predicts with a model that --save has saved");
    System.out.println("  ./lawu inspect MODEL        prints its layers and where it comes from");
    System.out.println(
        "  ./lawu golden DIR    checks a folder of reference cases computed by PyTorch");
    System.out.println("  ./lawu test          builds everything and runs all tests");
    System.out.println();
    System.out.println("Add --help to any of them for its options.");
  }

  private static void listExamples() {
    System.out.println("What can be run:");
    new CommandLine(new Run())
        .getSubcommands()
        .forEach((name, command) ->
            System.out.printf(
                "  ./lawu run %-16s %s%n",
                name, String.join(" ", command.getCommandSpec().usageMessage().description())));
  }

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    System.exit(commandLine(new Main()).execute(args));
  }

  /** A command whose faults that Lawu explains are printed as such. */
  static CommandLine commandLine(Object root) {
    var commandLine = new CommandLine(root);
    commandLine.setExecutionExceptionHandler((fault, command, result) -> {
      if (fault instanceof LawuException || fault instanceof IOException) {
        System.err.println("lawu: " + fault.getMessage());
        return 1;
      }
      throw fault;
    });
    return commandLine;
  }
}
