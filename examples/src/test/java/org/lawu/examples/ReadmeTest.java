package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program and the loop in the README compile as they stand. */
class ReadmeTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?void main\\(.*?)```", Pattern.DOTALL);

  private static final Pattern LOOP =
      Pattern.compile("```java\n(var optimizer.*?)```", Pattern.DOTALL);

  @Test
  void theProgramCompiles(@TempDir Path folder) throws Exception {
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(program.find()).isTrue();
    Path source = folder.resolve("Train.java");
    Files.writeString(source, program.group(1));
    assertThat(Compilation.faults(source, folder)).isEmpty();
  }

  /** In place of the trainer, with the imports that the README names. */
  @Test
  void theLoopCompiles(@TempDir Path folder) throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    Matcher program = PROGRAM.matcher(readme);
    assertThat(program.find()).isTrue();
    Matcher loop = LOOP.matcher(readme);
    assertThat(loop.find()).isTrue();
    String start = program.group(1);
    Path source = folder.resolve("Loop.java");
    Files.writeString(
        source,
        "import org.lawu.random.Philox;\nimport org.lawu.tensor.Tensor;\n"
            + start.substring(0, start.indexOf("  var trainer"))
            + loop.group(1)
            + "}\n");
    assertThat(Compilation.faults(source, folder)).isEmpty();
  }
}
