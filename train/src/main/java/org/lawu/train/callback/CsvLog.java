package org.lawu.train.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lawu.error.ArgumentException;
import org.lawu.io.AtomicFile;
import org.lawu.train.Callback;
import org.lawu.train.Training;

/**
 * Writes a row for each epoch to a CSV file: {@code epoch}, all values of the epoch such as {@code
 * loss} and {@code val_accuracy}, and the {@code learning_rate} of its last step. Numbers are
 * written so that reading gives the same number, to the bit.
 *
 * <pre>{@code
 * trainer.fit(dataset, Fit.forEpochs(20).callbacks(new CsvLog(Path.of("run.csv"))));
 * }</pre>
 *
 * <p>The file may be there already: rows are added at its end, and it is refused before the first
 * step if it has other columns. Each row is on disk when the next epoch begins. What an interrupted
 * training left is put right: a half-written row is cut off, and a training that is resumed
 * replaces the rows of the epochs that it runs again.
 */
public final class CsvLog implements Callback {
  private static final String EPOCH = "epoch";
  private static final String LEARNING_RATE = "learning_rate";

  private final Path file;

  /** A log in a file, whose folder is made if need be. */
  public CsvLog(Path file) {
    this.file = file;
  }

  /**
   * Checks the file, or begins it with the names of the columns.
   *
   * @throws ArgumentException if it has other columns
   * @throws UncheckedIOException if it cannot be read or written
   */
  @Override
  public void started(Training training) {
    String header = header(training);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      String before = Files.exists(file) ? Files.readString(file) : "";
      String complete = before.substring(0, before.lastIndexOf('\n') + 1);
      if (complete.isEmpty() && header.startsWith(before)) {
        complete = header;
      }
      String kept =
          training.steps() == 0
              ? complete
              : withoutRepeated(complete, training.history().epochs().size());
      if (!kept.startsWith(header)) {
        throw new ArgumentException(
            "csv log: %s has other columns: %s instead of %s; give each kind of run its own file"
                .formatted(file, before.lines().findFirst().orElse(""), header.strip()));
      }
      if (!kept.equals(before)) {
        AtomicFile.write(file, channel -> write(channel, kept));
      }
    } catch (IOException fault) {
      throw new UncheckedIOException("csv log: %s cannot be written".formatted(file), fault);
    }
  }

  private static String header(Training training) {
    List<String> columns = new ArrayList<>(List.of(EPOCH));
    columns.addAll(training.names());
    columns.add(LEARNING_RATE);
    return columns.stream().map(CsvLog::quoted).collect(Collectors.joining(",")) + "\n";
  }

  private static String quoted(String name) {
    boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Without the last rows, as far as they are of epochs that a resumed training runs again. */
  private static String withoutRepeated(String text, int epochsBefore) {
    String kept = text;
    int after = Integer.MAX_VALUE;
    int epoch = epochOfLastRow(kept);
    // Rows before whose numbers do not fall further are of another training.
    while (epoch > epochsBefore && epoch < after) {
      kept = kept.substring(0, startOfLastRow(kept));
      after = epoch;
      epoch = epochOfLastRow(kept);
    }
    return kept;
  }

  private static int startOfLastRow(String text) {
    return text.lastIndexOf('\n', text.length() - 2) + 1;
  }

  /** 0 for the header. */
  private static int epochOfLastRow(String text) {
    String row = text.substring(startOfLastRow(text));
    String number = row.substring(0, Math.max(0, row.indexOf(',')));
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
  }

  @Override
  public void epochEnded(Training training) {
    Map<String, Double> values = training.values();
    String row =
        training.epoch()
            + training.names().stream()
                .map(name -> "," + values.getOrDefault(name, Double.NaN))
                .collect(Collectors.joining())
            + ","
            + training.optimizer().learningRate()
            + "\n";
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      write(channel, row);
      channel.force(false);
    } catch (IOException fault) {
      throw new UncheckedIOException("csv log: %s cannot be written".formatted(file), fault);
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public String toString() {
    return "CsvLog[%s]".formatted(file);
  }
}
