package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lawu.data.Csv;
import org.lawu.data.CsvFormat;
import org.lawu.data.Table;

/**
 * Iris: 150 flowers of three species, 50 each, with four lengths in centimetres (R. A. Fisher, "The
 * use of multiple measurements in taxonomic problems", 1936; UCI Machine Learning Repository, CC BY
 * 4.0).
 *
 * <pre>{@code
 * Table flowers = Iris.read();
 * Tensor species = flowers.labels(Iris.SPECIES);
 * }</pre>
 */
public final class Iris {
  /** Length and width of the outer and of the inner petals, in centimetres. */
  public static final List<String> FEATURES =
      List.of("sepalLength", "sepalWidth", "petalLength", "petalWidth");

  /** {@code Iris-setosa}, {@code Iris-versicolor} or {@code Iris-virginica}. */
  public static final String SPECIES = "species";

  private static final KnownSet SET =
      new KnownSet(
          "iris",
          "Iris",
          new KnownFile(
              "iris.data",
              "https://archive.ics.uci.edu/ml/machine-learning-databases/iris/iris.data",
              "6f608b71a7317216319b4d27b4d9bc84e6abd734eda7872b71a458569e2656c0"));

  private Iris() {}

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time, 5
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
   * Reads UCI's file {@code iris.data}, which has no header: {@link #FEATURES}, then {@link
   * #SPECIES}.
   *
   * @throws org.lawu.error.FormatException if a line has not five fields
   * @throws IOException if the file cannot be read
   */
  public static Table read(Path file) throws IOException {
    return Csv.read(file, CsvFormat.standard().withoutHeader(Names.of(FEATURES, SPECIES)));
  }
}
