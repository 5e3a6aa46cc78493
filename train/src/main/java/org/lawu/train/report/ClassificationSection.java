package org.lawu.train.report;

import java.util.List;
import java.util.OptionalDouble;
import org.lawu.tensor.Tensor;
import org.lawu.train.metric.ClassificationReport;
import org.lawu.train.metric.ConfusionMatrix;

/**
 * What a classifier got right and wrong.
 *
 * @param name of the data
 */
record ClassificationSection(String name, Classification classification) {
  private static final int WORST = 24;
  private static final int LONGEST_TEXT = 600;

  void write(Html page) {
    ConfusionMatrix matrix = classification.confusionMatrix();
    page.open("section").element("h2", "Classes: " + name);
    page.open("div", "class", "columns").open("div");
    page.element("h3", "Confusion matrix");
    Confusion.write(page, matrix);
    page.close("div");
    if (Roc.isDefined(classification)) {
      page.open("div").element("h3", "ROC curve");
      page.open("figure");
      page.trusted(Roc.chart(classification).toSvg());
      page.element(
          "figcaption",
          classification.classes().size() == 2
              ? "True positive rate of “%s”; chance is dashed"
                  .formatted(classification.classes().get(1))
              : "True positive rate of each class against all others; chance is dashed");
      page.close("figure").close("div");
    }
    page.close("div");
    byClass(page, matrix);
    page.close("section").newline();
    mistakes(page, matrix);
  }

  private void byClass(Html page, ConfusionMatrix matrix) {
    var report = ClassificationReport.of(matrix);
    page.element("h3", "By class");
    page.open("div", "class", "scroll").open("table").open("thead").open("tr");
    for (String heading : List.of("class", "precision", "recall", "F1", "AUC", "records")) {
      page.element("th", heading, "scope", "col");
    }
    page.close("tr").close("thead").open("tbody");
    for (ClassificationReport.Row row : report.classes()) {
      row(page, row, Roc.auc(classification, classification.classes().indexOf(row.name())));
    }
    page.close("tbody").open("tfoot");
    row(page, report.macro(), OptionalDouble.empty());
    row(page, report.weighted(), OptionalDouble.empty());
    page.close("tfoot").close("table").close("div");
    for (String fault : report.undefined()) {
      page.element("p", "Counted as 0: " + fault, "class", "note");
    }
  }

  private static void row(Html page, ClassificationReport.Row row, OptionalDouble auc) {
    page.open("tr")
        .element("th", row.name(), "scope", "row")
        .element("td", Numbers.of(row.precision()))
        .element("td", Numbers.of(row.recall()))
        .element("td", Numbers.of(row.f1()))
        .element("td", auc.isPresent() ? Numbers.of(auc.getAsDouble()) : "")
        .element("td", Numbers.count(row.support()))
        .close("tr")
        .newline();
  }

  private void mistakes(Html page, ConfusionMatrix matrix) {
    Tensor images = classification.imagesOrNull();
    List<String> texts = classification.textsOrNone();
    List<Classification.Mistake> worst = classification.worst(WORST);
    if (images == null && texts.isEmpty()) {
      return;
    }
    long wrong = matrix.total() - Math.round(matrix.accuracy() * matrix.total());
    page.open("section").element("h2", "Worst mistakes: " + name);
    page.element(
        "p",
        worst.isEmpty()
            ? "All %s records are classified rightly.".formatted(Numbers.count(matrix.total()))
            : "%s of %s records are wrong. Of these the truth was thought least probable."
                .formatted(Numbers.count(wrong), Numbers.count(matrix.total())),
        "class",
        "note");
    page.open("ol", "class", images != null ? "mistakes pictures" : "mistakes texts");
    for (Classification.Mistake mistake : worst) {
      page.open("li");
      if (images != null) {
        picture(page, images, mistake);
      }
      page.open("p", "class", "verdict");
      page.element("strong", className(mistake.truth()));
      page.text(" taken for ");
      page.element("strong", className(mistake.predicted()));
      page.close("p");
      page.element(
          "p",
          "%s sure, #%s"
              .formatted(Numbers.percent(mistake.confidence()), Numbers.count(mistake.record())),
          "class",
          "note");
      if (!texts.isEmpty()) {
        page.element("blockquote", shortened(texts.get(mistake.record())), "dir", "auto");
      }
      page.close("li").newline();
    }
    page.close("ol").close("section").newline();
  }

  private String className(int label) {
    return classification.classes().get(label);
  }

  private void picture(Html page, Tensor images, Classification.Mistake mistake) {
    Tensor picture = images.select(0, mistake.record());
    page.open(
        "img",
        "src",
        Png.dataUrl(picture, picture.min().item(), picture.max().item()),
        "alt",
        "record %d, %s".formatted(mistake.record(), className(mistake.truth())));
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    // Not between the two halves of a character.
    int end = LONGEST_TEXT - (Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0);
    return text.substring(0, end) + " …";
  }
}
