package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lawu.data.Csv;
import org.lawu.data.CsvFormat;
import org.lawu.data.Table;

/**
 * Pima Indians Diabetes: 768 women, 268 of whom had diabetes (J. W. Smith et al., "Using the ADAP
 * learning algorithm to forecast the onset of diabetes mellitus", 1988). It is read from a file of
 * yours alone: where it came from it is no longer offered, so nothing is downloaded.
 */
public final class PimaDiabetes {
  /**
   * Times pregnant, glucose (mg/dl), blood pressure (mm Hg), skin fold (mm), insulin (mu U/ml),
   * body mass index (kg/m^2), the pedigree function, and age in years. In glucose, blood pressure,
   * skin fold, insulin and body mass index a 0 means that nothing was measured.
   */
  public static final List<String> FEATURES =
      List.of(
          "pregnancies",
          "glucose",
          "bloodPressure",
          "skinThickness",
          "insulin",
          "bodyMassIndex",
          "pedigree",
          "age");

  /** 1 for diabetes within five years, else 0. */
  public static final String DIABETES = "diabetes";

  private PimaDiabetes() {}

  /**
   * Reads a file without a header: {@link #FEATURES}, then {@link #DIABETES}.
   *
   * @throws org.lawu.error.FormatException if a line has not nine fields
   * @throws IOException if the file cannot be read
   */
  public static Table read(Path file) throws IOException {
    return Csv.read(file, CsvFormat.standard().withoutHeader(Names.of(FEATURES, DIABETES)));
  }
}
