package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README compiles as it stands. */
class ReadmeTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?void main\\(.*?)```", Pattern.DOTALL);

  @Test
  void theProgramCompiles(@TempDir Path folder) throws Exception {
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(program.find()).isTrue();
    Path source = folder.resolve("Train.java");
    Files.writeString(source, program.group(1));
    assertThat(Compilation.faults(source, folder)).isEmpty();
  }
}
