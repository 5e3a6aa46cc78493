package org.lawu.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lawu.error.LawuException;

class KernelProviderTest {

  /** Fails, rather than skips, where the vector kernels were asked for and others run. */
  @Test
  void kernelsInForceAreThoseAskedFor() {
    String asked = System.getProperty(KernelProvider.KERNELS_PROPERTY, "auto");
    String name = KernelProvider.kernels().name();
    switch (asked) {
      case "vector" -> assertThat(name).startsWith("vector-");
      case "scalar" -> assertThat(name).isEqualTo("scalar");
      default -> assertThat(name).matches("scalar|vector-\\d+");
    }
    assertThat(KernelProvider.description()).startsWith(name);
  }

  @Test
  void unknownKernelsAreRefused() {
    assertThatThrownBy(() -> KernelProvider.choose("gpu"))
        .isInstanceOf(LawuException.class)
        .hasMessage(
            "lawu.kernels: no such kernels: 'gpu'; give auto, vector or scalar, such as"
                + " -Dlawu.kernels=auto");
  }

  @Test
  void vectorWithoutItsModuleSaysWhatToDo() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      assertThat(KernelProvider.choose("vector").name()).startsWith("vector-");
    } else {
      assertThatThrownBy(() -> KernelProvider.choose("vector"))
          .isInstanceOf(LawuException.class)
          .hasMessageContaining("add --add-modules jdk.incubator.vector to the java command");
      assertThat(KernelProvider.choose("auto").name()).isEqualTo("scalar");
    }
  }

  @Test
  void scalarOnRequest() {
    assertThat(KernelProvider.choose("scalar").name()).isEqualTo("scalar");
  }
}
