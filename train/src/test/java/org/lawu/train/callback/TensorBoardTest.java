package org.lawu.train.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.train.Callback;
import org.lawu.train.History;
import org.lawu.train.Training;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary.Value;
import org.tensorflow.util.Event;

/** Reads the files with the messages that TensorFlow publishes. */
class TensorBoardTest {
  @TempDir private Path folder;

  // ---- reading

  private static List<Path> files(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.sorted().toList();
    }
  }

  private static List<Event> read(Path file) throws IOException {
    assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(masked(crc32c(length)));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(data);
      assertThat(bytes.getInt()).isEqualTo(masked(crc32c(data)));
      events.add(Event.parseFrom(data));
    }
    return events;
  }

  /** Bit by bit, as RFC 3720 defines it. */
  private static int crc32c(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return ~crc;
  }

  private static int masked(int crc) {
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  private static double[] scalars(List<Event> events, String tag) {
    return events.stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .mapToDouble(Value::getSimpleValue)
        .toArray();
  }

  private static long[] steps(List<Event> events, String tag) {
    return events.stream()
        .filter(event ->
            event.getSummary().getValueList().stream().anyMatch(v -> v.getTag().equals(tag)))
        .mapToLong(Event::getStep)
        .toArray();
  }

  private static Value value(List<Event> events, String tag) {
    return events.stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .findFirst()
        .orElseThrow();
  }

  private static double[] rounded(double[] values) {
    return DoubleStream.of(values).map(value -> (float) value).toArray();
  }

  // ---- tests

  @Test
  void theChecksumIsThatOfRfc3720() {
    assertThat(crc32c(new byte[32])).isEqualTo(0x8a9136aa);
    assertThat(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
  }

  @Test
  void epochsAndStepsAreScalars() throws Exception {
    long before = System.currentTimeMillis();
    History history = Runs.run(3, new TensorBoard(folder).everySteps(2));
    List<Event> train = read(files(folder.resolve("train")).getFirst());
    List<Event> validation = read(files(folder.resolve("validation")).getFirst());

    assertThat(train.getFirst().getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(train)
        .allSatisfy(event ->
            assertThat(event.getWallTime())
                .isBetween(before / 1e3, System.currentTimeMillis() / 1e3));
    for (String name : List.of("loss", "accuracy", "seconds")) {
      assertThat(scalars(train, "epoch/" + name)).isEqualTo(rounded(history.values(name)));
    }
    assertThat(steps(train, "epoch/loss")).containsExactly(1, 2, 3);
    assertThat(scalars(validation, "epoch/loss")).isEqualTo(rounded(history.values("val_loss")));
    assertThat(scalars(validation, "epoch/accuracy"))
        .isEqualTo(rounded(history.values("val_accuracy")));

    assertThat(steps(train, "step/loss")).containsExactly(2, 4, 6, 8, 10, 12, 14);
    assertThat(scalars(train, "step/learning_rate")).containsOnly((float) 0.01).hasSize(7);
    assertThat(scalars(train, "step/loss")[4]).isEqualTo((float) history.values("loss")[1]);
  }

  @Test
  void settingsAndModelAreText() throws Exception {
    Runs.run(1, new TensorBoard(folder));
    List<Event> events = read(files(folder.resolve("train")).getFirst());
    Value settings = value(events, "run/settings");
    assertThat(settings.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
    assertThat(settings.getTensor().getDtype()).isEqualTo(DataType.DT_STRING);
    assertThat(settings.getTensor().getTensorShape().getDimCount()).isZero();
    assertThat(settings.getTensor().getStringVal(0).toStringUtf8())
        .contains("| optimizer | Adam[learningRate=0.01,", "| batchSize | 8 |", "| seed | 2 |");
    assertThat(value(events, "run/model").getTensor().getStringVal(0).toStringUtf8())
        .contains("0: Dense(2, 8)");
  }

  @Test
  void histogramsAreOfAllParameters() throws Exception {
    var trainer = Runs.trainer();
    var last = new ArrayList<double[]>();
    Callback keep =
        new Callback() {
          @Override
          public void epochEnded(Training training) {
            var weight = training.model().namedParameters().get("0.weight");
            last.add(weight.value().toDoubleArray());
          }
        };
    trainer.fit(Runs.data(), Runs.fit(2, keep, new TensorBoard(folder).histograms()));
    List<Event> events = read(files(folder.resolve("train")).getFirst());
    assertThat(steps(events, "weights/2.bias")).containsExactly(1, 2);
    HistogramProto histogram = value(events, "weights/0.weight").getHisto();
    double[] weights = last.getFirst();
    assertThat(histogram.getNum()).isEqualTo(weights.length);
    assertThat(histogram.getMin()).isEqualTo(DoubleStream.of(weights).min().orElseThrow());
    assertThat(histogram.getMax()).isEqualTo(DoubleStream.of(weights).max().orElseThrow());
    assertThat(histogram.getSum()).isEqualTo(DoubleStream.of(weights).sum());
    assertThat(histogram.getBucketList().stream().mapToDouble(x -> x).sum())
        .isEqualTo(weights.length);
    assertThat(histogram.getBucketLimitList()).hasSize(30).isSorted();
    double middle = histogram.getBucketLimit(14);
    assertThat(histogram.getBucketList().subList(0, 15).stream().mapToDouble(x -> x).sum())
        .isEqualTo(DoubleStream.of(weights).filter(x -> x < middle).count());
  }

  @Test
  void aHistogramLeavesOutWhatIsNotFinite() throws Exception {
    double[] numbers = {3, Double.NaN, 3, Double.POSITIVE_INFINITY};
    byte[] bytes =
        new Summary()
            .histogram("some", numbers)
            .histogram("none", new double[] {Double.NaN})
            .message()
            .toBytes();
    var summary = org.tensorflow.framework.Summary.parseFrom(bytes);
    assertThat(summary.getValueList()).hasSize(1);
    HistogramProto histogram = summary.getValue(0).getHisto();
    assertThat(histogram.getBucketLimitList()).containsExactly(3.0);
    assertThat(histogram.getBucketList()).containsExactly(2.0);
    assertThat(histogram.getSumSquares()).isEqualTo(18);
  }

  @Test
  void longAndNegativeNumbersAndOtherAlphabetsArrive() throws Exception {
    byte[] bytes =
        new ProtobufMessage()
            .integer(2, -1)
            .message(5, new Summary().scalar("größe/損失", -0.5).message())
            .toBytes();
    Event event = Event.parseFrom(bytes);
    assertThat(event.getStep()).isEqualTo(-1);
    assertThat(event.getSummary().getValue(0).getTag()).isEqualTo("größe/損失");
    assertThat(event.getSummary().getValue(0).getSimpleValue()).isEqualTo(-0.5f);
  }

  @Test
  void eachTrainingHasFilesOfItsOwn() throws Exception {
    Runs.run(1, new TensorBoard(folder));
    Runs.run(1, new TensorBoard(folder));
    assertThat(files(folder.resolve("train"))).hasSize(2);
    assertThat(EventFile.create(folder.resolve("same"), 7).pending()).isZero();
    EventFile.create(folder.resolve("same"), 7);
    assertThat(files(folder.resolve("same")))
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "events.out.tfevents.0000000000.7.lawu", "events.out.tfevents.0000000000.7.lawu.1");
  }

  @Test
  void withoutValidationThereIsOneRun() throws Exception {
    Runs.trainer()
        .fit(
            Runs.data(),
            org.lawu.train.Fit.forEpochs(1).quiet().callbacks(new TensorBoard(folder)));
    assertThat(files(folder)).containsExactly(folder.resolve("train"));
  }

  @Test
  void badSettingsAreRefused() throws Exception {
    assertThatThrownBy(() -> new TensorBoard(folder).everySteps(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("tensorBoard: steps must be at least 1, got 0");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Runs.run(1, new TensorBoard(file)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("tensorBoard: files in %s cannot be written".formatted(file));
  }
}
