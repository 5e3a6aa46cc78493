package org.lawu.data.sets;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The folder that keeps what was downloaded, a folder in it for each data set. */
final class DataCache {
  /** The system property that names the folder. */
  static final String PROPERTY = "lawu.data";

  private DataCache() {}

  /** The folder of this user. */
  static Path folder() {
    return folder(System::getProperty, System::getenv);
  }

  /**
   * The folder that the property names; otherwise {@code lawu} in the folder where the operating
   * system wants caches: {@code %LOCALAPPDATA%} on Windows, elsewhere {@code $XDG_CACHE_HOME} (XDG
   * Base Directory Specification, which ignores relative paths) or {@code ~/.cache}.
   */
  static Path folder(
      UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
    String chosen = properties.apply(PROPERTY);
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen);
    }
    String system = properties.apply("os.name");
    boolean windows = system != null && system.startsWith("Windows");
    String caches = environment.apply(windows ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    if (caches != null && Path.of(caches).isAbsolute()) {
      return Path.of(caches, "lawu");
    }
    String home = String.valueOf(properties.apply("user.home"));
    return windows ? Path.of(home, "AppData", "Local", "lawu") : Path.of(home, ".cache", "lawu");
  }
}
