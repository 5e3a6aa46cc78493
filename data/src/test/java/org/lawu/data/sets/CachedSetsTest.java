package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;

/** Each set is looked for in its own folder of the cache, and nothing else is taken for it. */
class CachedSetsTest {
  @TempDir Path cache;

  @BeforeEach
  void chooseTheCache() {
    System.setProperty(DataCache.PROPERTY, cache.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(DataCache.PROPERTY);
  }

  private interface Set {
    Object read() throws IOException;
  }

  private void assertRefused(String folder, String name, Set set) throws IOException {
    Path file = Files.createDirectories(cache.resolve(folder)).resolve(name);
    Files.writeString(file, "something else");
    assertThatThrownBy(set::read)
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": its SHA-256 is ")
        .hasMessageEndingWith(": it is damaged or another file; delete it or get it again");
  }

  @Test
  void tables() throws IOException {
    assertRefused("iris", "iris.data", Iris::read);
    assertRefused("wine", "wine.data", Wine::read);
    assertRefused("breast-cancer-wisconsin", "breast-cancer-wisconsin.data", BreastCancer::read);
    assertRefused("california-housing", "housing.csv", CaliforniaHousing::read);
    assertRefused(
        "online-shoppers",
        "online+shoppers+purchasing+intention+dataset.zip",
        OnlineShoppers::read);
  }

  @Test
  void texts() throws IOException {
    assertRefused("imdb", "aclImdb_v1.tar.gz", Imdb::read);
    assertRefused("sms-spam", "sms+spam+collection.zip", SmsSpam::read);
  }
}
