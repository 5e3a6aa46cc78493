package org.lawu.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files that are complete or not there at all, whenever the process or machine stops. */
public final class AtomicFile {
  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it, from the beginning. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file beside its place, forces it to disk and moves it there; an earlier file of that
   * name stays until then.
   *
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path file, Content content) throws IOException {
    // Not Files.createTempFile, whose files only their owner may read.
    Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (var channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        // The content must be on disk before the name points to it.
        channel.force(true);
      }
      move(beside, file);
    } catch (Throwable fault) {
      deleteAfter(fault, beside);
      throw fault;
    }
  }

  private static void deleteAfter(Throwable fault, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException another) {
      fault.addSuppressed(another);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException unsupported) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
