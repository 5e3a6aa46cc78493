package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;

/** Records a training in this very process and reads the events back. */
class FlightRecorderTest {
  @TempDir private Path folder;

  /** A data set whose batches take their time. */
  private record Slow(Dataset dataset) implements Dataset {
    @Override
    public int size() {
      return dataset.size();
    }

    @Override
    public Batch batch(int[] records) {
      try {
        Thread.sleep(Duration.ofMillis(5));
      } catch (InterruptedException interruption) {
        throw new IllegalStateException(interruption);
      }
      return dataset.batch(records);
    }
  }

  private static Configuration shipped() throws Exception {
    try (Reader settings =
        new InputStreamReader(
            Trainer.class.getResourceAsStream("/META-INF/lawu.jfc"), StandardCharsets.UTF_8)) {
      return Configuration.create(settings);
    }
  }

  private List<RecordedEvent> record(Recording recording) throws Exception {
    Path file = folder.resolve("training.jfr");
    try (recording) {
      recording.start();
      // 60 records in batches of 16, two to a step: 4 batches and 2 steps an epoch.
      new Trainer(Problems.classifier(), new CrossEntropy(), new Adam(0.01))
          .fit(
              new Slow(Problems.clusters(60, 1)),
              Fit.forEpochs(2).batchSize(16).accumulate(2).quiet());
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  @Test
  void epochsStepsWaitsAndLayersAreEvents() throws Exception {
    var recording = new Recording(shipped());
    recording.enable("org.lawu.Layer").withThreshold(Duration.ZERO);
    List<RecordedEvent> events = record(recording);

    List<RecordedEvent> epochs = named("org.lawu.Epoch", events);
    assertThat(epochs).extracting(event -> event.getInt("epoch")).containsExactly(1, 2);
    assertThat(epochs).extracting(event -> event.getInt("steps")).containsExactly(2, 4);
    assertThat(epochs).allSatisfy(event -> assertThat(event.getDouble("loss")).isPositive());

    List<RecordedEvent> steps = named("org.lawu.Step", events);
    assertThat(steps)
        .extracting(event -> event.getInt("records"))
        .containsExactly(16, 16, 16, 12, 16, 16, 16, 12);
    assertThat(steps)
        .extracting(event -> event.getInt("stepsBefore"))
        .containsExactly(0, 0, 1, 1, 2, 2, 3, 3);

    List<RecordedEvent> waits = named("org.lawu.DataWait", events);
    assertThat(waits).hasSize(8);
    assertThat(waits)
        .allSatisfy(
            event -> assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(4)));
    assertThat(epochs.getFirst().getDuration())
        .isGreaterThan(
            waits.subList(0, 4).stream()
                .map(RecordedEvent::getDuration)
                .reduce(Duration.ZERO, Duration::plus));

    List<RecordedEvent> trainingPasses =
        named("org.lawu.Layer", events).stream()
            .filter(event -> event.getBoolean("training"))
            .toList();
    assertThat(trainingPasses)
        .extracting(event -> event.getString("place"))
        .startsWith("0", "1", "2", "3", "")
        .hasSize(8 * 5);
    RecordedEvent first = trainingPasses.getFirst();
    assertThat(first.getString("layer")).isEqualTo("Dense(2, 16)");
    assertThat(first.getString("output")).isEqualTo("[16, 16]");
    assertThat(trainingPasses.get(4).getDuration()).isGreaterThan(first.getDuration());
  }

  @Test
  void aRecordingThatBeginsInTheMidstSeesTheRest() throws Exception {
    Path file = folder.resolve("rest.jfr");
    try (var recording = new Recording()) {
      new Trainer(Problems.classifier(), new CrossEntropy(), new Adam(0.01))
          .fit(
              Problems.clusters(60, 1),
              Fit.forEpochs(3)
                  .batchSize(16)
                  .callbacks(
                      new Callback() {
                        @Override
                        public void epochEnded(Training training) {
                          if (training.epoch() == 1) {
                            recording.start();
                          }
                        }
                      })
                  .quiet());
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(named("org.lawu.Epoch", events))
        .extracting(event -> event.getInt("epoch"))
        .containsExactly(2, 3);
    assertThat(named("org.lawu.Step", events)).hasSize(8);
    assertThat(named("org.lawu.DataWait", events)).hasSize(8);
  }

  @Test
  void layersAreLeftOutUnlessAskedFor() throws Exception {
    List<RecordedEvent> events = record(new Recording());
    assertThat(named("org.lawu.Epoch", events)).hasSize(2);
    assertThat(named("org.lawu.Layer", events)).isEmpty();
  }
}
