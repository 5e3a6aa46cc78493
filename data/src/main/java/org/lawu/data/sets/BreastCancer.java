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

  private BreastCancer() {}

  /**
   * Reads a file without a header in which {@code ?} stands for a missing value: {@link #FEATURES},
   * then {@link #DIAGNOSIS}; UCI's {@code breast-cancer-wisconsin.data} without its first column,
   * the number of the sample.
   *
   * @throws org.lawu.error.FormatException if a line has not ten fields
   * @throws IOException if the file cannot be read
   */
  public static Table read(Path file) throws IOException {
    return Csv.read(file, CsvFormat.withoutHeader(Names.of(FEATURES, DIAGNOSIS)).missing("?"));
  }
}
