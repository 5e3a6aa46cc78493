package org.lawu.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lawu.data.Dataset;
import org.lawu.error.LawuException;
import org.lawu.tensor.Tensor;

/** A Java platform without the desktop module, as made by jlink, has all but picture files. */
class DesktopTest {

  /** What runs there. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws IOException {
      Dataset dataset =
          Dataset.of(Tensor.ones(1, 1, 4, 4), Tensor.of(0)).augment(new RandomHorizontalFlip());
      System.out.println(Images.resize(dataset.features(), 2, 2).sum().item());
      try {
        ImageFolder.open(Path.of("."), ImagePreprocessing.rgb(2, 2));
      } catch (LawuException fault) {
        System.out.println(fault.getMessage());
      }
      try {
        ImageFiles.read(Path.of("a.png"));
      } catch (LawuException fault) {
        System.out.println(fault.getMessage());
      }
    }
  }

  @Test
  void saysWhatToDo() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base,java.net.http,java.management,java.xml,java.logging",
                "-Dlawu.kernels=scalar",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    String advice =
        "image files: the module java.desktop, which reads them, is not there; write 'requires"
            + " java.desktop;' in module-info.java, start with --add-modules java.desktop, or add it"
            + " to the run-time image";

    assertThat(output.lines()).endsWith("4.0", advice, advice);
    assertThat(process.waitFor()).isZero();
  }
}
