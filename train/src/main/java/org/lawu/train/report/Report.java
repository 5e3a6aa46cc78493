package org.lawu.train.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.data.Fingerprint;
import org.lawu.error.ArgumentException;
import org.lawu.error.LawuException;
import org.lawu.error.ShapeException;
import org.lawu.io.AtomicFile;
import org.lawu.nn.Layer;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.train.Evaluation;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;

/**
 * A page about a training: its curves, what it got right and wrong, and all that would repeat it.
 * Immutable; each method returns a report with more in it.
 *
 * <pre>{@code
 * Report.of(history)
 *     .title("Handwritten digits")
 *     .settings(trainer, fit)
 *     .data("training", mnist.train())
 *     .evaluation("test", trainer.evaluate(mnist.test()))
 *     .classification("test", Classification.ofLogits(logits, labels).images(images))
 *     .write(Path.of("report.html"));
 * }</pre>
 *
 * <p>The page is one file of HTML without scripts that loads nothing from elsewhere, and forbids
 * itself to; it suits screens of any width, light and dark, and paper. Names and texts from data
 * are escaped.
 */
public final class Report {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm xxx", Locale.ENGLISH);

  private final History history;
  private final ZonedDateTime made = ZonedDateTime.now(ZoneId.systemDefault());

  // Set while a copy is made, and never again.
  private String title = "Training";
  private @Nullable Layer model;
  private Map<String, Object> settings = Map.of();
  private Map<String, Dataset> data = Map.of();
  private Map<String, Evaluation> evaluations = Map.of();
  private List<ClassificationSection> classifications = List.of();
  private List<RegressionSection> regressions = List.of();

  private Report(History history) {
    this.history = history;
  }

  private Report with(Consumer<Report> change) {
    var copy = new Report(history);
    copy.title = title;
    copy.model = model;
    copy.settings = settings;
    copy.data = data;
    copy.evaluations = evaluations;
    copy.classifications = classifications;
    copy.regressions = regressions;
    change.accept(copy);
    return copy;
  }

  /** A report with the curves of a training. */
  public static Report of(History history) {
    return new Report(history);
  }

  /** With a title, {@code Training} by default. */
  public Report title(String title) {
    return with(report -> report.title = title);
  }

  /** With the model, the loss, the optimizer, and how it was trained. */
  public Report settings(Trainer trainer, Fit fit) {
    return with(report -> {
      report.model = trainer.model();
      report.settings = new LinkedHashMap<>(trainer.described());
      report.settings.putAll(fit.described());
    });
  }

  /**
   * With the size, shapes and {@link Fingerprint} of a data set; all its records are read when the
   * report is written.
   *
   * @param name such as {@code training}; the first is what the summary of the model is for
   */
  public Report data(String name, Dataset dataset) {
    return with(report -> report.data = appended(data, name, dataset));
  }

  /**
   * With the loss and the metrics over data that the training did not see.
   *
   * @param name of the data, such as {@code test}
   */
  public Report evaluation(String name, Evaluation evaluation) {
    return with(report -> report.evaluations = appended(evaluations, name, evaluation));
  }

  /**
   * With confusion matrix, ROC curves and measures of the classes, and the worst mistakes if it
   * holds images or texts.
   *
   * @param name of the data, such as {@code test}
   */
  public Report classification(String name, Classification classification) {
    List<ClassificationSection> sections = new ArrayList<>(classifications);
    sections.add(new ClassificationSection(name, classification));
    return with(report -> report.classifications = List.copyOf(sections));
  }

  /**
   * With the errors of predicted numbers, and a plot of them beside the true ones.
   *
   * @param name of the data, such as {@code test}
   * @param predictions finite numbers {@code [n]} or {@code [n, 1]}
   * @param targets the true numbers, of the same shape
   * @throws ShapeException if the shapes do not fit
   * @throws ArgumentException if there is no record, or a number is not finite
   */
  public Report regression(String name, Tensor predictions, Tensor targets) {
    List<RegressionSection> sections = new ArrayList<>(regressions);
    sections.add(RegressionSection.of(name, predictions, targets));
    return with(report -> report.regressions = List.copyOf(sections));
  }

  private static <T> Map<String, T> appended(Map<String, T> map, String name, T value) {
    Map<String, T> copy = new LinkedHashMap<>(map);
    copy.put(name, value);
    return copy;
  }

  // ---- the page

  /**
   * Writes the page; the file is complete or not there.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(toHtml());
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** The page. */
  public String toHtml() {
    String style = style();
    var page = new Html();
    page.trusted("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.open("meta", "charset", "utf-8");
    page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.open(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; style-src 'sha256-%s'".formatted(sha256(style)));
    page.element("title", title);
    page.open("style").trusted(style).close("style").close("head").newline();
    page.open("body").open("main");
    head(page);
    Curves.write(page, history);
    classifications.forEach(section -> section.write(page));
    regressions.forEach(section -> section.write(page));
    facts(page);
    page.close("main").close("body").close("html").newline();
    return page.toString();
  }

  private void head(Html page) {
    int epochs = history.epochs().size();
    double seconds =
        history.epochs().stream().mapToDouble(epoch -> epoch.getOrDefault("seconds", 0.0)).sum();
    page.open("header").element("h1", title);
    page.element(
        "p",
        "%d %s in %s, seed %d, %s"
            .formatted(
                epochs,
                epochs == 1 ? "epoch" : "epochs",
                Numbers.seconds(seconds),
                history.seed(),
                TIME.format(made)),
        "class",
        "note");
    page.close("header").newline();
    page.open("dl", "class", "figures");
    evaluations.forEach((name, evaluation) ->
        evaluation
            .values()
            .forEach((value, number) -> figure(page, name + " " + value, Numbers.of(number))));
    if (evaluations.isEmpty() && epochs > 0) {
      history
          .epochs()
          .getLast()
          .forEach((value, number) -> {
            if (!value.equals("seconds")) {
              figure(page, value, Numbers.of(number));
            }
          });
    }
    page.close("dl").newline();
  }

  private static void figure(Html page, String name, String number) {
    page.open("div").element("dt", name).element("dd", number).close("div");
  }

  private void facts(Html page) {
    page.open("section").element("h2", "What would repeat it");
    page.open("div", "class", "columns");
    if (!settings.isEmpty()) {
      page.open("div").element("h3", "Settings");
      rows(page, settings);
      page.close("div");
    }
    page.open("div").element("h3", "Machine");
    rows(page, Machine.described());
    page.close("div").close("div");
    data.forEach((name, dataset) -> {
      page.element("h3", "Data: " + name);
      rows(page, described(dataset));
    });
    if (model != null) {
      page.element("h3", "Model");
      page.element("pre", summary(model));
    }
    page.close("section").newline();
  }

  private static void rows(Html page, Map<String, ?> rows) {
    page.open("table", "class", "facts").open("tbody");
    rows.forEach((name, value) ->
        page.open("tr")
            .element("th", name, "scope", "row")
            .element("td", value.toString())
            .close("tr")
            .newline());
    page.close("tbody").close("table");
  }

  private static Map<String, String> described(Dataset dataset) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("records", Numbers.count(dataset.size()));
    if (dataset.size() > 0) {
      Batch one = dataset.batch(new int[] {0});
      rows.put("features", kind(one.features()));
      rows.put("labels", kind(one.labels()));
    }
    rows.put("SHA-256", Fingerprint.of(dataset));
    return rows;
  }

  /** Type and shape of one record. */
  private static String kind(Tensor records) {
    Shape shape = records.select(0, 0).shape();
    return records.dtype() + (shape.rank() == 0 ? "" : " " + shape);
  }

  /** The table of the layers where the first data set shows what goes in, else their names. */
  private String summary(Layer layer) {
    if (!data.isEmpty()) {
      Dataset first = data.values().iterator().next();
      if (first.size() > 0) {
        var features = first.batch(new int[] {0}).features();
        try {
          return layer.summary(features.select(0, 0).shape(), features.dtype());
        } catch (LawuException severalInputs) {
          // Such a model has a method of its own that is not known here.
          return layer.toString();
        }
      }
    }
    return layer.toString();
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException("report: its style sheet cannot be read", fault);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  // ---- pictures

  /**
   * Writes the plots of the page as PNG, twice the size for print: a picture for the loss and each
   * metric ({@code loss.png}), and {@code confusion-test.png} and {@code roc-test.png} for each
   * classification, {@code regression-test.png} for each regression. Needs the module {@code
   * java.desktop} of the JDK.
   *
   * @param folder where to; it is made if need be
   * @throws IOException if they cannot be written
   */
  public void writePlots(Path folder) throws IOException {
    Plots.write(folder, history, classifications, regressions);
  }

  @Override
  public String toString() {
    return "Report[%s, %d epochs]".formatted(title, history.epochs().size());
  }
}
