package org.lawu.data.sets;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lawu.data.file.Utf8;
import org.lawu.data.text.LabelledTexts;
import org.lawu.data.text.TextFiles;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

/**
 * Film reviews from IMDB, half of them positive: 25,000 to learn from and 25,000 to be judged by.
 * Maas et al., "Learning word vectors for sentiment analysis" (ACL 2011); for research. Line breaks
 * are HTML's ({@link org.lawu.data.text.Normalization#htmlBreaks}).
 *
 * <pre>{@code
 * Imdb imdb = Imdb.read();
 * imdb.train().classes(); // [negative, positive]
 * }</pre>
 *
 * @param train what a model learns from
 * @param test what it is judged by
 */
public record Imdb(LabelledTexts train, LabelledTexts test) {
  private static final List<String> CLASSES = List.of("negative", "positive");
  private static final List<String> FOLDERS = List.of("neg", "pos");

  /** The name of a review in the archive; those without a label are left out. */
  private static final Pattern REVIEW = Pattern.compile("(train|test)/(neg|pos)/[^/]+\\.txt");

  private static final KnownFile ARCHIVE =
      new KnownFile(
          "aclImdb_v1.tar.gz",
          "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
          "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe");

  private static final KnownSet SET = new KnownSet("imdb", "IMDB", ARCHIVE);

  /** Label (0 or 1), rating, id, text. */
  private static final int TEXT_FIELD = 3;

  /**
   * Reads it from the cache (see {@link KnownSet}), into which it is downloaded the first time, 84
   * MB.
   *
   * @throws FileNotFoundException if it is neither there nor to be had; the message says what to
   *     put where
   * @throws FormatException if the SHA-256 of the file is another
   * @throws IOException if it cannot be read or written
   */
  public static Imdb read() throws IOException {
    return read(SET.folder());
  }

  /**
   * Reads the set from a folder: one with the official archive {@code aclImdb_v1.tar.gz}; that
   * which unpacking it makes, with a file for each review in {@code train/neg}, {@code train/pos},
   * {@code test/neg} and {@code test/pos}; or one with the files {@code train.tsv} and {@code
   * test.tsv}, which may end in {@code .gz}, whose fields are the label (0 negative, 1 positive),
   * the rating, an id and the text, without a header.
   *
   * @throws FileNotFoundException if neither is there; the message says where to get them
   * @throws FormatException if a file holds something else; the message names it
   * @throws IOException if it cannot be read
   */
  public static Imdb read(Path folder) throws IOException {
    Path archive = folder.resolve(ARCHIVE.name());
    return Files.exists(archive)
        ? packed(archive)
        : new Imdb(read(folder, "train"), read(folder, "test"));
  }

  private static Imdb packed(Path archive) throws IOException {
    Map<String, byte[]> reviews = Tar.read(archive, REVIEW.asMatchPredicate());
    return new Imdb(reviews(archive, reviews, "train"), reviews(archive, reviews, "test"));
  }

  private static LabelledTexts reviews(Path archive, Map<String, byte[]> reviews, String part) {
    List<String> texts = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < CLASSES.size(); label++) {
      String folder = part + "/" + FOLDERS.get(label) + "/";
      for (Map.Entry<String, byte[]> review : reviews.entrySet()) {
        if (review.getKey().startsWith(folder)) {
          texts.add(text(archive, review.getKey(), review.getValue()));
          labels.add(label);
        }
      }
    }
    if (texts.isEmpty()) {
      throw new FormatException("%s: there are no reviews in %s in it".formatted(archive, part));
    }
    return texts(texts, labels);
  }

  private static String text(Path archive, String name, byte[] content) {
    return Utf8.decode(
        content,
        _ ->
            new FormatException(
                "%s: %s in it is not UTF-8; fetch the file again".formatted(archive, name)));
  }

  private static LabelledTexts texts(List<String> texts, List<Integer> labels) {
    int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
    return new LabelledTexts(texts, Tensor.of(numbers, numbers.length), CLASSES);
  }

  private static LabelledTexts read(Path folder, String part) throws IOException {
    if (Files.isDirectory(folder.resolve(part).resolve(FOLDERS.getFirst()))) {
      return readFolders(folder.resolve(part));
    }
    for (String name : List.of(part + ".tsv.gz", part + ".tsv")) {
      if (Files.exists(folder.resolve(name))) {
        return readTsv(folder.resolve(name));
      }
    }
    throw new FileNotFoundException(
        ("IMDB needs %1$s/neg and %1$s/pos, or %1$s.tsv or %1$s.tsv.gz, or the official archive"
                + " %2$s, in %3$s; download from %4$s")
            .formatted(part, ARCHIVE.name(), folder, ARCHIVE.address()));
  }

  private static LabelledTexts readTsv(Path file) throws IOException {
    LabelledTexts read = TextFiles.tsv(file, 0, TEXT_FIELD, false);
    if (!List.of("0", "1").containsAll(read.classes())) {
      throw new FormatException(
          "%s: labels must be 0 (negative) and 1 (positive), got %s"
              .formatted(file, read.classes().stream().limit(5).toList()));
    }
    int[] labels =
        Arrays.stream(read.labels().toIntArray())
            .map(label -> Integer.parseInt(read.classes().get(label)))
            .toArray();
    return new LabelledTexts(read.texts(), Tensor.of(labels), CLASSES);
  }

  private static LabelledTexts readFolders(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < CLASSES.size(); label++) {
      List<Path> files;
      try (Stream<Path> entries = Files.list(folder.resolve(FOLDERS.get(label)))) {
        files = entries.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
      }
      for (Path file : files) {
        texts.add(TextFiles.text(file));
        labels.add(label);
      }
    }
    return texts(texts, labels);
  }
}
