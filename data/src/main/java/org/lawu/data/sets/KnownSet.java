package org.lawu.data.sets;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A data set of files whose content is known, which are found where they are installed, or in a
 * cache, or downloaded into it.
 *
 * <pre>{@code
 * var shells =
 *     new KnownSet(
 *         "abalone",
 *         "Abalone",
 *         new KnownFile("abalone.data", "https://.../abalone.data", "0c2f5e..."));
 * Path file = shells.folder().resolve("abalone.data");
 * }</pre>
 *
 * <p>The cache is the folder that the system property {@code lawu.data} names, or else {@code lawu}
 * in {@code $XDG_CACHE_HOME}, {@code ~/.cache} or, on Windows, {@code %LOCALAPPDATA%}. Each set has
 * a folder of its name there.
 *
 * @param name the name of its folder in the cache
 * @param title its name in messages
 * @param places folders where a packager may have installed it, which are looked at first
 * @param files all its files
 */
public record KnownSet(String name, String title, List<Path> places, List<KnownFile> files) {

  /** Keeps copies of the lists. */
  public KnownSet {
    places = List.copyOf(places);
    files = List.copyOf(files);
  }

  /** A set that nobody installs. */
  public KnownSet(String name, String title, KnownFile... files) {
    this(name, title, List.of(), List.of(files));
  }

  /**
   * A folder that holds all the files, each with its own content. A line on standard error tells of
   * a download.
   *
   * @throws FileNotFoundException if they are neither there nor to be had; the message says what to
   *     put where
   * @throws org.lawu.error.FormatException if the SHA-256 of one is not what it should be; the
   *     message names it
   * @throws IOException if one cannot be read or written
   */
  public Path folder() throws IOException {
    return folder(DataCache.folder(), Download.standard());
  }

  /** The file of a set that has one only. */
  Path file() throws IOException {
    return folder().resolve(files.getFirst().name());
  }

  Path folder(Path cache, Download download) throws IOException {
    for (Path place : places) {
      if (files.stream().allMatch(file -> file.in(place).isPresent())) {
        for (KnownFile file : files) {
          file.check(file.in(place).orElseThrow());
        }
        return place;
      }
    }
    Path folder = cache.resolve(name).toAbsolutePath();
    for (KnownFile file : files) {
      Optional<Path> found = file.in(folder);
      if (found.isPresent()) {
        file.check(found.get());
      }
    }
    for (KnownFile file : missing(folder)) {
      Files.createDirectories(folder);
      fetch(file, folder, download);
    }
    return folder;
  }

  private List<KnownFile> missing(Path folder) {
    return files.stream().filter(file -> file.in(folder).isEmpty()).toList();
  }

  private void fetch(KnownFile file, Path folder, Download download) throws IOException {
    try {
      download.fetch(file, folder);
    } catch (IOException fault) {
      String reason = fault.getMessage() == null ? "no connection" : fault.getMessage();
      String wanted =
          missing(folder).stream()
              .map(absent -> absent.address().toString())
              .collect(Collectors.joining(", "));
      var explained =
          new FileNotFoundException(
              "%s was not found here, and %s could not be downloaded (%s); put into the folder %s: %s"
                  .formatted(title, file.name(), reason, folder, wanted));
      explained.initCause(fault);
      throw explained;
    }
  }
}
