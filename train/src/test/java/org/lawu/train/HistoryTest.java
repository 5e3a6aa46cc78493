package org.lawu.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;

class HistoryTest {

  private static Map<String, Double> epoch(double loss, double valLoss, double seconds) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", loss);
    values.put("val_loss", valLoss);
    values.put("seconds", seconds);
    return values;
  }

  private final History history =
      new History(7, List.of(epoch(0.29538, 0.15, 3.06), epoch(1.2e-7, Double.NaN, 12)));

  @Test
  void givesValuesByName() {
    assertThat(history.names()).containsExactly("loss", "val_loss", "seconds");
    assertThat(history.values("loss")).containsExactly(0.29538, 1.2e-7);
    assertThat(history.last("seconds")).isEqualTo(12);
    assertThat(history.epochs().getFirst()).containsEntry("val_loss", 0.15);
    assertThat(history.seed()).isEqualTo(7);
  }

  @Test
  void refusesOtherNames() {
    String message = "history: no value is named f1; there are [loss, val_loss, seconds]";
    assertThatThrownBy(() -> history.values("f1"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> history.last("f1"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> new Evaluation(Map.of("loss", 1.0), 3).get("f1"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("evaluation: no value is named f1; there are [loss]");
  }

  @Test
  void printsATable() {
    assertThat(history.toString().lines())
        .containsExactly(
            "epoch        loss    val_loss     seconds",
            "    1      0.2954      0.1500         3.1",
            "    2   1.200e-07         NaN        12.0");
  }
}
