package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Preprocessing;
import org.lawu.data.Table;
import org.lawu.io.Config;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.tensor.Tensor;
import org.lawu.train.model.Input;
import org.lawu.train.model.Output;
import org.lawu.train.model.Preprocessings;
import org.lawu.train.model.SavedModel;

/** Predicts with models that are as simple as can be: they compare one number with another. */
class PredictCommandTest {

  /** The number of characters. */
  private record Lengths() implements Preprocessing<List<String>> {
    @Override
    public Tensor apply(List<String> inputs) {
      float[] lengths = new float[inputs.size()];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = inputs.get(i).length();
      }
      return Tensor.of(lengths, lengths.length, 1);
    }

    @Override
    public Config config() {
      return Config.of("kind", "Lengths");
    }
  }

  /** A column of a table. */
  private record Column(String name) implements Preprocessing<Table> {
    @Override
    public Tensor apply(Table inputs) {
      return inputs.floats(name);
    }

    @Override
    public Config config() {
      return Config.of("kind", "Column").with("name", name);
    }
  }

  /** The width of an image. */
  private record Widths() implements Preprocessing<List<BufferedImage>> {
    @Override
    public Tensor apply(List<BufferedImage> inputs) {
      float[] widths = new float[inputs.size()];
      for (int i = 0; i < widths.length; i++) {
        widths[i] = inputs.get(i).getWidth();
      }
      return Tensor.of(widths, widths.length, 1);
    }

    @Override
    public Config config() {
      return Config.of("kind", "Widths");
    }
  }

  private static final Preprocessings KINDS =
      Preprocessings.standard()
          .with("Lengths", config -> Input.texts(new Lengths()))
          .with("Column", config -> Input.tables(new Column(config.string("name"))))
          .with("Widths", config -> Input.images(new Widths()));

  @TempDir private Path folder;
  private Sequential model;

  /** The score is the number itself less 5. */
  @BeforeEach
  void build() {
    var dense = new Dense(1, 1);
    dense.namedParameters().get("weight").set(Tensor.of(new float[] {1}, 1, 1));
    dense.namedParameters().get("bias").set(Tensor.of(new float[] {-5}));
    model = Sequential.of(dense);
  }

  private void save(Input input) throws IOException {
    SavedModel.of(model)
        .input(input)
        .output(Output.binary("small", "large"))
        .save(folder.resolve(SaveOptions.FILE));
  }

  private record Run(int status, String out, String err) {}

  private Run predict(String... inputs) {
    String[] arguments = new String[inputs.length + 1];
    arguments[0] = folder.toString();
    System.arraycopy(inputs, 0, arguments, 1, inputs.length);
    return run(new PredictCommand(KINDS), arguments);
  }

  private static Run run(Object command, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    var written = new ByteArrayOutputStream();
    var faults = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(faults, true, StandardCharsets.UTF_8));
      int status = Main.commandLine(command).execute(arguments);
      return new Run(
          status,
          written.toString(StandardCharsets.UTF_8).replace("\r", ""),
          faults.toString(StandardCharsets.UTF_8).strip());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void readsTexts() throws IOException {
    save(Input.texts(new Lengths()));
    assertThat(predict("seven..", "two").out())
        .isEqualTo("large 0.8808  seven..\nsmall 0.8808  two\n");
    Path file = folder.resolve("texts.txt");
    Files.writeString(file, "seven..\n\ntwo\r\n" + "x".repeat(80) + "\n");
    assertThat(predict(file.toString()).out())
        .isEqualTo(
            "large 0.8808  seven..\nsmall 0.8808  two\nlarge 1.0000  %s...\n"
                .formatted("x".repeat(70)));
  }

  @Test
  void readsStandardInput() throws IOException {
    save(Input.texts(new Lengths()));
    InputStream in = System.in;
    try {
      System.setIn(new ByteArrayInputStream("sev\tn..\nt\u00e9o".getBytes(StandardCharsets.UTF_8)));
      assertThat(predict("-").out()).isEqualTo("large 0.8808  sev n..\nsmall 0.8808  t\u00e9o\n");
    } finally {
      System.setIn(in);
    }
  }

  @Test
  void printsJson() throws IOException {
    save(Input.texts(new Lengths()));
    assertThat(predict("five.", "--json").out())
        .isEqualTo(
            "{\"input\":\"five.\",\"prediction\":{\"label\":\"large\",\"probability\":0.5,"
                + "\"probabilities\":{\"small\":0.5,\"large\":0.5}}}\n");
  }

  @Test
  void readsTables() throws IOException {
    save(Input.tables(new Column("size")));
    Path file = folder.resolve("sizes.csv");
    Files.writeString(file, "name,size\na,7\nb,3\n");
    assertThat(
            predict(file.toString()).out().lines().map(line -> line.replace(file.toString(), "")))
        .containsExactly("large 0.8808  , record 1", "small 0.8808  , record 2");
    assertThat(predict("some text").err())
        .isEqualTo(
            "lawu: predict: the model takes tables; give a .csv file with a header, not some text");
  }

  @Test
  void readsImages() throws IOException {
    save(Input.images(new Widths()));
    Path images = Files.createDirectory(folder.resolve("images"));
    assertThat(predict(images.toString()).err())
        .isEqualTo(
            "lawu: predict: there is no image in %s; the names end with one of [.png, .jpg, .jpeg]"
                .formatted(images));
    for (int width : List.of(3, 7)) {
      var image = new BufferedImage(width, 2, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", images.resolve("width%d.PNG".formatted(width)).toFile());
    }
    Path text = Files.writeString(folder.resolve("text.png"), "text");
    assertThat(
            predict(images.toString())
                .out()
                .lines()
                .map(line -> line.replace(images.toString(), ""))
                .collect(Collectors.toList()))
        .allMatch(line -> line.matches("(small|large) 0.8808 +.width[37].PNG"))
        .hasSize(2);
    assertThat(predict(text.toString()).err())
        .isEqualTo("lawu: %s: is no image that Java can read; give a PNG or JPEG".formatted(text));
  }

  @Test
  void saysWhatToDo() throws IOException {
    assertThat(predict("text"))
        .isEqualTo(
            new Run(
                1,
                "",
                "lawu: there is no model %s; make one with ./lawu run NAME --save DIR"
                    .formatted(folder.resolve(SaveOptions.FILE))));
    save(Input.features());
    assertThat(predict("text").err())
        .isEqualTo(
            ("lawu: predict: %s takes features that a program must make; save it with an input, as"
                    + " in SavedModel.of(model).input(Input.texts(preprocessing))")
                .formatted(folder));
    save(Input.texts(new Lengths()));
    assertThat(predict("nowhere.txt").err())
        .isEqualTo("lawu: predict: there is no file nowhere.txt");
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xe9, 'a'});
    assertThat(predict(latin.toString()).err())
        .isEqualTo("lawu: %s: is not text in UTF-8".formatted(latin));
    model.save(folder.resolve(SaveOptions.FILE));
    assertThat(predict("text").err()).contains("there are weights in it, but not what model");
    assertThat(run(new PredictCommand(KINDS), folder.toString()).err())
        .startsWith("Missing required parameter: 'INPUT'");
  }

  @Test
  void inspectShowsLayersAndOrigin() throws IOException {
    save(Input.texts(new Lengths()));
    String out = run(new InspectCommand(KINDS), folder.toString()).out();
    assertThat(out)
        .startsWith("Sequential(\n  0: Dense(1, 1)\n)\n2 parameters\n")
        .contains("output        small, or large from 0.5 up\nsaved with    Lawu ");
  }
}
