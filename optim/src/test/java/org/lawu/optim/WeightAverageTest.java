package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

class WeightAverageTest {
  @TempDir private Path folder;

  private final Parameter weight = new Parameter("weight", Tensor.of(1f, 2f));
  private final Parameter mean = Parameter.buffer("mean", Tensor.of(7f));

  private Map<String, Parameter> names() {
    Map<String, Parameter> names = new LinkedHashMap<>();
    names.put("a.weight", weight);
    names.put("a.mean", mean);
    return names;
  }

  @Test
  void averagesWhatTheWeightsWere() {
    var average = new WeightAverage(names(), 0.9);
    double expected = 1;
    for (int step = 1; step <= 5; step++) {
      weight.set(Tensor.of((float) step * step, 0f));
      average.update();
      expected = 0.9 * expected + 0.1 * step * step;
    }
    assertThat(average.values()).containsOnlyKeys("a.weight");
    Tensor value = average.during(weight::value);
    assertThat(value.get(0)).isCloseTo(expected, within(1e-5));
    assertThat(value.get(1)).isCloseTo(2 * Math.pow(0.9, 5), within(1e-6));
  }

  @Test
  void usingThemChangesNothing() throws InterruptedException {
    var average = new WeightAverage(names(), 0.5);
    Tensor trained = Tensor.of(5f, 6f);
    weight.set(trained);
    average.update();
    var seen = new AtomicReference<Tensor>();
    average.during(() -> {
      assertThat(weight.value()).isEqualTo(Tensor.of(3f, 4f));
      assertThat(mean.value()).isEqualTo(Tensor.of(7f));
      var other = new Thread(() -> seen.set(weight.value()));
      other.start();
      try {
        other.join();
      } catch (InterruptedException fault) {
        throw new IllegalStateException(fault);
      }
      return 0;
    });
    assertThat(seen.get()).isEqualTo(trained);
    assertThat(weight.value()).isEqualTo(trained);
    assertThatThrownBy(() ->
            average.during(() -> {
              throw new IllegalStateException("fault");
            }))
        .hasMessage("fault");
    assertThat(weight.value()).isEqualTo(trained);
  }

  @Test
  void canBeCopied() {
    var average = new WeightAverage(names(), 0.5);
    weight.set(Tensor.of(5f, 6f));
    mean.set(Tensor.of(8f));
    average.update();
    var other = new Parameter("weight", Tensor.of(0f, 0f));
    var otherMean = Parameter.buffer("mean", Tensor.of(0f));
    average.copyTo(Map.of("a.weight", other, "a.mean", otherMean));
    assertThat(other.value()).isEqualTo(Tensor.of(3f, 4f));
    assertThat(otherMean.value()).isEqualTo(Tensor.of(8f));
    assertThat(weight.value()).isEqualTo(Tensor.of(5f, 6f));
    average.copyTo(names());
    assertThat(weight.value()).isEqualTo(Tensor.of(3f, 4f));
    assertThat(weight.value().isTracked()).isTrue();
  }

  @Test
  void copiesAllOrNothing() {
    var average = new WeightAverage(names(), 0.5);
    var other = new Parameter("weight", Tensor.of(0f));
    assertThatThrownBy(() -> average.copyTo(Map.of("a.weight", other, "b", other)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            """
            weightAverage: the parameters are not those of the same model; nothing was copied:
              a.weight is FLOAT32 [1], the average FLOAT32 [2]
              missing a.mean
              no average of b\
            """);
  }

  @Test
  void areSavedAndLoaded() throws IOException {
    var average = new WeightAverage(names(), 0.9);
    weight.set(Tensor.of(0.1f, 0.7f));
    average.update();
    Path file = folder.resolve("average.safetensors");
    average.save(file);
    var again = new WeightAverage(names(), 0.9);
    again.load(file);
    assertThat(again.values()).isEqualTo(average.values());
    weight.set(Tensor.of(0.3f, 0.3f));
    average.update();
    again.update();
    assertThat(again.values()).isEqualTo(average.values());

    var other = new WeightAverage(Map.of("b", new Parameter("b", Tensor.of(1f))), 0.9);
    assertThatThrownBy(() -> other.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ": does not fit the averages; nothing was loaded:\n"
                + "  missing b\n"
                + "  unexpected a.weight");
  }

  @Test
  void checksTheDecay() {
    assertThatThrownBy(() -> new WeightAverage(names(), 1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("decay: must be in [0, 1), got 1.0");
  }
}
