package org.lawu.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.lawu.train.metric.RocCurve;
import org.lawu.train.report.LineChart.Curve;
import org.lawu.train.report.LineChart.Style;

/** The receiver operating characteristic of a class against all others. */
final class Roc {
  private static final Axis RATE = new Axis(0, 1, 0.2);
  private static final double[] ENDS = {0, 1};

  /** A legend of more would not fit. */
  private static final int NAMED = 3;

  private Roc() {}

  /** Whether some of the records are of a class and some are not. */
  private static boolean isDefined(Classification classification, int label) {
    boolean[] answers = classification.areOf(label);
    return IntStream.range(1, answers.length).anyMatch(i -> answers[i] != answers[0]);
  }

  private static RocCurve curve(Classification classification, int label) {
    return RocCurve.of(classification.probabilitiesOf(label), classification.areOf(label));
  }

  /** The area under the curve of a class; nothing where all or none of the records are of it. */
  static OptionalDouble auc(Classification classification, int label) {
    return isDefined(classification, label)
        ? OptionalDouble.of(curve(classification, label).auc())
        : OptionalDouble.empty();
  }

  /** The classes that have a curve: of two the second alone, as the first is its mirror image. */
  private static int[] labels(Classification classification) {
    int classes = classification.classes().size();
    return IntStream.range(classes == 2 ? 1 : 0, classes)
        .filter(label -> isDefined(classification, label))
        .toArray();
  }

  static boolean isDefined(Classification classification) {
    return labels(classification).length > 0;
  }

  static LineChart chart(Classification classification) {
    int[] labels = labels(classification);
    List<Curve> curves = new ArrayList<>();
    curves.add(new Curve("", Ink.AXIS, Style.DASHED, ENDS, ENDS));
    for (int label : labels) {
      RocCurve roc = curve(classification, label);
      String name = classification.classes().get(label);
      curves.add(
          new Curve(
              labels.length > NAMED ? "" : name,
              Ink.series(labels.length == 1 ? 0 : label),
              Style.LINE,
              roc.falsePositiveRates(),
              roc.truePositiveRates()));
    }
    return new LineChart(
        "Receiver operating characteristic: true positive rate over false positive rate",
        "false positive rate",
        RATE,
        RATE,
        curves);
  }
}
