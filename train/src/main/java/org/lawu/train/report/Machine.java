package org.lawu.train.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.lawu.tensor.Backend;

/** What the training ran on and with. */
final class Machine {
  private static final Path LINUX_CPUS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static Map<String, String> described() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("Lawu", Backend.version());
    rows.put(
        "Java",
        "%s, %s %s"
            .formatted(
                System.getProperty("java.runtime.version"),
                System.getProperty("java.vm.vendor"),
                System.getProperty("java.vm.name")));
    rows.put("kernels", Backend.kernels());
    rows.put("threads", Integer.toString(Backend.threads()));
    rows.put("CPU", "%s, %d processors".formatted(cpu(), runtime.availableProcessors()));
    rows.put("heap, at most", "%,d MB".formatted(runtime.maxMemory() >> 20));
    rows.put(
        "system",
        "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")));
    return Collections.unmodifiableMap(rows);
  }

  /** The name where the system tells it, else the kind. */
  private static String cpu() {
    String kind = System.getProperty("os.arch");
    if (Files.isReadable(LINUX_CPUS)) {
      try (Stream<String> lines = Files.lines(LINUX_CPUS)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(kind);
      } catch (IOException unreadable) {
        return kind;
      }
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows == null ? kind : windows;
  }
}
