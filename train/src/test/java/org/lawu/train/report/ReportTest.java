package org.lawu.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Dataset;
import org.lawu.data.Fingerprint;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.optim.Adam;
import org.lawu.random.Philox;
import org.lawu.tensor.Backend;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;
import org.lawu.train.metric.Accuracy;

class ReportTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"' onload=x & \u0000\u202e";
  private static final Set<String> WITHOUT_END = Set.of("meta", "img");

  @TempDir private Path folder;

  /** Points left and right, in a picture of two pixels. */
  private static Dataset data() {
    Tensor features = Tensor.normal(new Philox(3), 0, 1, 60, 2);
    int[] labels =
        IntStream.range(0, 60)
            // A few labels are wrong, so that there are mistakes.
            .map(i -> features.get(i, 0) > 0 == (i % 10 != 0) ? 1 : 0)
            .toArray();
    return Dataset.of(features, Tensor.of(labels));
  }

  private static Trainer trainer() {
    var model =
        Sequential.of(new Dense(2, 8), new Relu(), new Dense(8, 2)).initialize(new Philox(1));
    return new Trainer(model, new CrossEntropy(), new Adam(1e-2)).metrics(new Accuracy());
  }

  private static Report report(String title, String name, String text) {
    Trainer trainer = trainer();
    Fit fit = Fit.forEpochs(3).seed(4).validation(data()).clipNorm(2).quiet();
    History history = trainer.fit(data(), fit);
    Tensor logits = trainer.predict(data().features());
    var classification =
        Classification.ofLogits(logits, data().labels(), "left", name)
            .texts(data().labels().shape().elements() == 60 ? many(text) : List.of())
            .images(data().features().reshape(60, 1, 1, 2));
    return Report.of(history)
        .title(title)
        .settings(trainer, fit)
        .data(name, data())
        .evaluation(name, trainer.evaluate(data()))
        .classification(name, classification);
  }

  private static List<String> many(String text) {
    return IntStream.range(0, 60).mapToObj(i -> text + i).toList();
  }

  /** Every element is closed where it must be, in the order in which they were opened. */
  private static void checkElements(String html) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = Pattern.compile("<(/?)([a-zA-Z0-9]+)[^>]*>").matcher(html);
    while (tags.find()) {
      String element = tags.group(2);
      if (!tags.group(1).isEmpty()) {
        assertThat(open.pop()).isEqualTo(element);
      } else if (!WITHOUT_END.contains(element)) {
        open.push(element);
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void holdsWhatItWasGiven() {
    String html = report("Two sides", "right", "text ").toHtml();
    checkElements(html);
    assertThat(html)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<h1>Two sides</h1>", "3 epochs in ", "seed 4")
        .contains("<title>loss by epoch</title>", "<title>accuracy by epoch</title>")
        .contains(">training</text>", ">validation</text>")
        .contains("<dt>right accuracy</dt>")
        .contains("Confusion matrix", "ROC curve", "True positive rate of “right”")
        .contains("<blockquote dir=\"auto\">text ", "<img src=\"data:image/png;base64,")
        .contains("<td>CrossEntropy[smoothing=0.0,", "<td>Adam[learningRate=0.01,")
        .contains("<th scope=\"row\">clipNorm</th><td>2.0</td>")
        .contains("<td>FLOAT32 [2]</td>", "<td>INT32</td>", Fingerprint.of(data()))
        .contains("<td>" + Backend.kernels() + "</td>", System.getProperty("java.runtime.version"))
        .contains("42 trainable parameters");
  }

  @Test
  void whatComesFromDataCannotBecomeMarkup() {
    String html = report(HOSTILE, HOSTILE, HOSTILE).toHtml();
    checkElements(html);
    assertThat(html)
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("\u0000")
        .contains(
            "<h1>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x &amp; \uFFFD\u202e</h1>")
        .contains("alt=\"record ");
    String body = html.substring(html.indexOf("<body>"));
    assertThat(body.replaceAll("<[^>]*>", "")).doesNotContain("\"", "'");
  }

  @Test
  void nothingIsLoadedAndNothingCanRun() throws Exception {
    String html = report("Two sides", "right", "text").toHtml();
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(style.getBytes(StandardCharsets.UTF_8)));
    assertThat(html)
        .contains(
            "\"default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-%s&#39;\""
                .formatted(hash.replace("&", "&amp;")))
        .doesNotContain("http:", "https:", " style=", "javascript:", "url(");
    assertThat(html).doesNotContainPattern("src=\"(?!data:image/png;base64,)");
  }

  @Test
  void theFileIsTheSamePage() throws Exception {
    Report report = report("Two sides", "größe", "text");
    Path file = folder.resolve("new/report.html");
    report.write(file);
    assertThat(Files.readString(file)).isEqualTo(report.toHtml()).contains("größe");
  }

  @Test
  void aHistoryIsEnough() {
    Map<String, Double> epoch = new LinkedHashMap<>(Map.of("loss", 0.25));
    epoch.put("seconds", 2.0);
    String html = Report.of(new History(7, List.of(epoch))).toHtml();
    checkElements(html);
    assertThat(html)
        .contains("<h1>Training</h1>", "1 epoch in 2.0 s, seed 7", "<dd>0.2500</dd>")
        .contains("<circle class=\"series-0\"")
        .doesNotContain("Settings", "Confusion");
    checkElements(Report.of(new History(7, List.of())).toHtml());
  }

  @Test
  void curvesHaveGapsWhereValuesAreNotFinite() {
    List<Map<String, Double>> epochs =
        Stream.of(3.0, 2.0, Double.NaN, 1.0, Double.POSITIVE_INFINITY, 1.5, 0.5)
            .map(loss -> Map.of("loss", loss))
            .toList();
    String html = Report.of(new History(7, epochs)).toHtml();
    assertThat(html.split("<polyline", -1)).hasSize(3);
    assertThat(html.split("<circle", -1)).hasSize(2);
    assertThat(html).doesNotContain("points=\"NaN", ",NaN", "Infinity,");
  }

  @Test
  void classesThatNeverOccurHaveNoCurve() {
    Tensor probabilities = Tensor.of(new float[] {0.7f, 0.2f, 0.1f, 0.6f, 0.3f, 0.1f}, 2, 3);
    var none = Classification.ofProbabilities(probabilities, Tensor.of(0, 0));
    String html = Report.of(new History(7, List.of())).classification("test", none).toHtml();
    checkElements(html);
    assertThat(html).doesNotContain("ROC curve", "Worst mistakes");
    String right =
        Report.of(new History(7, List.of()))
            .classification("test", none.texts(List.of("a", "b")))
            .toHtml();
    assertThat(right).contains("All 2 records are classified rightly.");
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    Tensor probabilities = Tensor.of(new float[] {0.9f, 0.1f, 0.2f, 0.8f}, 2, 2);
    String text = "a".repeat(599) + "😀" + "b".repeat(50);
    var classification =
        Classification.ofProbabilities(probabilities, Tensor.of(1, 1)).texts(List.of(text, ""));
    String html =
        Report.of(new History(7, List.of())).classification("test", classification).toHtml();
    assertThat(html).contains("a".repeat(599) + " …</blockquote>");
  }

  @Test
  void plotsAreAlsoPictures() throws Exception {
    report("Two sides", "a/b: c", "text").writePlots(folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(
              "loss.png", "accuracy.png", "confusion-a-b--c.png", "roc-a-b--c.png");
    }
    var image = ImageIO.read(folder.resolve("loss.png").toFile());
    assertThat(image.getWidth()).isEqualTo(2 * LineChart.WIDTH);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xffffffff);
    Set<Integer> colours =
        Set.copyOf(
            IntStream.range(0, image.getWidth() * image.getHeight())
                .mapToObj(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff)
                .distinct()
                .toList());
    assertThat(colours).contains(Ink.series(0).rgb(), Ink.series(1).rgb(), Ink.GRID.rgb());
  }

  @Test
  void numbersArePlottedBesideTheTrueOnes() throws Exception {
    Tensor targets = Tensor.arange(2500).to(DType.FLOAT32).unsqueeze(1);
    Report report =
        Report.of(new History(7, List.of())).regression("test", targets.add(0.5), targets);
    String html = report.toHtml();
    checkElements(html);
    assertThat(html.split("<circle", -1)).hasSize(1 + 834);
    assertThat(html)
        .contains("<th scope=\"row\">mae</th><td>0.5000</td>", "Largest errors")
        .contains("<td>0.0000</td><td>0.5000</td><td>0.5000</td>");
    report.writePlots(folder);
    assertThat(ImageIO.read(folder.resolve("regression-test.png").toFile())).isNotNull();
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    Report report = Report.of(new History(7, List.of()));
    assertThatThrownBy(() -> report.regression("test", Tensor.ones(3, 2), Tensor.ones(3, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "regression: predictions and targets must both be [n] or [n, 1], got [3, 2] and"
                + " [3, 2]");
    assertThatThrownBy(() -> report.regression("test", Tensor.ones(3), Tensor.ones(3, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith("got [3] and [3, 1]");
    assertThatThrownBy(() -> report.regression("test", Tensor.ones(0), Tensor.ones(0)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("regression: there is no record; it needs at least one");
    assertThatThrownBy(
            () -> report.regression("test", Tensor.of(new float[] {1, Float.NaN}), Tensor.ones(2)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("regression: numbers must be finite; look for NaN in predictions and targets");
  }
}
