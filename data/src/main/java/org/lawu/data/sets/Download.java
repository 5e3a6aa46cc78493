package org.lawu.data.sets;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.lawu.error.FormatException;

/**
 * Downloads files, which appear in their folder complete and checked or not at all.
 *
 * @param out where a line tells how far it has come
 * @param terminal whether that line may be rewritten
 */
record Download(PrintStream out, boolean terminal) {
  private static final Duration CONNECTING = Duration.ofSeconds(20);
  private static final Duration ANSWERING = Duration.ofSeconds(60);
  private static final int PART = 1 << 18;
  private static final int OK = 200;

  /** To standard error, as what is downloaded is not a program's result. */
  // From JDK 25 on the console is null again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  static Download standard() {
    var console = System.console();
    return new Download(System.err, console != null && console.isTerminal());
  }

  /**
   * Downloads a file into a folder that is there.
   *
   * @throws FormatException if what came is not the file
   * @throws IOException if it does not come, or not whole
   */
  void fetch(KnownFile file, Path folder) throws IOException {
    // Beside its place, so that moving it there is one step of the file system.
    Path beside = folder.resolve(".%s.%s.part".formatted(file.name(), UUID.randomUUID()));
    try {
      receive(file.address(), beside);
      String fault = file.fault(beside);
      if (!fault.isEmpty()) {
        throw new FormatException("download of %s: %s".formatted(file.address(), fault));
      }
      Files.move(beside, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private void receive(URI address, Path to) throws IOException {
    try (var client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECTING)
            .build()) {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWERING).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          throw new IOException("the server answered %d".formatted(response.statusCode()));
        }
        copy(address, body, response.headers().firstValueAsLong("Content-Length").orElse(-1), to);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the download was interrupted");
    }
  }

  private void copy(URI address, InputStream body, long length, Path to) throws IOException {
    if (!terminal) {
      out.println("downloading " + address);
    }
    try (var channel =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream file = Channels.newOutputStream(channel)) {
      byte[] part = new byte[PART];
      long received = 0;
      for (int n = body.read(part); n >= 0; n = body.read(part)) {
        file.write(part, 0, n);
        received += n;
        if (terminal) {
          out.print("\rdownloading " + address + " " + megabytes(received, length));
        }
      }
      channel.force(true);
    } finally {
      if (terminal) {
        out.println();
      }
    }
  }

  private static String megabytes(long received, long length) {
    return length < 0
        ? String.format(Locale.ROOT, "%.1f MB", received / 1e6)
        : String.format(Locale.ROOT, "%.1f of %.1f MB", received / 1e6, length / 1e6);
  }
}
