package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.IdxFile;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;

class KnownSetTest {
  private static final byte[] PLAIN = random(1, 700_000);
  private static final byte[] PACKED_CONTENT = random(2, 3_000);

  @TempDir Path folder;

  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private final Download download = new Download(new PrintStream(progress), false);
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private String address;

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    address = "http://localhost:%d/".formatted(server.getAddress().getPort());
    serve("/a.bin", 200, PLAIN, PLAIN.length);
    serve("/b.gz", 200, IdxFile.gzip(PACKED_CONTENT), 0);
    serve("/cut.bin", 200, random(1, 5_000), 9_000);
    serve("/other.bin", 200, random(3, 100), 100);
    server.createContext(
        "/moved.bin",
        exchange -> {
          exchange.getResponseHeaders().add("Location", address + "a.bin");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  /** Promises so many bytes (0: says not how many) and sends those there are. */
  private void serve(String path, int status, byte[] bytes, int promised) {
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(status, promised);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private KnownSet set(KnownFile... files) {
    return new KnownSet("things", "Things", files);
  }

  private KnownFile plain(String path) throws Exception {
    return new KnownFile(path, address + path, sha256(PLAIN));
  }

  private KnownFile packed() throws Exception {
    return new KnownFile("b.gz", address + "b.gz", sha256(PACKED_CONTENT));
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private Path get(KnownSet set) throws IOException {
    return set.folder(cache(), download);
  }

  private List<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertFault(KnownSet set, String message) throws IOException {
    assertThatThrownBy(() -> get(set))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(message);
    assertThat(names(cache().resolve("things"))).isEmpty();
  }

  @Test
  void downloadsOnceAndThenFindsIt() throws Exception {
    KnownSet set = set(plain("a.bin"), packed());
    Path place = get(set);

    assertThat(place).isEqualTo(cache().resolve("things").toAbsolutePath());
    assertThat(names(place)).containsExactly("a.bin", "b.gz");
    assertThat(Files.readAllBytes(place.resolve("a.bin"))).isEqualTo(PLAIN);
    assertThat(progress)
        .hasToString("downloading %sa.bin%ndownloading %sb.gz%n".formatted(address, address));
    assertThat(get(set)).isEqualTo(place);
    assertThat(requests).hasValue(2);
  }

  @Test
  void followsToWhereTheFileHasMoved() throws Exception {
    assertThat(Files.readAllBytes(get(set(plain("moved.bin"))).resolve("moved.bin")))
        .isEqualTo(PLAIN);
  }

  @Test
  void aTerminalSeesHowFarItIs() throws Exception {
    Download onTerminal = new Download(new PrintStream(progress), true);
    set(plain("a.bin"), packed()).folder(cache(), onTerminal);

    assertThat(progress.toString(StandardCharsets.UTF_8))
        .contains("\rdownloading " + address + "a.bin 0.7 of 0.7 MB" + System.lineSeparator())
        .contains("\rdownloading " + address + "b.gz 0.0 MB" + System.lineSeparator());
  }

  @Test
  void fetchesOnlyWhatIsMissing() throws Exception {
    Path place = Files.createDirectories(cache().resolve("things"));
    Files.write(place.resolve("b"), PACKED_CONTENT);
    get(set(plain("a.bin"), packed()));

    assertThat(names(place)).containsExactly("a.bin", "b");
    assertThat(requests).hasValue(1);
  }

  @Test
  void takesWhatIsInstalledIfItIsComplete() throws Exception {
    Path installed = Files.createDirectory(folder.resolve("installed"));
    Files.write(installed.resolve("a.bin"), PLAIN);
    KnownSet set =
        new KnownSet(
            "things",
            "Things",
            List.of(folder.resolve("nowhere"), installed),
            List.of(plain("a.bin"), packed()));
    assertThat(get(set)).isEqualTo(cache().resolve("things").toAbsolutePath());

    Files.write(installed.resolve("b.gz"), IdxFile.gzip(PACKED_CONTENT));
    assertThat(get(set)).isEqualTo(installed);

    Files.write(installed.resolve("b.gz"), IdxFile.gzip(new byte[3]));
    assertThatThrownBy(() -> get(set))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(installed.resolve("b.gz") + ": its SHA-256 is ");
  }

  @Test
  void saysWhatToPutWhereIfTheServerHasItNot() throws Exception {
    Path place = cache().resolve("things").toAbsolutePath();
    assertFault(
        set(plain("no.bin"), plain("no2.bin")),
        "Things was not found here, and no.bin could not be downloaded (the server answered 404);"
            + " put into the folder %s: %sno.bin, %sno2.bin".formatted(place, address, address));
  }

  @Test
  void saysWhatToPutWhereIfThereIsNoNetwork() throws Exception {
    server.stop(0);
    Path place = cache().resolve("things").toAbsolutePath();
    assertFault(
        set(plain("a.bin")),
        "Things was not found here, and a.bin could not be downloaded (no connection); put into the"
            + " folder %s: %sa.bin".formatted(place, address));
    var unknown = new KnownFile("a.bin", "http://host.invalid/a.bin", sha256(PLAIN));
    assertFault(
        set(unknown),
        "Things was not found here, and a.bin could not be downloaded (no connection); put into the"
            + " folder %s: http://host.invalid/a.bin".formatted(place));
  }

  @Test
  void keepsNothingOfATransferThatIsCutOff() throws Exception {
    assertThatThrownBy(() -> get(set(plain("cut.bin"))))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageStartingWith("Things was not found here, and cut.bin could not be downloaded (");
    assertThat(names(cache().resolve("things"))).isEmpty();
  }

  @Test
  void keepsNothingThatIsAnotherFile() throws Exception {
    assertThatThrownBy(() -> get(set(plain("other.bin"))))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            ("download of %sother.bin: its SHA-256 is %s and that of other.bin is %s: it is damaged"
                    + " or another file")
                .formatted(address, sha256(random(3, 100)), sha256(PLAIN)));
    assertThat(names(cache().resolve("things"))).isEmpty();
  }

  @Test
  void refusesADamagedFileOfTheCache() throws Exception {
    Path place = Files.createDirectories(cache().resolve("things"));
    byte[] damaged = PLAIN.clone();
    damaged[5]++;
    Path file = Files.write(place.resolve("a.bin"), damaged);

    assertThatThrownBy(() -> get(set(plain("a.bin"))))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            ("%s: its SHA-256 is %s and that of a.bin is %s: it is damaged or another file; delete"
                    + " it or get it again")
                .formatted(file.toAbsolutePath(), sha256(damaged), sha256(PLAIN)));
    assertThat(requests).hasValue(0);
  }

  @Test
  void aDigestIsOfTheFileOrOfWhatIsPackedInIt() throws Exception {
    byte[] gzip = IdxFile.gzip(PACKED_CONTENT);
    Path file = Files.write(folder.resolve("b.gz"), gzip);
    new KnownFile("b.gz", address, sha256(gzip)).check(file);
    new KnownFile("b.gz", address, sha256(PACKED_CONTENT)).check(file);

    for (byte[] other : List.of(new byte[0], new byte[] {0x1F}, Arrays.copyOf(gzip, 90))) {
      Files.write(file, other);
      assertThatThrownBy(() -> packed().check(file))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("it is damaged or another file");
    }
    assertThatThrownBy(() -> new KnownFile("x", address, "1234"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("known file x: a SHA-256 has 64 hexadecimal digits in lower case, got 1234");
  }
}
