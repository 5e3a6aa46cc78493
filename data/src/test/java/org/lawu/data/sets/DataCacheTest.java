package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataCacheTest {
  private final Map<String, String> properties =
      new HashMap<>(Map.of("os.name", "Linux", "user.home", "/home/ada"));
  private final Map<String, String> environment = new HashMap<>();

  private Path folder() {
    return DataCache.folder(properties::get, environment::get);
  }

  @Test
  void isWhereTheSystemWantsCaches() {
    assertThat(folder()).isEqualTo(Path.of("/home/ada/.cache/lawu"));
    environment.put("XDG_CACHE_HOME", "relative");
    assertThat(folder()).isEqualTo(Path.of("/home/ada/.cache/lawu"));
    environment.put("XDG_CACHE_HOME", Path.of("/var/caches").toAbsolutePath().toString());
    assertThat(folder()).isEqualTo(Path.of("/var/caches/lawu").toAbsolutePath());
  }

  @Test
  void isAmongLocalDataOnWindows() {
    properties.put("os.name", "Windows 11");
    assertThat(folder()).isEqualTo(Path.of("/home/ada", "AppData", "Local", "lawu"));
    environment.put("LOCALAPPDATA", Path.of("/local").toAbsolutePath().toString());
    assertThat(folder()).isEqualTo(Path.of("/local/lawu").toAbsolutePath());
  }

  @Test
  void isWhereThePropertySays() {
    environment.put("XDG_CACHE_HOME", Path.of("/var/caches").toAbsolutePath().toString());
    properties.put("lawu.data", "my/data");
    assertThat(folder()).isEqualTo(Path.of("my/data"));
    properties.put("lawu.data", " ");
    assertThat(folder()).isEqualTo(Path.of("/var/caches/lawu").toAbsolutePath());
  }
}
