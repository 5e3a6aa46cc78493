package org.lawu.train.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Safetensors;
import org.lawu.optim.WeightAverage;
import org.lawu.tensor.Tensor;
import org.lawu.train.Callback;
import org.lawu.train.Checkpoint;
import org.lawu.train.CheckpointFolder;
import org.lawu.train.Training;

/** Three steps an epoch. */
class CheckpointsTest {
  @TempDir private Path folder;

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Scripted scripted(int epochs) {
    return new Scripted("accuracy", new double[epochs]);
  }

  private static String file(int step) {
    return "checkpoint-%08d.safetensors".formatted(step);
  }

  private static Map<String, Tensor> values(Scripted scripted) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    scripted
        .model
        .namedParameters()
        .forEach((name, parameter) -> values.put(name, parameter.value()));
    return values;
  }

  // ---- when

  @Test
  void theLastThreeEpochsAreKept() throws IOException {
    scripted(5).fit(new Checkpoints(folder));
    assertThat(files()).containsExactly(file(9), file(12), file(15));
    Checkpoint newest = new CheckpointFolder(folder).newest().orElseThrow();
    assertThat(newest).hasToString("Checkpoint[epoch 5, step 15]");
    assertThat(newest.seed()).isEqualTo(1);
  }

  @Test
  void stepsComeBesidesEpochs() throws IOException {
    scripted(3).fit(new Checkpoints(folder).everySteps(2).keep(99));
    assertThat(files()).containsExactly(file(2), file(3), file(4), file(6), file(8), file(9));
  }

  @Test
  void epochsCanBeLeftOutButTheLast() throws IOException {
    scripted(5).fit(new Checkpoints(folder).everyEpochs(2));
    assertThat(files()).containsExactly(file(6), file(12), file(15));
  }

  @Test
  void aStopMakesAnEpochTheLast() throws IOException {
    var stopping = new EarlyStopping("accuracy").patience(2);
    scripted(9).fit(new Checkpoints(folder.resolve("a/b")).everyEpochs(9), stopping);
    assertThat(folder.resolve("a/b").resolve(file(9))).exists();
  }

  @Test
  void anyCallbackCanTakeOne() throws IOException {
    List<Checkpoint> taken = new ArrayList<>();
    Callback own =
        new Callback() {
          @Override
          public void stepped(Training training) {
            if (training.steps() == 4) {
              training.checkpoint(taken::add);
            }
          }
        };
    scripted(2).fit(own);
    assertThat(taken.toString()).isEqualTo("[Checkpoint[epoch 2, step 4]]");
    taken.getFirst().write(folder.resolve(file(4)));
    var resumed = scripted(2);
    resumed.fit(resumed.settings().resume(folder));
    var whole = scripted(2);
    whole.fit();
    assertThat(values(resumed)).isEqualTo(values(whole));
  }

  // ---- the best

  @Test
  void theBestModelIsLoadedAsOne() throws IOException {
    var whole = new Scripted("accuracy", 0.1, 0.9, 0.8, 0.9);
    List<Map<String, Tensor>> epochs = new ArrayList<>();
    Callback remember =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            epochs.add(values(whole));
          }
        };
    whole.fit(new Checkpoints(folder).best("accuracy"), remember);
    var best = scripted(1);
    best.model.load(folder.resolve("best.safetensors"));
    assertThat(values(best)).isEqualTo(epochs.get(1));
  }

  @Test
  void theBestIsKnownAfterResuming() throws IOException {
    var first = new Scripted("accuracy", 0.1, 0.9);
    var checkpoints = new Checkpoints(folder).best("accuracy");
    first.fit(checkpoints);
    Map<String, Tensor> best = Safetensors.read(folder.resolve("best.safetensors")).tensors();
    var second = new Scripted("accuracy", 0.1, 0.9, 0.8, 0.7);
    second.fit(second.settings(new Checkpoints(folder).best("accuracy")).resume(folder));
    assertThat(Safetensors.read(folder.resolve("best.safetensors")).tensors()).isEqualTo(best);
    var third = new Scripted("accuracy", 0.1, 0.9, 0.8, 0.7, 0.95);
    third.fit(third.settings(checkpoints).resume(folder));
    assertThat(Safetensors.read(folder.resolve("best.safetensors")).tensors())
        .isEqualTo(values(third));
  }

  @Test
  void theBestHasTheAveragesThatWereValidated() throws IOException {
    var scripted = new Scripted("score", 3, 1, 2);
    var average = new WeightAverage(scripted.model.namedParameters(), 0.5);
    Map<String, Tensor> expected = new LinkedHashMap<>();
    Callback remember =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            if (training.epoch() == 2) {
              expected.putAll(values(scripted));
              expected.putAll(average.values());
            }
          }
        };
    scripted.fit(
        scripted
            .settings(new Checkpoints(folder).best("score").minimize(), remember)
            .average(average));
    assertThat(Safetensors.read(folder.resolve("best.safetensors")).tensors()).isEqualTo(expected);
  }

  // ---- damage

  /** What the log says of a resumed training. */
  private String log(Scripted resumed, Checkpoints checkpoints) {
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      resumed.fit(resumed.settings(checkpoints).resume(folder));
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void isSkipped(String fault) throws IOException {
    var whole = scripted(5);
    whole.fit();
    var resumed = scripted(5);
    String log = log(resumed, new Checkpoints(folder));
    assertThat(log)
        .contains("skipping a damaged checkpoint: " + folder.resolve(file(9)))
        .contains(fault);
    assertThat(values(resumed)).isEqualTo(values(whole));
    assertThat(files()).containsExactly(file(9), file(12), file(15));
    // The damaged one has been written again.
    assertThat(Checkpoint.read(folder.resolve(file(9))).steps()).isEqualTo(9);
  }

  @Test
  void oneThatIsCutOffIsSkipped() throws IOException {
    scripted(3).fit(new Checkpoints(folder));
    Path newest = folder.resolve(file(9));
    byte[] content = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(content, content.length - 3));
    isSkipped("cut off");
  }

  @Test
  void oneWithAWrongBitIsSkipped() throws IOException {
    scripted(3).fit(new Checkpoints(folder));
    Path newest = folder.resolve(file(9));
    byte[] content = Files.readAllBytes(newest);
    content[content.length - 2] ^= 1;
    Files.write(newest, content);
    assertThatThrownBy(() -> Checkpoint.read(newest))
        .isInstanceOf(FormatException.class)
        .hasMessageMatching(
            ".*checkpoint-00000009.safetensors: is damaged: its checksum is [0-9a-f]{8}, that of"
                + " its content [0-9a-f]{8}");
    isSkipped("is damaged");
  }

  @Test
  void oneOfSomethingElseIsSkipped() throws IOException {
    scripted(3).fit(new Checkpoints(folder));
    Safetensors.write(folder.resolve(file(9)), Map.of("weight", Tensor.ones(2)));
    isSkipped("is no checkpoint of a training");
  }

  @Test
  void damagedOnesAreNotKeptForWholeOnes() throws IOException {
    scripted(3).fit(new Checkpoints(folder).keep(2));
    Files.write(folder.resolve(file(9)), new byte[5]);
    var resumed = scripted(3);
    log(resumed, new Checkpoints(folder).everySteps(1).keep(1));
    assertThat(files()).containsExactly(file(9));
    assertThat(Checkpoint.read(folder.resolve(file(9))).steps()).isEqualTo(9);
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Path unfinished = folder.resolve("." + file(3) + ".1234.tmp");
    Files.createFile(unfinished);
    Files.createFile(folder.resolve("notes.txt"));
    Path best = Files.createFile(folder.resolve(".best.safetensors.1234.tmp"));
    scripted(1).fit(new Checkpoints(folder));
    assertThat(unfinished).doesNotExist();
    assertThat(best).doesNotExist();
    assertThat(folder.resolve("notes.txt")).exists();
  }

  // ---- what is refused

  @Test
  void doesNotMixTrainings() {
    scripted(2).fit(new Checkpoints(folder));
    assertThatThrownBy(() -> scripted(2).fit(new Checkpoints(folder)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "checkpoints: %s holds those of another training, up to step 6; resume it with"
                    .formatted(folder)
                + " Fit.resume, or choose another folder");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    var checkpoints = new Checkpoints(folder);
    assertThatThrownBy(() -> checkpoints.everyEpochs(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("checkpoints: the epochs between two must be at least 1, got 0");
    assertThatThrownBy(() -> checkpoints.everySteps(-1))
        .hasMessage("checkpoints: the steps between two must be at least 1, got -1");
    assertThatThrownBy(() -> checkpoints.keep(0))
        .hasMessage("checkpoints: the number to keep must be at least 1, got 0");
    assertThatThrownBy(checkpoints::minimize)
        .hasMessage(
            "checkpoints: minimize is for a value; say first which, as in best(\"val_loss\")");
    assertThatThrownBy(() -> scripted(1).fit(checkpoints.best("val_loss")))
        .hasMessageStartingWith("checkpoints: no value is named val_loss; there are [loss, ");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> scripted(1).fit(new Checkpoints(file)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("checkpoints: the folder %s cannot be used: ".formatted(file));
    assertThat(checkpoints.everySteps(500).best("val_loss"))
        .hasToString(
            "Checkpoints[%s, every epoch, every 500 steps, keep 3, best val_loss falling]"
                .formatted(folder));
  }
}
