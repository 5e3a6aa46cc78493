package org.lawu.data.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.Csv;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class ColumnsTest {
  private static final List<String> NAMES =
      List.of("age", "income", "visits", "rating", "city", "size");

  private static final Table TRAINING =
      Table.of(
          NAMES,
          List.of(
              List.of("36", "1200", "3", "4", "Rome", "small"),
              List.of("", "800", "0", "5", "Paris", "large"),
              List.of("41", "", "12", "3", "Paris", "medium"),
              List.of("29", "15000", "1", "", "Oslo", "small"),
              List.of("52", "950", "", "4", "", "large"),
              List.of("36", "2100", "7", "5", "Rome", "medium"),
              List.of("63", "700", "2", "1", "Lima", "small")));

  private static final Table LATER =
      Table.of(
          NAMES,
          List.of(
              List.of("20", "", "20", "2", "Cairo", "large"),
              List.of("", "100000", "", "", "Paris", "small")));

  private static final Columns ALL =
      Columns.standard("age")
          .imputeMean()
          .missingIndicator()
          .and(Columns.robust("income").imputeMedian().log1p())
          .and(Columns.minMax("visits").impute(5))
          .and(Columns.numbers("rating").imputeMostFrequent())
          .and(Columns.oneHot("city").imputeMostFrequent().rarerThan(2).acceptUnknown())
          .and(Columns.ordinal("size").order("small", "medium", "large"));

  @TempDir private Path folder;

  private static Tensor apply(Columns columns, String name) {
    FittedColumns fitted = columns.fit(TRAINING);
    assertThat(fitted.featureNames()).containsExactly(name);
    return Tensor.concat(0, fitted.apply(TRAINING), fitted.apply(LATER)).flatten(0);
  }

  private static void assertClose(Tensor actual, double... expected) {
    Tensor exact = Tensor.of(expected);
    assertThat(actual.to(DType.FLOAT64).allClose(exact, 1e-6, 1e-6)).as("%s", actual).isTrue();
  }

  /**
   * All numbers of this class's first tests were computed by scikit-learn 1.2.1, the training
   * records first and the later ones behind them:
   *
   * <pre>
   * def run(p, x, new): print(p.fit_transform(x).ravel(), p.transform(new).ravel())
   * def col(*x): return np.array(x, dtype=float)[:, None]
   * run(make_pipeline(SimpleImputer(strategy="mean"), StandardScaler()),
   *     col(36, nan, 41, 29, 52, 36, 63), col(20, nan))
   * </pre>
   */
  @Test
  void standardWithTheMeanForWhatIsMissing() {
    assertClose(
        apply(Columns.standard("age").imputeMean(), "age"),
        -0.647827472,
        0,
        -0.173807371,
        -1.311455614,
        0.869036853,
        -0.647827472,
        1.911881076,
        -2.164691797,
        0);
  }

  /**
   * <pre>
   * run(make_pipeline(SimpleImputer(strategy="median"), FunctionTransformer(np.log1p),
   *                   RobustScaler()),
   *     col(1200, 800, nan, 15000, 950, 2100, 700), col(nan, 100000))
   * </pre>
   */
  @Test
  void robustOnALogarithmWithTheMedianForWhatIsMissing() {
    assertClose(
        apply(Columns.robust("income").imputeMedian().log1p(), "income"),
        0.183524687,
        -0.492851178,
        0,
        4.399864198,
        -0.206214104,
        1.117410031,
        -0.715532432,
        0,
        7.567698807);
  }

  /**
   * <pre>
   * run(make_pipeline(SimpleImputer(strategy="constant", fill_value=5), MinMaxScaler()),
   *     col(3, 0, 12, 1, nan, 7, 2), col(20, nan))
   * </pre>
   */
  @Test
  void minMaxWithAConstantForWhatIsMissing() {
    assertClose(
        apply(Columns.minMax("visits").impute(5), "visits"),
        0.25,
        0,
        1,
        0.083333333,
        0.416666667,
        0.583333333,
        0.166666667,
        1.666666667,
        0.416666667);
  }

  /** 4 and 5 come twice each; {@code SimpleImputer(strategy="most_frequent")} takes the least. */
  @Test
  void numbersWithTheMostFrequentForWhatIsMissing() {
    assertClose(
        apply(Columns.numbers("rating").imputeMostFrequent(), "rating"), 4, 5, 3, 4, 4, 5, 1, 2, 4);
  }

  /**
   * <pre>
   * make_pipeline(SimpleImputer(strategy="most_frequent"),
   *               OneHotEncoder(min_frequency=2, handle_unknown="infrequent_if_exist"))
   * </pre>
   */
  @Test
  void oneHotPutsRareAndUnknownCategoriesTogether() {
    FittedColumns fitted =
        Columns.oneHot("city").imputeMostFrequent().rarerThan(2).acceptUnknown().fit(TRAINING);

    assertThat(fitted.featureNames()).containsExactly("city=Paris", "city=Rome", "city (rare)");
    assertThat(fitted.apply(TRAINING))
        .isEqualTo(
            Tensor.of(
                new float[] {0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1}, 7, 3));
    assertThat(fitted.apply(LATER)).isEqualTo(Tensor.of(new float[] {0, 0, 1, 1, 0, 0}, 2, 3));
  }

  @Test
  void unknownCategoriesAreZerosWhereAccepted() {
    FittedColumns fitted =
        Columns.oneHot("city").impute("?").missingIndicator().acceptUnknown().fit(TRAINING);

    assertThat(fitted.featureNames())
        .containsExactly(
            "city=?", "city=Lima", "city=Oslo", "city=Paris", "city=Rome", "city (missing)");
    assertThat(fitted.apply(LATER))
        .isEqualTo(Tensor.of(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0}, 2, 6));
    assertThat(fitted.apply(TRAINING.select(new int[] {4})))
        .isEqualTo(Tensor.of(new float[] {1, 0, 0, 0, 0, 1}, 1, 6));
  }

  @Test
  void ordinalNumbersCategoriesInOrder() {
    assertThat(apply(Columns.ordinal("size"), "size"))
        .isEqualTo(Tensor.of(2f, 0, 1, 2, 0, 1, 2, 0, 2));
    assertThat(apply(Columns.ordinal("size").order("tiny", "small", "medium", "large"), "size"))
        .isEqualTo(Tensor.of(1f, 3, 2, 1, 3, 2, 1, 3, 1));
    assertThat(apply(Columns.ordinal("city").imputeMostFrequent().acceptUnknown(), "city"))
        .isEqualTo(Tensor.of(3f, 2, 2, 1, 2, 3, 0, -1, 2));
  }

  @Test
  void featuresStandInTheOrderOfTheDescription() {
    FittedColumns fitted = ALL.fit(TRAINING);

    assertThat(fitted.featureNames())
        .containsExactly(
            "age",
            "age (missing)",
            "income",
            "visits",
            "rating",
            "city=Paris",
            "city=Rome",
            "city (rare)",
            "size");
    assertThat(fitted.columnNames()).isEqualTo(NAMES);
    Tensor later = fitted.apply(LATER);
    assertThat(later.shape().toArray()).containsExactly(2, 9);
    assertClose(
        later.slice(0, 1, 2).flatten(0), 0, 1, 7.567698807, 0.416666667, 4, 1, 0, 0, 0);
    assertThat(fitted).hasToString("FittedColumns" + fitted.featureNames());
  }

  @Test
  void columnsAreFoundByName() {
    Table other = Table.of(List.of("x", "visits"), List.of(List.of("?", "6")));

    assertThat(Columns.minMax("visits").impute(0).fit(TRAINING).apply(other))
        .isEqualTo(Tensor.of(new float[] {0.5f}, 1, 1));
  }

  @Test
  void theSettingsBringBackTheSame() {
    FittedColumns fitted = ALL.fit(TRAINING);
    Config config = fitted.config();
    FittedColumns back = FittedColumns.of(Config.parse("saved", config.toString()));

    assertThat(back.config()).isEqualTo(config);
    assertThat(back.featureNames()).isEqualTo(fitted.featureNames());
    assertThat(back.apply(LATER)).isEqualTo(fitted.apply(LATER));
    assertThat(
            FittedColumns.of(Columns.numbers("age").fit(LATER.select(new int[] {0})).config())
                .config())
        .hasToString(
            "{\"kind\":\"Columns\",\"columns\":[{\"kind\":\"number\",\"name\":\"age\",\"fill\":"
                + "\"NaN\",\"indicator\":false,\"log1p\":false,\"center\":0.0,\"scale\":1.0}]}");
  }

  @Test
  void refusesDamagedSettings() {
    assertThatThrownBy(() -> FittedColumns.of(Config.of("kind", "Tokenizer")))
        .isInstanceOf(FormatException.class)
        .hasMessage("columns: settings of the kind Columns expected, got Tokenizer");
    Config odd =
        Config.of("kind", "Columns").withList("columns", List.of(Config.of("kind", "hashed")));
    assertThatThrownBy(() -> FittedColumns.of(odd))
        .isInstanceOf(FormatException.class)
        .hasMessage("columns: no column is of the kind \"hashed\"; it may be of a later version");
    Config zero =
        Config.of("kind", "number")
            .with("name", "age")
            .with("fill", 1.0)
            .with("indicator", false)
            .with("log1p", false)
            .with("center", 0.0)
            .with("scale", 0.0);
    assertThatThrownBy(
            () -> FittedColumns.of(Config.of("kind", "Columns").withList("columns", List.of(zero))))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "columns: the numbers of \"age\" are too large: fill 1.0, center 0.0, scale 0.0");
  }

  @Test
  void aConstantColumnHasScaleOne() {
    Table same = Table.of(List.of("x"), List.of(List.of("7"), List.of("7")));

    for (Columns columns :
        List.of(Columns.standard("x"), Columns.minMax("x"), Columns.robust("x"))) {
      assertThat(columns.fit(same).apply(same)).isEqualTo(Tensor.zeros(2, 1));
    }
  }

  @Test
  void aTableWithoutRecordsHasFeaturesOfNone() {
    assertThat(ALL.fit(TRAINING).apply(LATER.select(new int[0])).shape().toArray())
        .containsExactly(0, 9);
  }

  private void assertFault(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(FormatException.class).hasMessage(message);
  }

  @Test
  void faultsNameFileLineColumnAndValue() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "n,c\n1,x\n2,y\n");
    Table good = Csv.read(file);
    Path other =
        Files.writeString(folder.resolve("b.csv"), "c,n\nx,1\n\nz,2\ny,\n,-1\n,Infinity\n");
    Table bad = Csv.read(other);
    String at = other + ", line ";

    FittedColumns number = Columns.numbers("n").fit(good);
    assertFault(
        () -> number.apply(bad),
        at
            + "5, column \"n\": the value is missing; impute it, or use dropMissing or fillMissing"
            + " first");
    assertFault(
        () -> Columns.numbers("n").impute(0).log1p().fit(bad),
        at + "6, column \"n\": -1.0 has no log1p; numbers must be above -1");
    assertFault(
        () -> Columns.numbers("n").impute(0).fit(bad),
        at + "7, column \"n\": the number is infinite; leave the cell empty instead");
    assertFault(
        () -> Columns.oneHot("c").fit(good).apply(bad.select(new int[] {0, 1})),
        at
            + "4, column \"c\": \"z\" is not among the categories [x, y]; use acceptUnknown, or"
            + " more training data");
    assertFault(
        () -> Columns.ordinal("c").order("x").fit(good),
        file
            + ", line 3, column \"c\": \"y\" is not among the categories [x]; use acceptUnknown,"
            + " or name it in the order");
    assertFault(
        () -> Columns.oneHot("c").fit(bad),
        at
            + "6, column \"c\": the value is missing; impute it, or use dropMissing or fillMissing"
            + " first");
    assertFault(
        () -> Columns.numbers("c").fit(good),
        file + ", line 2, column \"c\": \"x\" is not a number");
    assertFault(
        () ->
            Columns.numbers("x")
                .fit(Table.of(List.of("x"), List.of(List.of("1"))))
                .apply(Table.of(List.of("x"), List.of(List.of("1e300")))),
        "table, line 1, column \"x\": the feature 1.0E300 is too large for FLOAT32");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ArgumentException.class).hasMessage(message);
  }

  @Test
  void refusesWhatCannotBeLearnt() {
    Table empty = Table.of(List.of("x"), List.of(List.of("")));

    assertRefused(
        () -> Columns.standard("x").fit(empty.select(new int[0])),
        "columns: there are no records to learn from");
    assertRefused(
        () -> Columns.standard("x").imputeMean().fit(empty),
        "columns: \"x\" holds no number to learn from; drop it");
    assertRefused(
        () -> Columns.oneHot("x").imputeMostFrequent().fit(empty),
        "columns: \"x\" holds no category to learn from; drop it");
    assertRefused(
        () -> Columns.standard("age").and(Columns.minMax("age")).fit(LATER.select(new int[] {0})),
        "columns: two features would be named \"age\"; name each column once");
    assertRefused(
        () -> Columns.standard("y").fit(empty), "doubles: there is no column \"y\"; table has [x]");
    assertRefused(() -> Columns.oneHot(), "oneHot: name at least one column");
    assertRefused(
        () -> Columns.standard("x").impute(Double.NaN),
        "impute: the number must be finite, got NaN");
    assertRefused(
        () -> Columns.oneHot("x").impute(""),
        "impute: the category must not be empty, which means that it is missing");
    assertRefused(
        () -> Columns.oneHot("x").rarerThan(1),
        "rarerThan: the number of records must be at least 2, got 1");
    assertRefused(
        () -> Columns.ordinal("x").order("a", "b", "a"),
        "order: the categories must differ, got [a, b, a]");
  }

  @Test
  void aDescriptionNeverChanges() {
    NumberColumns plain = Columns.numbers("age");
    NumberColumns filled = plain.impute(1);

    assertThat(filled.fit(TRAINING).featureNames()).containsExactly("age");
    assertThatThrownBy(() -> plain.fit(TRAINING)).isInstanceOf(FormatException.class);
    assertThat(filled.missingIndicator().fit(TRAINING).featureNames()).hasSize(2);
    assertThat(filled.fit(TRAINING).featureNames()).hasSize(1);
  }
}
