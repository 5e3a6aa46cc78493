package org.lawu.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lawu.error.FormatException;

/**
 * Cuts a text into records of fields by <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC
 * 4180</a>, strictly: a quote begins and ends a field or is doubled within a quoted one, and a
 * quoted field may hold separators and line ends. Lines end with LF or CR LF; empty ones are
 * skipped.
 */
final class CsvParser {
  private static final int END = -1;

  private final Path file;
  private final String text;
  private final char separator;
  private int at;
  private int line;

  /** The fields of one record and the line it starts on, counted from 1. */
  record Row(int line, List<String> fields) {}

  CsvParser(Path file, String text, char separator) {
    this(file, text, separator, 1);
  }

  /** For a part of a file that begins with this line. */
  CsvParser(Path file, String text, char separator, int line) {
    this.file = file;
    this.text = text;
    this.separator = separator;
    this.line = line;
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    while (peek(0) != END) {
      if (!skipLineEnd()) {
        rows.add(row());
      }
    }
    return rows;
  }

  private Row row() {
    int start = line;
    List<String> fields = new ArrayList<>();
    fields.add(field(1));
    while (peek(0) == separator) {
      at++;
      fields.add(field(fields.size() + 1));
    }
    skipLineEnd();
    return new Row(start, List.copyOf(fields));
  }

  private String field(int column) {
    return peek(0) == '"' ? quoted(column) : plain(column);
  }

  private String plain(int column) {
    int start = at;
    while (!atFieldEnd(column)) {
      if (peek(0) == '"') {
        throw fault(
            line,
            column,
            "a quote within an unquoted field; quote the field and double its quotes");
      }
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted(int column) {
    int startLine = line;
    int start = ++at;
    while (true) {
      switch (peek(0)) {
        case END ->
            throw fault(startLine, column, "the quoted field does not end; close it with a quote");
        case '\n' -> line++;
        case '"' -> {
          if (peek(1) != '"') {
            String field = text.substring(start, at++);
            if (!atFieldEnd(column)) {
              throw fault(
                  line,
                  column,
                  "text after the closing quote; a quote within a field must be doubled");
            }
            return field.replace("\"\"", "\"");
          }
          at++;
        }
        default -> {}
      }
      at++;
    }
  }

  private boolean atFieldEnd(int column) {
    int c = peek(0);
    if (c == '\r' && peek(1) != '\n') {
      throw fault(
          line, column, "a carriage return without a line feed; end lines with LF or CR LF");
    }
    return c == separator || c == '\n' || c == '\r' || c == END;
  }

  private boolean skipLineEnd() {
    int length = peek(0) == '\r' ? 2 : 1;
    if (peek(length - 1) != '\n') {
      return false;
    }
    at += length;
    line++;
    return true;
  }

  private int peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  private FormatException fault(int faultLine, int column, String fault) {
    return new FormatException(
        "%s, line %d, column %d: %s".formatted(file, faultLine, column, fault));
  }
}
