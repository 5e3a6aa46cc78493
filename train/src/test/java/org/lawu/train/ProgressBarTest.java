package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lawu.data.Batch;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.tensor.Tensor;
import org.lawu.train.metric.Accuracy;
import org.lawu.train.metric.Metric;

class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanoseconds = new AtomicLong(1_000);

  private ProgressBar bar(boolean terminal, int epochs, int records) {
    var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    return new ProgressBar(
        new Fit.Progress(out, terminal),
        epochs,
        records,
        (long) epochs * records,
        nanoseconds::get);
  }

  private void passes(long milliseconds) {
    nanoseconds.addAndGet(milliseconds * 1_000_000);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  /** A tally of records with the loss 0.5, all of them right. */
  private static Tally tally(int records, Metric... metrics) {
    var tally = new Tally(List.of(metrics));
    Tensor logits = Tensor.of(new float[] {1, 0}, 1, 2);
    var batch = new Batch(Tensor.zeros(records, 1), Tensor.of(new int[records]));
    tally.add(batch, logits.expand(records, 2), 0.5);
    return tally;
  }

  private static Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", 0.29541);
    values.put("accuracy", 0.91409);
    return values;
  }

  @Test
  void writesALineForEachEpochWhereThereIsNoTerminal() {
    var bar = bar(false, 5, 60_000);
    bar.start(1);
    passes(1000);
    bar.advance(tally(60_000));
    assertThat(written()).isEmpty();
    bar.finish(values(), 3.14, 3.1);
    bar.close();
    assertThat(written())
        .isEqualTo("epoch 1/5  loss 0.2954  accuracy 0.9141  3.1 s  19,355 samples/s\n");
  }

  @Test
  void drawsABarOnATerminal() {
    var bar = bar(true, 2, 1000);
    bar.start(1);
    passes(500);
    bar.advance(tally(250, new Accuracy()));
    assertThat(written())
        .isEqualTo(
            "epoch 1/2  [==        ]  loss 0.5000  accuracy 1.0000  500 samples/s  0:04 left");
  }

  @Test
  void knowsWhatWasDoneBeforeItsStart() {
    var bar = bar(true, 2, 1000);
    bar.resume(1200, 0.5);
    bar.start(2);
    passes(500);
    // 200 records in 0.5 s before, 200 in 0.5 s now, 600 to come.
    bar.advance(tally(400, new Accuracy()));
    assertThat(written())
        .isEqualTo(
            "epoch 2/2  [====      ]  loss 0.5000  accuracy 1.0000  400 samples/s  0:02 left");
  }

  @Test
  void rewritesItsLineAtMostTenTimesASecond() {
    var bar = bar(true, 1, 1000);
    bar.start(1);
    for (int step = 1; step <= 100; step++) {
      passes(10);
      bar.advance(tally(10 * step));
    }
    assertThat(written().chars().filter(c -> c == '\r')).hasSize(9);
    assertThat(written()).doesNotContain("\n");
    bar.finish(values(), 1, 1);
    String[] lines = written().split("\r");
    assertThat(lines).hasSize(11);
    assertThat(lines[10].strip())
        .isEqualTo("epoch 1/1  loss 0.2954  accuracy 0.9141  1.0 s  1,000 samples/s");
    // Long enough to cover what was there.
    assertThat(lines[10].length() - 1).isEqualTo(lines[9].length());
    assertThat(written()).endsWith("\n");
  }

  @Test
  void neverWrapsALineThatItMustRewrite() {
    var bar = bar(true, 1, 1000);
    bar.start(1);
    passes(500);
    Metric[] metrics = new Metric[6];
    for (int i = 0; i < metrics.length; i++) {
      metrics[i] = named("metric" + i);
    }
    bar.advance(tally(250, metrics));
    assertThat(written()).hasSize(79).startsWith("epoch 1/1  loss 0.5000  metric0 1.0000");
  }

  private static Metric named(String name) {
    return new Metric() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Accumulator accumulator() {
        return new Accuracy().accumulator();
      }
    };
  }

  @Test
  void endsALineThatWasBegun() {
    var bar = bar(true, 1, 1000);
    bar.start(1);
    passes(500);
    bar.advance(tally(250));
    bar.close();
    bar.close();
    assertThat(written()).endsWith("left\n");
  }

  @Test
  void tellsTimesAndNumbersShortly() {
    assertThat(Text.duration(12.4)).isEqualTo("0:12");
    assertThat(Text.duration(192)).isEqualTo("3:12");
    assertThat(Text.duration(7500)).isEqualTo("2:05:00");
    assertThat(Text.number(0)).isEqualTo("0.0000");
    assertThat(Text.number(-12.34567)).isEqualTo("-12.3457");
    assertThat(Text.number(0.000123)).isEqualTo("1.230e-04");
    assertThat(Text.number(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void isUsedByTheTrainer() {
    var out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    var settings =
        Fit.forEpochs(2).batchSize(8).validationSplit(0.2).progress(new Fit.Progress(out, false));
    new Trainer(Problems.classifier(), new CrossEntropy(), new Adam())
        .metrics(new Accuracy())
        .fit(Problems.clusters(40, 1), settings);
    assertThat(written().lines()).hasSize(2);
    assertThat(written().lines().toList().getLast())
        .matches(
            "epoch 2/2  loss [0-9.]{6}  accuracy [0-9.]{6}  val_loss [0-9.]{6}  val_accuracy"
                + " [0-9.]{6}  [0-9.]+ s  [0-9,]+ samples/s");
  }
}
