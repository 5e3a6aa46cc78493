package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the tutorial is that of a program, which compiles, runs, and says what is shown. */
class TutorialTest {
  private static final Path PROGRAM =
      Path.of("..", "consumer", "src", "main", "java", "org", "example", "consumer");
  private static final Pattern BLOCK = Pattern.compile("```(java|text)\n(.*?)```", Pattern.DOTALL);

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("..", "docs", "tutorial.md")))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> stripped(block.group(2)))
        .toList();
  }

  @Test
  void everyBlockIsPartOfTheProgramInThisOrder() throws IOException {
    String program = stripped(Files.readString(PROGRAM.resolve("SpamFilter.java")));
    List<String> blocks = blocks("java");
    assertThat(blocks).hasSizeGreaterThan(5);
    assertThat(program).containsSubsequence(blocks);
  }

  @Test
  void theProgramCompilesAndPrintsWhatTheTutorialShows(@TempDir Path folder) throws Exception {
    assertThat(Compilation.faults(PROGRAM.resolve("SpamFilter.java"), folder)).isEmpty();

    Path output = folder.resolve("output.txt");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + System.getProperty("path.separator") + Compilation.CLASS_PATH,
                "org.example.consumer.SpamFilter",
                Path.of("data", "sms-spam.tsv.gz").toString(),
                folder.resolve("spam.safetensors").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    String printed = stripped(Files.readString(output));
    for (String shown : blocks("text")) {
      assertThat(printed).contains(shown.strip());
    }
  }
}
