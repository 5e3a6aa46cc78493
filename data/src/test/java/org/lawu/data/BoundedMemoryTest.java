package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/** A JVM with a heap of 64 MB goes through files of 600 MB, which their packing hides. */
class BoundedMemoryTest {
  private static final int FILES = 3;
  private static final int LINES = 100_000;
  private static final String FILLER = " lorem ipsum".repeat(166);

  @TempDir private Path folder;

  /** The program that is run: as many numbers, and their sum, must come out as are in the files. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] names) {
      List<Path> files = List.of(names).stream().map(Path::of).toList();
      Pipeline<Batch> batches =
          Pipeline.lines(files)
              .filter(line -> !line.isBlank())
              .shuffle(2000, new Philox(1))
              .prefetch(100)
              .mapParallel(2, Reader::record)
              .batch(64)
              .map(Batch::concat)
              .prefetch(4);
      long records = 0;
      double sum = 0;
      long characters = 0;
      for (Batch batch : batches) {
        records += batch.size();
        sum += batch.labels().sum().item();
        characters += (long) batch.features().to(org.lawu.tensor.DType.FLOAT64).sum().item();
      }
      System.out.printf("%d records, sum %.0f, %d characters%n", records, sum, characters);
    }

    private static Batch record(String line) {
      int number = Integer.parseInt(line.substring(0, line.indexOf(' ')));
      float[] features = new float[256];
      features[0] = line.length();
      return new Batch(Tensor.of(features, 1, 256), Tensor.of(new double[] {number}));
    }
  }

  @Test
  void readsDataLargerThanTheHeap() throws IOException, InterruptedException {
    long characters = 0;
    Path[] files = new Path[FILES];
    for (int i = 0; i < FILES; i++) {
      files[i] = folder.resolve("part-" + i + ".txt.gz");
      try (Writer out = writer(files[i])) {
        for (int line = 0; line < LINES; line++) {
          String text = line + FILLER;
          characters += text.length();
          out.write(text);
          out.write('\n');
        }
      }
    }
    assertThat(characters).isGreaterThan(500_000_000);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                files[0].toString(),
                files[1].toString(),
                files[2].toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(output.strip())
        .isEqualTo(
            "%d records, sum %d, %d characters"
                .formatted(FILES * LINES, FILES * (LINES * (LINES - 1L) / 2), characters));
  }

  private static Writer writer(Path file) throws IOException {
    var packed =
        new GZIPOutputStream(Files.newOutputStream(file), 1 << 16) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        };
    return new OutputStreamWriter(packed, StandardCharsets.UTF_8);
  }
}
