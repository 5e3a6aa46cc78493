package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErfTest {

  @Test
  void agreesWithAnotherImplementation() {
    for (double x = -7; x <= 7; x += 0.00371) {
      assertThat(Erf.erf(x)).isCloseTo(org.apache.commons.math3.special.Erf.erf(x), within(2e-14));
    }
  }

  /** Values of Abramowitz and Stegun, table 7.1, and their continuation to 16 digits. */
  @Test
  void knownValues() {
    assertThat(Erf.erf(0.5)).isCloseTo(0.5204998778130465, within(5e-16));
    assertThat(Erf.erf(1)).isCloseTo(0.8427007929497149, within(5e-16));
    assertThat(Erf.erf(2)).isCloseTo(0.9953222650189527, within(5e-16));
    assertThat(Erf.erf(3)).isCloseTo(0.9999779095030014, within(5e-16));
  }

  @Test
  void specialValues() {
    assertThat(Erf.erf(0)).isZero();
    assertThat(Double.doubleToRawLongBits(Erf.erf(-0.0)))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
    assertThat(Erf.erf(Double.NaN)).isNaN();
    assertThat(Erf.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Erf.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Erf.erf(1e-300)).isCloseTo(1.1283791670955126e-300, within(1e-315));
  }
}
