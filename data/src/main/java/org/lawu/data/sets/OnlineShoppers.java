package org.lawu.data.sets;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lawu.data.Csv;
import org.lawu.data.Table;

/**
 * Online Shoppers Purchasing Intention: 12,330 sessions in a web shop, each of another visitor
 * within a year, 1,908 of which (15.5 %) ended with a purchase (C. O. Sakar, S. O. Polat, M.
 * Katircioglu, Y. Kastro, "Real-time prediction of online shoppers' purchasing intention using
 * multilayer perceptron and LSTM recurrent neural networks", 2018; UCI Machine Learning Repository,
 * CC BY 4.0).
 */
public final class OnlineShoppers {
  /** How many pages of three kinds were seen, and for how many seconds. */
  public static final List<String> VISITS =
      List.of(
          "Administrative",
          "Administrative_Duration",
          "Informational",
          "Informational_Duration",
          "ProductRelated",
          "ProductRelated_Duration");

  /**
   * Means over the pages that were seen, by the shop's web statistics: the share of visits that
   * ended with the first page and with this page, and what a page brought in; and how near a day
   * such as Valentine's is, from 0 to 1.
   */
  public static final List<String> PAGES =
      List.of("BounceRates", "ExitRates", "PageValues", "SpecialDay");

  /** Codes of month, system, browser, region and way to the shop, kind of visitor, and weekend. */
  public static final List<String> CATEGORIES =
      List.of(
          "Month",
          "OperatingSystems",
          "Browser",
          "Region",
          "TrafficType",
          "VisitorType",
          "Weekend");

  /** {@code TRUE} if the session ended with a purchase, else {@code FALSE}. */
  public static final String REVENUE = "Revenue";

  private static final KnownSet SET =
      new KnownSet(
          "online-shoppers",
          "Online Shoppers",
          new KnownFile(
              "online+shoppers+purchasing+intention+dataset.zip",
              "https://archive.ics.uci.edu/static/public/468/"
                  + "online+shoppers+purchasing+intention+dataset.zip",
              "2972e6184d3ad7beaaa831d9fc2b059dc3ee29df69d1ec593c466a5cd8485d14"));

  private OnlineShoppers() {}

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time,
   * less than 1 MB.
   *
   * @throws java.io.FileNotFoundException if it is neither there nor to be had; the message says
   *     what to put where
   * @throws org.lawu.error.FormatException if the SHA-256 of the file is another
   * @throws IOException if it cannot be read or written
   */
  public static Table read() throws IOException {
    return packed(SET.file());
  }

  static Table packed(Path archive) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(archive)) {
      return read(files.getPath("online_shoppers_intention.csv"));
    }
  }

  /**
   * Reads UCI's {@code online_shoppers_intention.csv}, packed by gzip or not.
   *
   * @throws org.lawu.error.FormatException if a column is missing
   * @throws IOException if the file cannot be read
   */
  public static Table read(Path file) throws IOException {
    List<String> columns =
        Stream.of(VISITS, PAGES, CATEGORIES, List.of(REVENUE)).flatMap(List::stream).toList();
    return Headers.require("Online Shoppers", file, Csv.read(file), columns);
  }
}
