package org.lawu.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Csv;
import org.lawu.data.Table;
import org.lawu.data.image.ImagePreprocessing;
import org.lawu.data.tabular.Columns;
import org.lawu.data.tabular.Pca;
import org.lawu.data.text.BagOfWords;
import org.lawu.data.text.Padding;
import org.lawu.data.text.TextPreprocessing;
import org.lawu.data.text.Weighting;
import org.lawu.data.text.WordTokenization;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.Lstm;

/** Models with Lawu's own preprocessing need no further words to be loaded. */
class PreprocessingsTest {
  @TempDir private Path folder;

  private SavedModel again(Layer model, Input input) throws IOException {
    Path file = folder.resolve("model.safetensors");
    SavedModel.of(model).input(input).save(file);
    return SavedModel.load(file);
  }

  @Test
  void imagesComeBack() throws IOException {
    var image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 3, 0xffcc00);
    var preprocessing = ImagePreprocessing.grayscale(4, 5).crop().invert();
    var model = Sequential.of(new Flatten(), new Dense(20, 2));
    SavedModel loaded = again(model, Input.images(preprocessing));
    assertThat(loaded.predictImages(List.of(image, image)))
        .hasSize(2)
        .isEqualTo(
            SavedModel.of(model)
                .input(Input.images(preprocessing))
                .predictImages(List.of(image, image)));
  }

  @Test
  void tablesComeBack() throws IOException {
    Path csv = folder.resolve("table.csv");
    Files.writeString(csv, "size,colour\n1,red\n2,green\n4,red\n");
    Table table = Csv.read(csv);
    var columns = Columns.standard("size").and(Columns.oneHot("colour")).fit(table);
    var model = Sequential.of(new Dense(3, 1));
    assertThat(again(model, Input.tables(columns)).predictTable(table))
        .hasSize(3)
        .isEqualTo(SavedModel.of(model).predict(columns.apply(table)));
    var reduced = columns.then(Pca.fit(columns.apply(table), 2));
    var smaller = Sequential.of(new Dense(2, 1));
    assertThat(again(smaller, Input.tables(reduced)).predictTable(table))
        .isEqualTo(SavedModel.of(smaller).predict(reduced.apply(table)));
  }

  @Test
  void textsComeBack() throws IOException {
    List<String> texts = List.of("one two three", "two", "four five");
    BagOfWords bag = BagOfWords.fit(WordTokenization.words(), Weighting.TF_IDF, texts);
    var model = Sequential.of(new Dense(bag.words().size(), 2));
    assertThat(again(model, Input.texts(bag)).predictTexts(texts))
        .isEqualTo(SavedModel.of(model).predict(bag.apply(texts)));
    var tokens = new TextPreprocessing(WordTokenization.words().fit(texts), Padding.toLongest(3));
    var reader = Sequential.of(new Embedding(7, 4), new Lstm(4, 3), new Flatten());
    assertThat(again(reader, Input.texts(tokens)).predictTexts(texts))
        .isEqualTo(SavedModel.of(reader).predict(tokens.apply(texts)));
  }

  @Test
  void refusesWhatIsNotKnown() {
    Config unknown =
        Config.of("input", "texts").with("preprocessing", Config.of("kind", "Nonsense"));
    assertThatThrownBy(() -> Preprocessings.standard().read(unknown))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "config, preprocessing: there is no kind of preprocessing \"Nonsense\"; add one of your"
                + " own with Preprocessings.with");
    assertThatThrownBy(
            () -> Vowels.known().with("Vowels", config -> Input.texts(Vowels.of(config))))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("preprocessings: the kind Vowels is taken; give yours another name");
  }
}
