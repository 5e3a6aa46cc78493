package org.lawu.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lawu.error.FormatException;
import org.lawu.nn.model.Gpt;
import org.lawu.nn.model.Sampling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A language model of the Llama family, trained elsewhere, writes a text. */
@Command(
    name = "llama2c",
    description = "A small Llama writes a text; any checkpoint of llama2.c will do.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class Llama2cExample implements Callable<Integer> {
  @Option(
      names = "--data",
      description =
          "A folder with model.bin and its tokenizer, tok*.bin; if there is a"
              + " golden_greedy_ids.txt, the tokens are compared with it (default: bundled).")
  private @Nullable Path data;

  @Option(names = "--tokens", description = "How many to write (default: as many as fit).")
  private @Nullable Integer tokens;

  @Option(
      names = "--temperature",
      description = "0 takes the best token each time, 1 draws with the model's probabilities.")
  private double temperature = 0;

  @Option(names = "--top-k", description = "Draws from this many tokens alone; 0 for all.")
  private int topK = 0;

  @Option(names = "--top-p", description = "Draws from the best tokens that reach this together.")
  private double topP = 1;

  @Option(names = "--seed", description = "Determines what is drawn.")
  private long seed = 1;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() throws IOException {
    compute.apply();
    Path folder = data != null ? data : BundledData.find("llama2c-260k");
    Gpt model = Llama2cCheckpoint.read(folder.resolve("model.bin"));
    var tokenizer = Llama2cTokenizer.read(tokenizerFile(folder), model.options().vocabulary());

    // Each token is read once; what attention needs of it later is kept in a cache.
    var sampling = new Sampling(temperature, topK, topP, seed);
    int count = tokens != null ? tokens : model.options().context();
    int[] previous = {Llama2cTokenizer.BEGIN};
    long start = System.nanoTime();
    int[] written =
        model.generate(
            previous.clone(),
            count,
            sampling,
            token -> {
              System.out.writeBytes(tokenizer.decode(previous[0], token));
              System.out.flush();
              previous[0] = token;
              return token != Llama2cTokenizer.BEGIN;
            });
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf("%n%n%d tokens, %.0f a second%n", written.length, written.length / seconds);
    System.out.println(
        "token ids "
            + Arrays.stream(written).mapToObj(Integer::toString).collect(Collectors.joining(" ")));

    Path golden = folder.resolve("golden_greedy_ids.txt");
    return temperature == 0 && Files.exists(golden) ? compare(written, golden) : 0;
  }

  private static Path tokenizerFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("tok.*\\.bin"))
          .min(Path::compareTo)
          .orElseThrow(() ->
              new FileNotFoundException(
                  "%s: there is no tokenizer, a file tok*.bin".formatted(folder)));
    }
  }

  /** Compares tokens with those of a file, as far as there are both; 1 if they differ. */
  private static int compare(int[] written, Path golden) throws IOException {
    int[] expected = ids(golden);
    int count = Math.min(written.length, expected.length);
    int difference = Arrays.mismatch(Arrays.copyOf(written, count), Arrays.copyOf(expected, count));
    if (difference < 0) {
      System.out.printf("all %d token ids are those of %s%n", count, golden.getFileName());
      return 0;
    }
    System.out.printf(
        "token %d is %d, in %s it is %d%n",
        difference, written[difference], golden.getFileName(), expected[difference]);
    return 1;
  }

  private static int[] ids(Path file) throws IOException {
    try {
      return Stream.of(Files.readString(file).strip().split("\\s+"))
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException fault) {
      throw new FormatException("%s: must hold whole numbers alone".formatted(file), fault);
    }
  }
}
