package org.lawu.data.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class StandardScalerTest {

  /** The example of scikit-learn's documentation of StandardScaler. */
  @Test
  void scalesAsScikitLearn() {
    var scaler = StandardScaler.fit(Tensor.of(new float[] {0, 0, 0, 0, 1, 1, 1, 1}, 4, 2));

    assertThat(scaler.mean()).isEqualTo(Tensor.of(0.5, 0.5));
    assertThat(scaler.scale()).isEqualTo(Tensor.of(0.5, 0.5));
    assertThat(scaler.transform(Tensor.of(new float[] {2, 2}, 1, 2)))
        .isEqualTo(Tensor.of(new float[] {3, 3}, 1, 2));
  }

  @Test
  void bringsColumnsToMeanZeroAndVarianceOne() {
    Tensor features =
        Tensor.normal(new Philox(1), 0, 1, 500, 3).mul(Tensor.of(1f, 20f, 0.01f)).add(5);
    Tensor scaled = StandardScaler.fit(features).transform(features);

    assertThat(scaled.mean(0).allClose(Tensor.zeros(3), 0, 1e-4)).isTrue();
    assertThat(scaled.variance(0).allClose(Tensor.ones(3), 1e-4, 0)).isTrue();
  }

  @Test
  void inverseGivesTheFeaturesBack() {
    Tensor features = Tensor.normal(new Philox(1), 3, 2, 50, 3).to(DType.FLOAT64);
    var scaler = StandardScaler.fit(features);
    Tensor back = scaler.inverse(scaler.transform(features));

    assertThat(back.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(back.allClose(features, 1e-13, 1e-13)).isTrue();
  }

  @Test
  void theSettingsBringBackTheSame() {
    Tensor features = Tensor.normal(new Philox(1), 3, 2, 50, 3);
    var scaler = StandardScaler.fit(features);
    var back = StandardScaler.of(Config.parse("saved", scaler.config().toString()));

    assertThat(back.config()).isEqualTo(scaler.config());
    assertThat(back.transform(features)).isEqualTo(scaler.transform(features));
    Config odd =
        Config.of("kind", "StandardScaler").with("mean", 1.0, 2.0).with("scale", new double[] {1});
    assertThatThrownBy(() -> StandardScaler.of(odd))
        .isInstanceOf(FormatException.class)
        .hasMessage("standardScaler: the saved settings have 2 means but 1 scales");
  }

  @Test
  void aConstantColumnHasScaleOne() {
    float[] elements = {1e6f + 0.1f, 1, 1e6f + 0.1f, 2, 1e6f + 0.1f, 3};
    Tensor features = Tensor.of(elements, 3, 2);
    var scaler = StandardScaler.fit(features);

    assertThat(scaler.scale().get(0)).isEqualTo(1);
    assertThat(scaler.transform(features).slice(1, 0, 1)).isEqualTo(Tensor.zeros(3, 1));
  }

  /** 0.1 is no binary number, so that its mean may be off by a rounding error. */
  @Test
  void aColumnThatRoundingAloneSpreadsIsConstant() {
    double[] elements = new double[1000];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = 0.1 + (i % 2) * Math.ulp(0.1);
    }

    assertThat(StandardScaler.fit(Tensor.of(elements, 1000, 1)).scale()).isEqualTo(Tensor.of(1.0));
  }

  @Test
  void oneRecordIsConstant() {
    var scaler = StandardScaler.fit(Tensor.of(new float[] {3, -4}, 1, 2));

    assertThat(scaler.scale()).isEqualTo(Tensor.of(1.0, 1.0));
  }

  @Test
  void leavesMissingValuesOut() {
    Tensor features = Tensor.of(new float[] {1, Float.NaN, 3, 5}, 4, 1);
    var scaler = StandardScaler.fit(features);

    assertThat(scaler.mean().item()).isEqualTo(3);
    assertThat(scaler.scale().item()).isCloseTo(Math.sqrt(8.0 / 3), within(1e-15));
    assertThat(scaler.transform(features).get(1, 0)).isNaN();
  }

  @Test
  void refusesWhatItCannotFit() {
    assertThatThrownBy(() -> StandardScaler.fit(Tensor.ones(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("standardScaler: features must be [n, columns], got [3]; use flatten(1)");
    assertThatThrownBy(() -> StandardScaler.fit(Tensor.arange(4).reshape(2, 2)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "standardScaler: needs FLOAT32 or FLOAT64, got INT32 [2, 2]; convert with"
                + " .to(DType.FLOAT32)");
    assertThatThrownBy(() -> StandardScaler.fit(Tensor.zeros(0, 2)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("standardScaler: column 0 of [0, 2] holds no number; drop it");
    assertThatThrownBy(() -> StandardScaler.fit(Tensor.of(new float[] {1, 2, 3, 1f / 0f}, 2, 2)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "standardScaler: row 1 of column 1 is infinite; remove it or replace it by NaN");
  }

  @Test
  void refusesOtherColumns() {
    var scaler = StandardScaler.fit(Tensor.ones(3, 2));

    assertThatThrownBy(() -> scaler.transform(Tensor.ones(3, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "standardScaler: was fitted to 2 columns, got [3, 1]; the last axis must be the"
                + " columns");
    assertThatThrownBy(() -> scaler.inverse(Tensor.arange(2)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "standardScaler: needs FLOAT32 or FLOAT64, got INT32 [2]; convert with"
                + " .to(DType.FLOAT32)");
  }
}
