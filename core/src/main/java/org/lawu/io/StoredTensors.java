package org.lawu.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.internal.json.JsonValue.JsonString;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * The tensors of a safetensors file, or of a set of them with an index, read one at a time. {@link
 * Safetensors#open} checks the headers alone; the files are mapped into memory and may be larger
 * than it.
 *
 * <pre>{@code
 * try (var stored = Safetensors.open(Path.of("model.safetensors.index.json"))) {
 *   if (stored.shape("lm_head.weight").size(0) == 32000) {
 *     Tensor head = stored.tensor("lm_head.weight");
 *   }
 * }
 * }</pre>
 *
 * <p>Any number of threads may read at once. Close it when none does.
 */
public final class StoredTensors implements Closeable {
  private final String source;
  private final List<Shard> shards;
  private final Map<String, Stored> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private volatile boolean closed;

  private record Stored(Shard shard, SafetensorsHeader.Entry entry) {}

  private StoredTensors(String source, List<Shard> shards) {
    this.source = source;
    this.shards = shards;
    for (Shard shard : shards) {
      for (var entry : shard.header().entries()) {
        tensors.put(entry.name(), new Stored(shard, entry));
      }
      shard.header().metadata().forEach(metadata::putIfAbsent);
    }
  }

  static StoredTensors open(Path file) throws IOException {
    return ShardIndex.isIndex(file) ? openShards(file) : of(Shard.open(file));
  }

  static StoredTensors of(Shard shard) {
    return new StoredTensors(shard.source(), List.of(shard));
  }

  private static StoredTensors openShards(Path indexFile) throws IOException {
    ShardIndex index = ShardIndex.read(indexFile);
    Map<String, Set<String>> expected = new LinkedHashMap<>();
    index
        .files()
        .forEach((tensor, file) ->
            expected.computeIfAbsent(file, key -> new LinkedHashSet<>()).add(tensor));
    List<Shard> shards = new ArrayList<>();
    try {
      for (var file : expected.entrySet()) {
        shards.add(openShard(indexFile, file.getKey()));
        checkContent(indexFile, index, file.getValue(), file.getKey(), shards.getLast());
      }
      return new StoredTensors(indexFile.toString(), shards);
    } catch (Throwable fault) {
      for (Shard shard : shards) {
        shard.close();
      }
      throw fault;
    }
  }

  private static Shard openShard(Path index, String file) throws IOException {
    try {
      return Shard.open(index.resolveSibling(file));
    } catch (NoSuchFileException missing) {
      throw new FormatException(
          "%s: the file %s, which it names, is missing; get the complete set"
              .formatted(index, new JsonString(file).brief()),
          missing);
    } catch (InvalidPathException invalid) {
      throw new FormatException(
          "%s: %s cannot be the name of a file here".formatted(index, new JsonString(file).brief()),
          invalid);
    }
  }

  /** A file must hold the tensors that the index looks for there, and no others. */
  private static void checkContent(
      Path source, ShardIndex index, Set<String> expected, String file, Shard shard) {
    Set<String> held = new HashSet<>();
    for (var entry : shard.header().entries()) {
      if (!expected.contains(entry.name())) {
        String other = index.files().get(entry.name());
        throw new FormatException(
            "%s: %s"
                .formatted(
                    entry.place(shard.source()),
                    other == null
                        ? "the index %s does not name it".formatted(source)
                        : "the index %s has it in %s; it must be in one file alone"
                            .formatted(source, new JsonString(other).brief())));
      }
      held.add(entry.name());
    }
    for (String tensor : expected) {
      if (!held.contains(tensor)) {
        throw new FormatException(
            "%s, tensor %s: the file %s does not hold it"
                .formatted(source, new JsonString(tensor).brief(), new JsonString(file).brief()));
      }
    }
  }

  // ---- what there is

  /** The names of the tensors, in the order of the headers. */
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /**
   * The {@code __metadata__} of the file, empty where it has none; of several files those of all,
   * and of a key that they disagree about, the first file's.
   */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /**
   * The shape of a tensor.
   *
   * @throws ArgumentException if there is none of that name
   */
  public Shape shape(String name) {
    return stored("shape", name).entry().shape();
  }

  /**
   * The type that a tensor is read as: FLOAT32 where the file has F16, for example.
   *
   * @throws ArgumentException if there is none of that name
   */
  public DType dtype(String name) {
    return stored("dtype", name).entry().type().dtype();
  }

  // ---- reading

  /**
   * Reads one tensor.
   *
   * @throws ArgumentException if there is none of that name, or after {@link #close}
   * @throws FormatException if an element has no counterpart here, such as an I64 beyond INT32
   * @throws IOException if the file cannot be read, or was cut off since it was opened
   */
  public Tensor tensor(String name) throws IOException {
    Stored stored = stored("tensor", name);
    if (closed) {
      throw new ArgumentException("tensor: %s is closed; read before closing it".formatted(source));
    }
    return stored.shard().read(stored.entry());
  }

  private Stored stored(String operation, String name) {
    Stored stored = tensors.get(name);
    if (stored == null) {
      throw new ArgumentException(
          "%s: %s holds no %s; ask names()"
              .formatted(operation, source, new JsonString(name).brief()));
    }
    return stored;
  }

  /** Reads all of them. */
  SafetensorsFile readAll() throws IOException {
    Map<String, Tensor> read = new LinkedHashMap<>();
    for (String name : names()) {
      read.put(name, tensor(name));
    }
    return new SafetensorsFile(read, metadata);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      for (Shard shard : shards) {
        shard.close();
      }
    }
  }
}
