package org.lawu.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lawu.error.FormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of checkpoints of one training: {@code checkpoint-00001200.safetensors} is that after
 * step 1200.
 *
 * @param path where it is; it need not be there yet
 */
public record CheckpointFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final Pattern NAME = Pattern.compile("checkpoint-([0-9]{1,9})\\.safetensors");

  /** What a process leaves that is killed while it writes. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\.(checkpoint-[0-9]+|best)\\.safetensors\\..*\\.tmp");

  /**
   * The newest checkpoint that is whole. Each is read and its checksum compared; one that is
   * damaged is skipped, with a warning in the log that names it.
   *
   * @throws IOException if the folder or a file cannot be read
   */
  public Optional<Checkpoint> newest() throws IOException {
    for (Path file : files()) {
      try {
        return Optional.of(Checkpoint.read(file));
      } catch (FormatException fault) {
        LOG.warn("skipping a damaged checkpoint: {}", fault.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Writes a checkpoint, complete or not at all, and then removes others: those of later steps,
   * which can only be damaged, and all but the newest.
   *
   * @param keep how many to keep, from 1 up
   * @return the file
   * @throws IOException if it cannot be written
   */
  public Path write(Checkpoint checkpoint, int keep) throws IOException {
    Files.createDirectories(path);
    int steps = checkpoint.steps();
    Path file = path.resolve(String.format(Locale.ROOT, "checkpoint-%08d.safetensors", steps));
    checkpoint.write(file);
    int kept = 0;
    for (Path other : files()) {
      if (steps(other) > steps || ++kept > keep) {
        Files.deleteIfExists(other);
      }
    }
    return file;
  }

  /**
   * Removes what an earlier process left that was killed while it wrote.
   *
   * @throws IOException if the folder cannot be read or a file not be removed
   */
  public void removeUnfinished() throws IOException {
    for (Path file : matching(UNFINISHED)) {
      Files.deleteIfExists(file);
    }
  }

  /** The checkpoints' files, whole or damaged, the newest first. */
  private List<Path> files() throws IOException {
    List<Path> files = matching(NAME);
    files.sort(Comparator.comparingInt(CheckpointFolder::steps).reversed());
    return files;
  }

  private List<Path> matching(Pattern name) throws IOException {
    if (!Files.exists(path)) {
      return new ArrayList<>();
    }
    if (!Files.isDirectory(path)) {
      throw new NotDirectoryException(path.toString());
    }
    try (var entries = Files.list(path)) {
      return new ArrayList<>(entries.filter(file -> name.matcher(name(file)).matches()).toList());
    }
  }

  private static int steps(Path file) {
    Matcher matcher = NAME.matcher(name(file));
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
