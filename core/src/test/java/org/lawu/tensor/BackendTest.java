package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackendTest {
  @Test
  void tellsWhatComputes() {
    assertThat(Backend.kernels()).matches("scalar \\(plain Java\\)|vector-\\d+ \\(.*\\)");
    assertThat(Backend.threads()).isPositive();
  }

  @Test
  void hasAVersionEvenOutsideOfAJar() {
    assertThat(Backend.version()).matches("development|\\d+\\.\\d+.*");
  }
}
