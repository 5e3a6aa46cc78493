package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.lawu.data.text.LabelledTexts;
import org.lawu.data.text.TextFiles;
import org.lawu.error.FormatException;

/**
 * The SMS Spam Collection: 5,574 English text messages, of which 747 are spam. Almeida, Gómez
 * Hidalgo and Yamakami, "Contributions to the study of SMS spam filtering" (DocEng 2011); UCI
 * Machine Learning Repository, CC BY 4.0.
 *
 * <pre>{@code
 * LabelledTexts messages = SmsSpam.read();
 * messages.classes(); // [ham, spam]
 * }</pre>
 */
public final class SmsSpam {
  private static final List<String> CLASSES = List.of("ham", "spam");

  private static final KnownSet SET =
      new KnownSet(
          "sms-spam",
          "SMS Spam",
          new KnownFile(
              "sms+spam+collection.zip",
              "https://archive.ics.uci.edu/static/public/228/sms+spam+collection.zip",
              "1587ea43e58e82b14ff1f5425c88e17f8496bfcdb67a583dbff9eefaf9963ce3"));

  private SmsSpam() {}

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time, 0.2
   * MB.
   *
   * @throws java.io.FileNotFoundException if it is neither there nor to be had; the message says
   *     what to put where
   * @throws org.lawu.error.FormatException if the SHA-256 of the file is another
   * @throws IOException if it cannot be read or written
   */
  public static LabelledTexts read() throws IOException {
    return packed(SET.file());
  }

  static LabelledTexts packed(Path archive) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(archive)) {
      return read(files.getPath("SMSSpamCollection"));
    }
  }

  /**
   * Reads the file {@code SMSSpamCollection}, a label, a tab and a message a line, with or without
   * a header, as it is or packed with gzip ({@code .gz}).
   *
   * @throws FormatException if it holds something else; the message names file and line
   * @throws IOException if it cannot be read
   */
  public static LabelledTexts read(Path file) throws IOException {
    LabelledTexts read = TextFiles.tsv(file, 0, 1, false);
    boolean hasHeader = !CLASSES.contains(read.classes().get((int) read.labels().get(0)));
    LabelledTexts messages = hasHeader ? TextFiles.tsv(file, 0, 1, true) : read;
    if (!messages.classes().equals(CLASSES)) {
      throw new FormatException(
          "%s: labels must be ham and spam, got %s"
              .formatted(file, messages.classes().stream().limit(5).toList()));
    }
    return messages;
  }
}
