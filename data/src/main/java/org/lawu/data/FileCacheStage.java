package org.lawu.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.lawu.error.FormatException;
import org.lawu.io.AtomicFile;

/**
 * Keeps the records in a file, which the first pass that finds none writes. All passes are of one
 * plan, so that it makes no difference which of them that is.
 */
final class FileCacheStage<T> extends Pipeline<T> {
  private static final byte[] MAGIC = {'L', 'A', 'W', 'U', 'R', 'E', 'C', '1'};
  private static final int BUFFER = 1 << 16;
  private static final int RECORD = 1;
  private static final int END = 0;

  private final Pipeline<T> source;
  private final Path file;
  private final RecordFormat<T> format;
  private @Nullable Plan<T> plan;

  FileCacheStage(Pipeline<T> source, Path file, RecordFormat<T> format) {
    this.source = source;
    this.file = file;
    this.format = format;
  }

  @Override
  public OptionalLong knownSize() {
    return source.knownSize();
  }

  @Override
  synchronized Plan<T> plan() {
    if (plan == null) {
      plan = source.plan();
    }
    Plan<T> only = plan;
    return pass -> new Reader(only);
  }

  private void write(Step<T> step) throws IOException {
    AtomicFile.write(
        file,
        channel -> {
          var out =
              new DataOutputStream(
                  new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
          out.write(MAGIC);
          for (Item<T> item = step.next(); item != null; item = step.next()) {
            out.writeByte(RECORD);
            format.write(item.value(), out);
          }
          out.writeByte(END);
          out.flush();
        });
  }

  private UncheckedIOException failed(String what, IOException cause) {
    return new UncheckedIOException(
        "%s: the cache cannot be %s: %s".formatted(file, what, cause), cause);
  }

  /** The records of the file, from the first that is asked for on. */
  private final class Reader implements Step<T> {
    private final Plan<T> records;
    private @Nullable DataInputStream in;
    private long number;
    private boolean ended;

    Reader(Plan<T> records) {
      this.records = records;
    }

    @Override
    public @Nullable Item<T> next() {
      if (ended) {
        return null;
      }
      DataInputStream open = in == null ? open() : in;
      var place = new Place(file.toString(), "record", number);
      T record;
      try {
        if (open.readByte() == END) {
          ended = true;
          return null;
        }
        record = format.read(open);
      } catch (IOException | RuntimeException fault) {
        throw new FormatException(
            "%s: the cache is damaged (%s); delete the file".formatted(place, fault), fault);
      }
      number++;
      return new Item<>(record, place);
    }

    private DataInputStream open() {
      if (!Files.exists(file)) {
        try (Step<T> step = records.open(Plan.FIRST)) {
          write(step);
        } catch (IOException e) {
          throw failed("written", e);
        }
      }
      try {
        // A channel closes itself when it is garbage.
        var opened =
            new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(FileChannel.open(file)), BUFFER));
        in = opened;
        if (!Arrays.equals(opened.readNBytes(MAGIC.length), MAGIC)) {
          throw new FormatException(
              "%s: this is another kind of file and no cache; choose another name".formatted(file));
        }
        return opened;
      } catch (IOException e) {
        throw failed("read", e);
      }
    }

    @Override
    public void close() {
      ended = true;
      if (in != null) {
        try {
          in.close();
        } catch (IOException e) {
          throw failed("closed", e);
        }
      }
    }
  }
}
