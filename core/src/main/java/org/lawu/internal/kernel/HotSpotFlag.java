package org.lawu.internal.kernel;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flag of the HotSpot virtual machine, by reflection: the management modules need not be
 * there.
 */
final class HotSpotFlag {

  private HotSpotFlag() {}

  /** The value of the flag, or null where there is no telling. */
  static @Nullable String value(String flag) {
    try {
      Class<?> beanType = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
      Object bean =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getPlatformMXBean", Class.class)
              .invoke(null, beanType);
      Object option = beanType.getMethod("getVMOption", String.class).invoke(bean, flag);
      Method value = option.getClass().getMethod("getValue");
      return (String) value.invoke(option);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
