package org.lawu.data.text;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lawu.data.file.Utf8;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;

/**
 * Reads texts from files in UTF-8, which may be packed with gzip under a name that ends in {@code
 * .gz}.
 *
 * <pre>{@code
 * LabelledTexts messages = TextFiles.tsv(Path.of("messages.tsv"), 0, 1, true);
 * LabelledTexts articles = LabelledTexts.of(Csv.read(Path.of("articles.csv")), "topic", "body");
 * }</pre>
 */
public final class TextFiles {
  private TextFiles() {}

  /**
   * Reads a file of a labelled text a line, whose fields are separated by tabs. There is no
   * quoting: quotation marks are part of a text. Empty lines are skipped.
   *
   * @param labelColumn which field is the label, from 0
   * @param textColumn which field is the text, from 0
   * @param hasHeader whether the first line names the columns
   * @throws ArgumentException if a column is negative or both are one
   * @throws FormatException if a line has too few fields, the file is not UTF-8 or has no text; the
   *     message names file and line
   * @throws IOException if it cannot be read
   */
  public static LabelledTexts tsv(Path file, int labelColumn, int textColumn, boolean hasHeader)
      throws IOException {
    if (labelColumn < 0 || textColumn < 0 || labelColumn == textColumn) {
      throw new ArgumentException(
          "tsv: label and text must be two columns, counted from 0; got %d and %d"
              .formatted(labelColumn, textColumn));
    }
    List<String> lines = lines(file);
    List<String> labels = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = hasHeader ? 1 : 0; i < lines.size(); i++) {
      if (lines.get(i).isEmpty()) {
        continue;
      }
      String[] fields = lines.get(i).split("\t", -1);
      if (fields.length <= Math.max(labelColumn, textColumn)) {
        throw new FormatException(
            "%s, line %d: %d fields between tabs, but the label is field %d and the text field %d"
                .formatted(file, i + 1, fields.length, labelColumn, textColumn));
      }
      labels.add(fields[labelColumn]);
      texts.add(fields[textColumn]);
    }
    if (texts.isEmpty()) {
      throw new FormatException("%s: there is no text".formatted(file));
    }
    return LabelledTexts.of(texts, labels);
  }

  /**
   * All of a file, without a byte order mark.
   *
   * @throws FormatException if it is not UTF-8, or not gzip though its name says so
   * @throws IOException if it cannot be read
   */
  public static String text(Path file) throws IOException {
    return Utf8.decode(file, unpacked(file));
  }

  private static byte[] unpacked(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.toString().endsWith(".gz")) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (ZipException | EOFException fault) {
      throw new FormatException("%s: no whole gzip file: %s".formatted(file, fault.getMessage()));
    }
  }

  /**
   * The lines of a file, which end with LF or CR LF; a tokenizer's line may hold any other break.
   */
  static List<String> lines(Path file) throws IOException {
    String text = text(file);
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int stop = end < 0 ? text.length() : end;
      boolean carriageReturn = stop > start && text.charAt(stop - 1) == '\r';
      lines.add(text.substring(start, carriageReturn ? stop - 1 : stop));
      start = stop + 1;
    }
    return lines;
  }

  static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
