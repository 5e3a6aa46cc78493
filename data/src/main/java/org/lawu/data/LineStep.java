package org.lawu.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a text file, counted from 1. */
final class LineStep implements Step<String> {
  private final String name;
  private final LineReader reader;

  LineStep(Path file) {
    this.name = file.toString();
    this.reader = new LineReader(file);
  }

  @Override
  public @Nullable Item<String> next() {
    String line = reader.next();
    if (line == null) {
      return null;
    }
    String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    return new Item<>(text, new Place(name, "line", reader.line()));
  }

  @Override
  public void close() {
    reader.close();
  }
}
