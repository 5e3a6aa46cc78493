package org.lawu.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of this process that is resident, as Linux counts it; see {@code proc(5)}.
 *
 * @param now bytes at the moment
 * @param most bytes at most since the last {@link #reset}
 */
record ResidentMemory(long now, long most) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final String RESET_PEAK = "5";
  private static final long KILOBYTE = 1 << 10;

  /** That of this process. */
  static ResidentMemory read() throws IOException {
    return parse(Files.readAllLines(STATUS));
  }

  /** Lets the most be counted from now on. */
  static void reset() throws IOException {
    Files.writeString(RESET, RESET_PEAK);
  }

  /** From lines such as {@code VmRSS: 1234 kB}. */
  static ResidentMemory parse(List<String> status) throws IOException {
    return new ResidentMemory(field("VmRSS:", status), field("VmHWM:", status));
  }

  private static long field(String name, List<String> status) throws IOException {
    for (String line : status) {
      if (line.startsWith(name)) {
        return KILOBYTE * Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("%s has no line %s".formatted(STATUS, name));
  }
}
