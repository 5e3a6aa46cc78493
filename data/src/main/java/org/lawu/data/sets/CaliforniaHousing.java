package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lawu.data.Csv;
import org.lawu.data.Table;

/**
 * California Housing: 20,640 blocks of the census of 1990, with the median value of their houses
 * (R. K. Pace, R. Barry, "Sparse spatial autoregressions", 1997; StatLib). In this variant, that of
 * A. Géron's "Hands-On Machine Learning", rooms and bedrooms are counted for the whole block,
 * {@code total_bedrooms} is missing 207 times, and a category tells how near the ocean is.
 */
public final class CaliforniaHousing {
  /** Position in degrees, age in years, counts, and the median income in 10,000 dollars. */
  public static final List<String> NUMBERS =
      List.of(
          "longitude",
          "latitude",
          "housing_median_age",
          "total_rooms",
          "total_bedrooms",
          "population",
          "households",
          "median_income");

  /**
   * {@code <1H OCEAN}, {@code INLAND}, {@code ISLAND} (five blocks only), {@code NEAR BAY} or
   * {@code NEAR OCEAN}.
   */
  public static final String OCEAN_PROXIMITY = "ocean_proximity";

  /** In dollars; higher ones stand as 500,001. */
  public static final String MEDIAN_HOUSE_VALUE = "median_house_value";

  private static final KnownSet SET =
      new KnownSet(
          "california-housing",
          "California Housing",
          new KnownFile(
              "housing.csv",
              "https://raw.githubusercontent.com/ageron/handson-ml2/"
                  + "aa555aa16b9d0af6c84e67c7757f3317d05acb12/datasets/housing/housing.csv",
              "8a3727f4cf54ac1a327f69b1d5b4db54c5834ea81c6e4efc0d163300022a685e"));

  private CaliforniaHousing() {}

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time, 1.4
   * MB.
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
   * Reads a file with a header, packed by gzip or not.
   *
   * @throws org.lawu.error.FormatException if a column is missing
   * @throws IOException if the file cannot be read
   */
  public static Table read(Path file) throws IOException {
    List<String> columns =
        Stream.concat(NUMBERS.stream(), Stream.of(OCEAN_PROXIMITY, MEDIAN_HOUSE_VALUE)).toList();
    return Headers.require("California Housing", file, Csv.read(file), columns);
  }
}
