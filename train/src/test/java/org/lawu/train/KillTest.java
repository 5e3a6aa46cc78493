package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.io.Safetensors;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;

/**
 * A training that is killed at random moments and started again comes to the same numbers, to the
 * bit. {@code -Dlawu.kills=50} for another number of kills than 5.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("lawu.kills", 5);

  @TempDir private Path folder;

  /** Seeded by the clock: other moments in every run of the suite. */
  private final Philox random = new Philox(System.nanoTime());

  /** How often a kill fell where. */
  private final Map<String, Integer> places = new TreeMap<>();

  private final int epochs = 8 + 4 * KILLS;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void killedAtRandomMomentsItComesToTheSameNumbers() throws Exception {
    Path expected = folder.resolve("expected.safetensors");
    Path words = folder.resolve("words");
    Process whole = start(folder.resolve("whole"), expected, words);
    awaitFirstStep(whole, words);
    long start = System.nanoTime();
    assertThat(whole.waitFor()).as(Files.readString(words)).isZero();
    long milliseconds = (System.nanoTime() - start) / 1_000_000;

    int kills = 0;
    for (int training = 0; kills < KILLS; training++) {
      Path run = folder.resolve("run" + training);
      Path out = folder.resolve("out%d.safetensors".formatted(training));
      int before = kills;
      // Each life gets about its part of the time that is left.
      long life = Math.max(10, 2 * milliseconds / KILLS);
      int steps = 0;
      while (kills < KILLS && !Files.exists(out)) {
        kills += live(run, out, words, life);
        steps = newestIsWhole(run, steps);
      }
      Process last = start(run, out, words);
      assertThat(last.waitFor()).as(Files.readString(words)).isZero();
      assertThat(tensors(out)).isEqualTo(tensors(expected));
      System.out.printf(
          "training %d: killed %d times, the same %d tensors%n",
          training + 1, kills - before, tensors(out).size());
    }
    System.out.printf("%d kills: %s%n", kills, places);
  }

  private static Map<String, Tensor> tensors(Path file) throws IOException {
    return Safetensors.read(file).tensors();
  }

  /** Starts the training and kills it; 0 if it ended before. */
  private int live(Path run, Path out, Path words, long life) throws Exception {
    Process process = start(run, out, words);
    // One in five dies anywhere from its start on, the others while they train.
    if (random.nextInt(5) > 0) {
      awaitFirstStep(process, words);
      Thread.sleep(random.nextLong(life));
    } else {
      Thread.sleep(random.nextLong(600));
    }
    process.destroyForcibly();
    if (process.waitFor() == 0) {
      return 0;
    }
    places.merge(place(run, Files.readString(words)), 1, Integer::sum);
    return 1;
  }

  private static String place(Path run, String told) throws IOException {
    if (Files.exists(run)) {
      try (var files = Files.list(run)) {
        if (files.anyMatch(file -> file.toString().endsWith(".tmp"))) {
          return "while writing a file";
        }
      }
    }
    if (told.isEmpty()) {
      return "before the first step";
    }
    return told.charAt(told.length() - 1) == KilledTraining.STEP
        ? "in or after a step"
        : "in or after validation";
  }

  /** Every checkpoint there is whole, and the newest no older than before. */
  private static int newestIsWhole(Path run, int before) throws IOException {
    int newest = 0;
    if (Files.exists(run)) {
      try (var files = Files.list(run)) {
        for (Path file : files.toList()) {
          if (String.valueOf(file.getFileName()).startsWith("checkpoint")) {
            newest = Math.max(newest, Checkpoint.read(file).steps());
          }
        }
      }
    }
    assertThat(newest).isGreaterThanOrEqualTo(before);
    return newest;
  }

  private static void awaitFirstStep(Process process, Path words) throws Exception {
    while (process.isAlive() && Files.readString(words).indexOf(KilledTraining.STEP) < 0) {
      Thread.sleep(2);
    }
  }

  private Process start(Path run, Path out, Path words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String kernels = System.getProperty("lawu.kernels", "");
    if (!kernels.isEmpty()) {
      command.add("-Dlawu.kernels=" + kernels);
    }
    if (kernels.equals("vector")) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    command.addAll(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledTraining.class.getName(),
            run.toString(),
            out.toString(),
            "" + epochs));
    Files.deleteIfExists(words);
    Files.createFile(words);
    return new ProcessBuilder(command)
        .redirectOutput(words.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
