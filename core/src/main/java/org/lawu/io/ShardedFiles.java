package org.lawu.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

/** Writes a set of safetensors files with an index; see {@link Safetensors#writeSharded}. */
final class ShardedFiles {
  private static final String INDEX = ".safetensors.index.json";

  private ShardedFiles() {}

  static void write(
      Path index, Map<String, Tensor> tensors, Map<String, String> metadata, long shardBytes)
      throws IOException {
    String name = index.getFileName() == null ? "" : index.getFileName().toString();
    if (!name.endsWith(INDEX) || name.equals(INDEX)) {
      throw new ArgumentException(
          "writeSharded: the index must be named like model%s, not %s".formatted(INDEX, name));
    }
    if (shardBytes < 1) {
      throw new ArgumentException(
          "writeSharded: a file must hold at least 1 byte, not %d".formatted(shardBytes));
    }
    // For its checks: no file is written if one cannot be.
    SafetensorsHeader.write(tensors, metadata);
    write(
        index,
        name.substring(0, name.length() - INDEX.length()),
        divide(tensors, shardBytes),
        metadata);
  }

  private static void write(
      Path index, String stem, List<Map<String, Tensor>> shards, Map<String, String> metadata)
      throws IOException {
    List<Path> files = freeNames(index, stem, shards.size());
    Map<String, String> fileOf = new LinkedHashMap<>();
    long totalSize = 0;
    boolean complete = false;
    try {
      for (int i = 0; i < files.size(); i++) {
        Safetensors.write(files.get(i), shards.get(i), metadata);
        for (var entry : shards.get(i).entrySet()) {
          fileOf.put(entry.getKey(), files.get(i).getFileName().toString());
          totalSize += bytes(entry.getValue());
        }
      }
      // Should the machine stop, the index must not be on disk without the names in it.
      forceFolder(index);
      Set<Path> earlier = earlierFiles(index, stem);
      writeIndex(index, new ShardIndex(fileOf), totalSize);
      complete = true;
      // The old index may name files that were gone, and so were free to be written now.
      delete(earlier.stream().filter(file -> !files.contains(file)).toList());
    } finally {
      if (!complete) {
        delete(files);
      }
    }
  }

  /** Fills one file after another, in order. */
  private static List<Map<String, Tensor>> divide(Map<String, Tensor> tensors, long shardBytes) {
    List<Map<String, Tensor>> shards = new ArrayList<>();
    long room = 0;
    for (var entry : tensors.entrySet()) {
      long bytes = bytes(entry.getValue());
      if (shards.isEmpty() || bytes > room) {
        shards.add(new LinkedHashMap<>());
        room = shardBytes;
      }
      shards.getLast().put(entry.getKey(), entry.getValue());
      room = Math.max(0, room - bytes);
    }
    return shards;
  }

  private static long bytes(Tensor tensor) {
    return StoredType.of(tensor.dtype()).bytes(tensor.shape());
  }

  /** The usual names, or others if one of them is taken, perhaps by the set to be replaced. */
  private static List<Path> freeNames(Path index, String stem, int count) {
    List<Path> names = names(index, stem, count);
    return names.stream().noneMatch(Files::exists)
        ? names
        : names(index, stem + "-" + UUID.randomUUID().toString().substring(0, 8), count);
  }

  private static List<Path> names(Path index, String stem, int count) {
    List<Path> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(index.resolveSibling("%s-%05d-of-%05d.safetensors".formatted(stem, i, count)));
    }
    return names;
  }

  /** The files of the set that the index describes as yet, none if it cannot be read. */
  private static Set<Path> earlierFiles(Path index, String stem) throws IOException {
    if (!Files.isRegularFile(index)) {
      return Set.of();
    }
    try {
      // An index from elsewhere must not make us delete what is not of its set.
      return ShardIndex.read(index).files().values().stream()
          .filter(file -> file.startsWith(stem + "-") && file.endsWith(".safetensors"))
          .map(index::resolveSibling)
          .collect(Collectors.toUnmodifiableSet());
    } catch (FormatException unreadable) {
      return Set.of();
    }
  }

  private static void writeIndex(Path file, ShardIndex index, long totalSize) throws IOException {
    var text = ByteBuffer.wrap(index.write(totalSize).getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(
        file,
        channel -> {
          while (text.hasRemaining()) {
            channel.write(text);
          }
        });
  }

  private static void forceFolder(Path index) {
    Path folder = index.toAbsolutePath().getParent();
    if (folder != null) {
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException unsupported) {
        // Not every system opens folders; those that do not order these writes themselves.
      }
    }
  }

  /** Files that no index names do no harm, so one that cannot be deleted may stay. */
  private static void delete(Iterable<Path> files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException inUse) {
        // Some systems keep a file while another process has it open.
      }
    }
  }
}
