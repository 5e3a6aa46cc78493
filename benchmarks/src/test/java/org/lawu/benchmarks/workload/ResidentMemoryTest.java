package org.lawu.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

  @Test
  void kilobytesOfTheStatusAreBytes() throws IOException {
    List<String> status = List.of("Name:\tjava", "VmHWM:\t    2048 kB", "VmRSS:\t     512 kB");
    assertThat(ResidentMemory.parse(status)).isEqualTo(new ResidentMemory(512 << 10, 2048 << 10));
  }

  @Test
  void missingLineIsNamed() {
    assertThatThrownBy(() -> ResidentMemory.parse(List.of("VmRSS:\t 512 kB")))
        .isInstanceOf(IOException.class)
        .hasMessage("/proc/self/status has no line VmHWM:");
  }
}
