package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.train.model.SavedModel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where an example saves its model. */
final class SaveOptions {
  /** The name of the file in the folder. */
  static final String FILE = "model.safetensors";

  /** Options that do not change the model. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("--save", "--report", "--threads");

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  private @Nullable Path folder;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description = "A folder to save the model in, for ./lawu predict.")
  void folder(Path path) {
    boolean isFile = Files.exists(path) && !Files.isDirectory(path);
    if (isFile || path.toString().endsWith(".safetensors")) {
      throw new ParameterException(
          command().commandLine(),
          "--save: %s is not a folder; give one, for %s to be put into".formatted(path, FILE));
    }
    folder = path;
  }

  private CommandSpec command() {
    return Objects.requireNonNull(command, "set by picocli");
  }

  /**
   * Saves the model, if that is asked for.
   *
   * @param model is made only then, since fingerprints of the data take time
   */
  void save(Supplier<SavedModel> model) throws IOException {
    if (folder == null) {
      return;
    }
    Files.createDirectories(folder);
    SavedModel made = model.get();
    Path file = folder.resolve(FILE);
    made.provenance(made.provenance().note("command", commandLine())).save(file);
    System.out.println("saved " + file);
  }

  /** What to type for the same model. */
  private String commandLine() {
    List<String> words = new ArrayList<>(List.of("./lawu run", command().name()));
    for (OptionSpec option : command().commandLine().getParseResult().matchedOptions()) {
      if (!WITHOUT_EFFECT.contains(option.longestName())) {
        words.add(option.longestName());
        words.addAll(option.originalStringValues());
      }
    }
    return String.join(" ", words);
  }
}
