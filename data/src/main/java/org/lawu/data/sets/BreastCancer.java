package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lawu.data.Csv;
import org.lawu.data.CsvFormat;
import org.lawu.data.Table;

/**
 * Breast Cancer Wisconsin (Original): 699 biopsies, 241 of them malignant, with nine properties of
 * the cells, of which {@code bareNuclei} is missing 16 times (W. H. Wolberg, O. L. Mangasarian,
 * 1990; UCI Machine Learning Repository, CC BY 4.0).
 */
public final class BreastCancer {
  /** What was seen in the microscope, each from 1 to 10. */
  public static final List<String> FEATURES =
      List.of(
          "clumpThickness",
          "uniformityOfCellSize",
          "uniformityOfCellShape",
          "marginalAdhesion",
          "singleEpithelialCellSize",
          "bareNuclei",
          "blandChromatin",
          "normalNucleoli",
          "mitoses");

  /** 2 for benign, 4 for malignant. */
  public static final String DIAGNOSIS = "diagnosis";

  private static final String SAMPLE = "sample";

  private static final KnownSet SET =
      new KnownSet(
          "breast-cancer-wisconsin",
          "Breast Cancer Wisconsin",
          new KnownFile(
              "breast-cancer-wisconsin.data",
              "https://archive.ics.uci.edu/ml/machine-learning-databases/breast-cancer-wisconsin/"
                  + "breast-cancer-wisconsin.data",
              "402c585309c399237740f635ef9919dc512cca12cbeb20de5e563a4593f22b64"));

  private BreastCancer() {}

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time, 20
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
   * Reads a file without a header in which {@code ?} stands for a missing value: {@link #FEATURES},
   * then {@link #DIAGNOSIS}. In UCI's {@code breast-cancer-wisconsin.data} the number of the sample
   * comes before them, which is left out.
   *
   * @throws org.lawu.error.FormatException if a line has not ten fields, or eleven
   * @throws IOException if the file cannot be read
   */
  public static Table read(Path file) throws IOException {
    String[] columns = Names.of(FEATURES, DIAGNOSIS);
    boolean numbered =
        Csv.read(file, CsvFormat.standard().withoutHeader()).columns().size() > columns.length;
    return numbered
        ? read(file, Names.of(SAMPLE, List.of(columns))).drop(SAMPLE)
        : read(file, columns);
  }

  private static Table read(Path file, String... columns) throws IOException {
    return Csv.read(file, CsvFormat.standard().withoutHeader(columns).missing("?"));
  }
}
