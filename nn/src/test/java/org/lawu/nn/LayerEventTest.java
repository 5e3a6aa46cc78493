package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ShapeException;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.tensor.Tensor;

class LayerEventTest {
  private static final String NAME = "org.lawu.Layer";

  @TempDir private Path folder;

  private List<RecordedEvent> record(Recording recording, Runnable work) throws Exception {
    Path file = folder.resolve("layers.jfr");
    try (recording) {
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(NAME))
        .toList();
  }

  @Test
  void passesAreRecordedWhereAskedFor() throws Exception {
    var model = Sequential.of(Sequential.of(new Dense(3, 5), new Relu()), new Dense(5, 2));
    var recording = new Recording();
    recording.enable(NAME).withoutThreshold();
    List<RecordedEvent> events = record(recording, () -> model.predict(Tensor.ones(4, 3)));
    assertThat(events)
        .extracting(event -> event.getString("place"))
        .containsExactly("0.0", "0.1", "0", "1", "");
    assertThat(events)
        .extracting(event -> event.getString("output"))
        .containsExactly("[4, 5]", "[4, 5]", "[4, 5]", "[4, 2]", "[4, 2]");
    assertThat(events)
        .extracting(event -> event.getString("layer"))
        .containsExactly("Dense(3, 5)", "Relu", "Sequential", "Dense(5, 2)", "Sequential");
    assertThat(events).noneMatch(event -> event.getBoolean("training"));
  }

  @Test
  void areNotRecordedOtherwise() throws Exception {
    assertThat(record(new Recording(), () -> new Dense(3, 5).predict(Tensor.ones(4, 3)))).isEmpty();
  }

  @Test
  void faultsStillNameTheirPlace() throws Exception {
    var model = Sequential.of(new Relu(), new Dense(3, 5));
    var recording = new Recording();
    recording.enable(NAME).withoutThreshold();
    record(
        recording,
        () ->
            assertThatThrownBy(() -> model.predict(Tensor.ones(4, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("at 1: "));
  }
}
