package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.nn.Layer;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class RotaryPositionsTest implements LayerContract {

  @Override
  public Layer create() {
    return RotaryPositions.interleaved();
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 3, 2, 5, 6);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(3, 2, 5, 6);
  }

  @Override
  public List<String> stateNames() {
    return List.of();
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 5, 7);
  }

  @Override
  public String wrongMessage() {
    return "rotaryPositions: input must be [..., time, d] with an even d, got [3, 5, 7]";
  }

  /** The formula as complex numbers: {@code (x + i y) e^(i p base^(-2 i / d))}. */
  @Test
  void turnsPairsByTheirPosition() {
    Tensor x = input().to(DType.FLOAT64);
    Tensor neighbours = RotaryPositions.interleaved().base(100).rotate(x, 4);
    Tensor halves = RotaryPositions.halves().base(100).rotate(x, 4);
    for (int step = 0; step < 5; step++) {
      for (int pair = 0; pair < 3; pair++) {
        double angle = (4 + step) * Math.pow(100, -2.0 * pair / 6);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double even = x.get(1, 1, step, 2 * pair);
        double odd = x.get(1, 1, step, 2 * pair + 1);
        assertThat(neighbours.get(1, 1, step, 2 * pair))
            .isCloseTo(even * cos - odd * sin, within(1e-12));
        assertThat(neighbours.get(1, 1, step, 2 * pair + 1))
            .isCloseTo(even * sin + odd * cos, within(1e-12));
        double low = x.get(1, 1, step, pair);
        double high = x.get(1, 1, step, pair + 3);
        assertThat(halves.get(1, 1, step, pair)).isCloseTo(low * cos - high * sin, within(1e-12));
        assertThat(halves.get(1, 1, step, pair + 3))
            .isCloseTo(low * sin + high * cos, within(1e-12));
      }
    }
  }

  @Test
  void goesOnWhereASequenceWasCut() {
    var rotary = RotaryPositions.interleaved();
    Tensor whole = rotary.predict(input());
    assertThat(whole.slice(2, 0, 1)).isEqualTo(input().slice(2, 0, 1));
    assertThat(rotary.rotate(input().slice(2, 3, 5), 3)).isEqualTo(whole.slice(2, 3, 5));
    assertThat(rotary.rotate(input().slice(2, 0, 0), 3).shape()).isEqualTo(Shape.of(3, 2, 0, 6));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> RotaryPositions.halves().base(1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("rotaryPositions: the base must be above 1, got 1.0; 10000 is usual");
    assertThatThrownBy(() -> RotaryPositions.halves().rotate(input(), -1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("rotaryPositions: the start must not be negative, got -1");
    assertThatThrownBy(() -> RotaryPositions.halves().rotate(Tensor.arange(4).reshape(2, 2), 0))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "rotaryPositions: needs FLOAT32 or FLOAT64, got INT32 [2, 2]; convert with"
                + " .to(DType.FLOAT32)");
    assertThat(RotaryPositions.halves().toString())
        .isEqualTo("RotaryPositions(halves, base 10000.0)");
  }
}
