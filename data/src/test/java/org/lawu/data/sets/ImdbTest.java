package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.IdxFile;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

class ImdbTest {
  @TempDir private Path folder;

  @Test
  void readsTheFoldersOfTheOfficialArchive() throws IOException {
    for (String place : new String[] {"train/neg", "train/pos", "test/neg", "test/pos"}) {
      Path reviews = Files.createDirectories(folder.resolve(place));
      Files.writeString(reviews.resolve("1_9.txt"), place + " two");
      Files.writeString(reviews.resolve("0_9.txt"), place + " one");
      Files.writeString(reviews.resolve("urls"), "no review");
    }
    Imdb imdb = Imdb.read(folder);
    assertThat(imdb.train().texts())
        .containsExactly("train/neg one", "train/neg two", "train/pos one", "train/pos two");
    assertThat(imdb.test().labels()).isEqualTo(Tensor.of(new int[] {0, 0, 1, 1}, 4));
    assertThat(imdb.test().classes()).containsExactly("negative", "positive");
  }

  /** In the order of a folder's files, whatever that of the archive is. */
  @Test
  void readsTheOfficialArchive() throws IOException {
    byte[] tar =
        new TarFile()
            .folder("aclImdb/")
            .file("aclImdb/README", "no review")
            .file("aclImdb/test/pos/0_9.txt", "Café.")
            .file("aclImdb/test/neg/0_1.txt", "Bad.")
            .file("aclImdb/test/urls_neg.txt", "no review")
            .file("aclImdb/train/pos/1_9.txt", "Good too.")
            .file("aclImdb/train/pos/10_8.txt", "Good.")
            .file("aclImdb/train/unsup/0_0.txt", "Nobody knows.")
            .file("aclImdb/train/neg/0_3.txt", "Bad too.")
            .file("aclImdb/train/pos/../../../../0_9.txt", "from elsewhere")
            .bytes();
    Files.write(folder.resolve("aclImdb_v1.tar.gz"), IdxFile.gzip(tar));
    Imdb imdb = Imdb.read(folder);
    assertThat(imdb.train().texts()).containsExactly("Bad too.", "Good.", "Good too.");
    assertThat(imdb.train().labels()).isEqualTo(Tensor.of(0, 1, 1));
    assertThat(imdb.test().texts()).containsExactly("Bad.", "Café.");
    assertThat(imdb.test().labels()).isEqualTo(Tensor.of(0, 1));
    assertThat(imdb.test().classes()).containsExactly("negative", "positive");
  }

  @Test
  void refusesADamagedArchive() throws IOException {
    var tar = new TarFile().file("aclImdb/train/pos/0_9.txt", "Good.");
    Path file = folder.resolve("aclImdb_v1.tar.gz");
    Files.write(file, IdxFile.gzip(tar.bytes()));
    assertThatThrownBy(() -> Imdb.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": there are no reviews in test in it");
    tar.file("aclImdb/test/pos/0_9.txt", new byte[] {'a', (byte) 0xE9});
    Files.write(file, IdxFile.gzip(tar.bytes()));
    assertThatThrownBy(() -> Imdb.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": test/pos/0_9.txt in it is not UTF-8; fetch the file again");
  }

  @Test
  void readsFilesWithFieldsBetweenTabs() throws IOException {
    Files.writeString(folder.resolve("test.tsv"), "1\t9\t0\tGreat \"fun\".<br />\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("train.tsv.gz")))) {
      out.write("1\t10\t0\tGood.\n0\t2\t1\tBad.\n".getBytes(StandardCharsets.UTF_8));
    }
    Imdb imdb = Imdb.read(folder);
    assertThat(imdb.train().texts()).containsExactly("Good.", "Bad.");
    assertThat(imdb.train().labels()).isEqualTo(Tensor.of(new int[] {1, 0}, 2));
    assertThat(imdb.test().labels()).isEqualTo(Tensor.of(new int[] {1}, 1));
    assertThat(imdb.test().texts()).containsExactly("Great \"fun\".<br />");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> Imdb.read(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            "IMDB needs train/neg and train/pos, or train.tsv or train.tsv.gz, or the official"
                + " archive aclImdb_v1.tar.gz, in "
                + folder
                + "; download from https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz");
    Path file = Files.writeString(folder.resolve("train.tsv"), "good\t9\t0\tx\n");
    assertThatThrownBy(() -> Imdb.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": labels must be 0 (negative) and 1 (positive), got [good]");
  }
}
