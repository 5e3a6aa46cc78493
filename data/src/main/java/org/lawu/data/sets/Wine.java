package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.lawu.data.Csv;
import org.lawu.data.CsvFormat;
import org.lawu.data.Table;

/**
 * Wine: 178 wines of three growers of one Italian region, with 13 measurements (S. Aeberhard, M.
 * Forina, 1991; UCI Machine Learning Repository, CC BY 4.0).
 */
public final class Wine {
  /** What a chemical analysis measured. */
  public static final List<String> FEATURES =
      List.of(
          "alcohol",
          "malicAcid",
          "ash",
          "alkalinityOfAsh",
          "magnesium",
          "totalPhenols",
          "flavanoids",
          "nonflavanoidPhenols",
          "proanthocyanins",
          "colorIntensity",
          "hue",
          "od280od315",
          "proline");

  /** The grower: 1, 2 or 3, of whom there are 59, 71 and 48 wines. */
  public static final String GROWER = "grower";

  private static final Set<String> GROWERS = Set.of("1", "2", "3");

  private static final KnownSet SET =
      new KnownSet(
          "wine",
          "Wine",
          new KnownFile(
              "wine.data",
              "https://archive.ics.uci.edu/ml/machine-learning-databases/wine/wine.data",
              "6be6b1203f3d51df0b553a70e57b8a723cd405683958204f96d23d7cd6aea659"));

  private Wine() {}

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time, 11
   * KB.
   *
   * @throws java.io.FileNotFoundException if it is neither there nor to be had; the message says
   *     what to put where
   * @throws org.lawu.error.FormatException if the SHA-256 of the file is another
   * @throws IOException if it cannot be read or written
   */
  public static Table read() throws IOException {
    return read(SET.file());
  }

  /**
   * Reads a file without a header: UCI's {@code wine.data}, where the grower comes first, or one
   * where it comes last.
   *
   * @throws org.lawu.error.FormatException if a line has not 14 fields
   * @throws IOException if the file cannot be read
   */
  public static Table read(Path file) throws IOException {
    Table table = Csv.read(file, CsvFormat.standard().withoutHeader(Names.of(GROWER, FEATURES)));
    return GROWERS.containsAll(table.strings(GROWER))
        ? table
        : Csv.read(file, CsvFormat.standard().withoutHeader(Names.of(FEATURES, GROWER)));
  }
}
