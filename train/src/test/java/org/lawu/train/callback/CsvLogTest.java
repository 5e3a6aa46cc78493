package org.lawu.train.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Csv;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Tensor;
import org.lawu.train.Callback;
import org.lawu.train.History;
import org.lawu.train.Training;
import org.lawu.train.metric.Metric;

class CsvLogTest {
  private static final String HEADER =
      "epoch,loss,accuracy,val_loss,val_accuracy,seconds,learning_rate";

  @TempDir private Path folder;

  @Test
  void hasARowForEachEpoch() throws Exception {
    Path file = folder.resolve("logs/run.csv");
    History history = Runs.run(3, new CsvLog(file));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(4).first().isEqualTo(HEADER);
    for (int epoch = 1; epoch <= 3; epoch++) {
      String[] cells = lines.get(epoch).split(",");
      assertThat(cells[0]).isEqualTo(Integer.toString(epoch));
      assertThat(Double.parseDouble(cells[1])).isEqualTo(history.values("loss")[epoch - 1]);
      assertThat(Double.parseDouble(cells[4])).isEqualTo(history.values("val_accuracy")[epoch - 1]);
      assertThat(cells[6]).isEqualTo("0.01");
    }
    assertThat(Csv.read(file).floats("loss").toFloatArray()).hasSize(3);
  }

  @Test
  void rowsAreOnDiskWhileTrainingGoesOn() throws Exception {
    Path file = folder.resolve("run.csv");
    Callback look =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            assertThat(file).content().hasLineCount(1 + training.epoch());
          }
        };
    Runs.run(2, new CsvLog(file), look);
  }

  @Test
  void anotherTrainingAppends() throws Exception {
    Path file = folder.resolve("run.csv");
    Runs.run(2, new CsvLog(file));
    Runs.run(1, new CsvLog(file));
    assertThat(Files.readAllLines(file))
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .containsExactly("epoch", "1", "2", "1");
  }

  /** Killed after its only epoch's row, with a checkpoint in the middle of that epoch. */
  @Test
  void aTrainingResumedInItsFirstEpochReplacesItsRows() throws Exception {
    Path file = folder.resolve("run.csv");
    Runs.run(2, new CsvLog(file));
    Path checkpoints = folder.resolve("checkpoints");
    Callback killer =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            throw new IllegalStateException("killed");
          }
        };
    var saving = new Checkpoints(checkpoints).everyEpochs(5).everySteps(3);
    assertThatThrownBy(() -> Runs.run(1, new CsvLog(file), saving, killer)).hasMessage("killed");
    assertThat(Files.readAllLines(file)).hasSize(4);
    Runs.trainer().fit(Runs.data(), Runs.fit(1, new CsvLog(file)).resume(checkpoints));
    assertThat(Files.readAllLines(file))
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .containsExactly("epoch", "1", "2", "1");
  }

  @Test
  void aHalfWrittenRowIsCutOff() throws Exception {
    Path file = folder.resolve("run.csv");
    Runs.run(1, new CsvLog(file));
    String whole = Files.readString(file);
    Files.writeString(file, whole + "2,0.38");
    Runs.run(1, new CsvLog(file));
    assertThat(Files.readString(file)).startsWith(whole + "1,").doesNotContain("2,0.38");
  }

  @Test
  void aHalfWrittenHeaderIsBegunAnew() throws Exception {
    Path file = Files.writeString(folder.resolve("run.csv"), "epoch,lo");
    Runs.run(1, new CsvLog(file));
    assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo(HEADER);
  }

  @Test
  void otherColumnsAreRefusedBeforeTheFirstStep() throws Exception {
    for (String text : List.of("epoch,loss\n1,0.5\n", "notes", HEADER + ",more\n1,2,3\n")) {
      Path file = Files.writeString(folder.resolve("run.csv"), text);
      var trainer = Runs.trainer();
      Tensor before = trainer.predict(Runs.data().features());
      assertThatThrownBy(() -> trainer.fit(Runs.data(), Runs.fit(1, new CsvLog(file))))
          .isInstanceOf(ArgumentException.class)
          .hasMessage(
              "csv log: %s has other columns: %s instead of %s; give each kind of run its own file"
                  .formatted(file, text.lines().findFirst().orElseThrow(), HEADER));
      assertThat(Files.readString(file)).isEqualTo(text);
      assertThat(trainer.predict(Runs.data().features())).isEqualTo(before);
    }
  }

  @Test
  void namesAreQuotedWhereTheyMustBe() throws Exception {
    Path file = folder.resolve("run.csv");
    Runs.trainer()
        .metrics(new Named("share of \"yes\", %"))
        .fit(Runs.data(), Runs.fit(1, new CsvLog(file)));
    assertThat(Files.readAllLines(file).getFirst())
        .startsWith("epoch,loss,\"share of \"\"yes\"\", %\",val_loss,");
    assertThat(Csv.read(file).columns()).contains("share of \"yes\", %");
  }

  private record Named(String name) implements Metric {
    @Override
    public Accumulator accumulator() {
      return new Accumulator() {
        @Override
        public void add(Tensor prediction, Tensor target) {}

        @Override
        public double result() {
          return Double.NaN;
        }
      };
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.createDirectory(folder.resolve("run.csv"));
    assertThatThrownBy(() -> Runs.run(1, new CsvLog(file)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("csv log: %s cannot be written".formatted(file));
  }
}
