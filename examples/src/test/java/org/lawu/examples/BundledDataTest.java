package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Csv;
import org.lawu.data.Table;
import org.lawu.data.sets.CaliforniaHousing;
import org.lawu.data.sets.Iris;

/** The bundled files are those that the library would download, where it knows them. */
class BundledDataTest {
  @TempDir Path cache;

  @BeforeEach
  void chooseTheCache() {
    System.setProperty("lawu.data", cache.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty("lawu.data");
  }

  private void cached(String folder, String name, byte[] content) throws IOException {
    Files.write(Files.createDirectories(cache.resolve(folder)).resolve(name), content);
  }

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(TestData.find(name)))) {
      return in.readAllBytes();
    }
  }

  /** UCI's file ends with two more line ends. */
  @Test
  void irisIsThatOfUci() throws IOException {
    Path bundled = TestData.find("iris.csv");
    String official = Files.readString(bundled) + "\n\n";
    cached("iris", "iris.data", official.getBytes(StandardCharsets.US_ASCII));
    Table flowers = Iris.read();
    assertThat(flowers.floats("petalLength")).isEqualTo(Iris.read(bundled).floats("petalLength"));
    assertThat(flowers.size()).isEqualTo(150);
  }

  @Test
  void housingIsThatOfHandsOnMachineLearning() throws IOException {
    cached("california-housing", "housing.csv", unpacked("california_housing.csv.gz"));
    assertThat(CaliforniaHousing.read().size()).isEqualTo(20_640);
  }

  @Test
  void theBasketsAreAsTheReadmeSays() throws Exception {
    byte[] table = unpacked("supermarket.csv.gz");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(table);
    assertThat(TestData.find("README.md")).content().contains(HexFormat.of().formatHex(digest));
    Table baskets = Csv.read(TestData.find("supermarket.csv.gz"));
    assertThat(baskets.size()).isEqualTo(4_627);
    assertThat(baskets.columns()).hasSize(217).endsWith("total");
    assertThat(baskets.floats("puddings-deserts").sum().item()).isEqualTo(788);
  }
}
