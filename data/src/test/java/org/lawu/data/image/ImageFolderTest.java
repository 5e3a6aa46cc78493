package org.lawu.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Batch;
import org.lawu.data.Split;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.error.LawuException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class ImageFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    write("rose/b.png", 0x00FF00, 6, 5);
    write("daisy/2.jpg", 0x0000FF, 8, 8);
    write("daisy/10.PNG", 0xFF0000, 4, 4);
    write("rose/a/z.png", 0xFFFFFF, 3, 9);
    Files.writeString(folder.resolve("rose/notes.txt"), "none");
    Files.writeString(folder.resolve("README.md"), "none");
    Files.createDirectories(folder.resolve(".thumbnails"));
    Files.writeString(folder.resolve("daisy/.2.jpg"), "none");
  }

  private void write(String name, int colour, int width, int height) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, colour);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String ending = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, ending, file.toFile())).isTrue();
  }

  private ImageFolder open() throws IOException {
    return ImageFolder.open(folder, ImagePreprocessing.rgb(2, 3));
  }

  @Test
  void listsClassesAndFilesInOrder() throws IOException {
    ImageFolder flowers = open();

    assertThat(flowers.classNames()).containsExactly("daisy", "rose");
    assertThat(flowers.size()).isEqualTo(4);
    assertThat(flowers.labels()).isEqualTo(Tensor.of(0, 0, 1, 1));
    assertThat(flowers.file(0)).isEqualTo(folder.resolve("daisy/10.PNG"));
    assertThat(flowers.file(1)).isEqualTo(folder.resolve("daisy/2.jpg"));
    assertThat(flowers.file(2)).isEqualTo(folder.resolve("rose/a/z.png"));
    assertThat(flowers.file(3)).isEqualTo(folder.resolve("rose/b.png"));
    assertThat(flowers).hasToString(folder + " with 4 pictures of 2 classes");
  }

  @Test
  void readsRecords() throws IOException {
    Batch batch = open().batch(new int[] {3, 0, 2});

    assertThat(batch.labels()).isEqualTo(Tensor.of(1, 0, 1));
    assertThat(batch.features().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(batch.features().shape().toArray()).containsExactly(3, 3, 2, 3);
    assertThat(batch.features().mean(new int[] {2, 3}, false))
        .isEqualTo(Tensor.of(new float[] {0, 1, 0, 1, 0, 0, 1, 1, 1}, 3, 3));
    assertThat(open().batch(new int[0]).features().shape().toArray()).containsExactly(0, 3, 2, 3);
    assertThat(Split.random(open(), 0.25, 0.25, new Philox(1)).train().features().size(0))
        .isEqualTo(2);
  }

  @Test
  void readsAFileWhenItIsAskedForAndNamesTheDamaged() throws IOException {
    ImageFolder flowers = open();
    Path file = flowers.file(2);
    Files.write(file, new byte[] {1, 2, 3, 4});

    assertThat(flowers.batch(new int[] {0, 1, 3}).size()).isEqualTo(3);
    assertThatThrownBy(() -> flowers.batch(new int[] {1, 2}))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": ");
    Files.delete(file);
    assertThatThrownBy(() -> flowers.batch(new int[] {2}))
        .isInstanceOf(LawuException.class)
        .hasMessage(
            "%s: cannot be read: java.nio.file.NoSuchFileException: %s".formatted(file, file));
    assertThatThrownBy(() -> flowers.batch(new int[] {4}))
        .isInstanceOf(IndexException.class)
        .hasMessage("image folder: there is no record 4; the data set has 4, counted from 0");
  }

  @Test
  void refusesFoldersThatAreNoDataSet() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("tulip"));
    assertThatThrownBy(this::open)
        .isInstanceOf(FormatException.class)
        .hasMessage(empty + ": there is no PNG, JPEG, GIF or BMP file in the folder of this class");
    assertThatThrownBy(() -> ImageFolder.open(empty, ImagePreprocessing.rgb(2, 3)))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            empty
                + ": there are no folders in it; there must be one for each class, with its"
                + " pictures");
    assertThatThrownBy(
            () -> ImageFolder.open(folder.resolve("nowhere"), ImagePreprocessing.rgb(2, 3)))
        .isInstanceOf(NoSuchFileException.class);
  }
}
