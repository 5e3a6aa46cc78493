package org.lawu.data.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lawu.data.Table;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class PcaTest {
  /** Every fifteenth record of the iris data (R. A. Fisher, 1936; UCI, CC BY 4.0). */
  private static final Tensor IRIS =
      Tensor.of(
          new double[] {
            5.1, 3.5, 1.4, 0.2, 5.7, 4.4, 1.5, 0.4, 4.8, 3.1, 1.6, 0.2, 4.8, 3.0, 1.4, 0.3, 5.0,
            2.0, 3.5, 1.0, 6.6, 3.0, 4.4, 1.4, 5.5, 2.6, 4.4, 1.2, 7.6, 3.0, 6.6, 2.1, 6.9, 3.2,
            5.7, 2.3, 7.7, 3.0, 6.1, 2.3
          },
          10,
          4);

  private static void assertClose(Tensor actual, Tensor expected) {
    assertThat(actual.allClose(expected, 1e-9, 1e-9)).as("%s", actual).isTrue();
  }

  /**
   * By scikit-learn 1.2.1, {@code PCA(2).fit(x)} with {@code x} the numbers above; the sign of the
   * second component follows the rule of its versions from 1.5 on, which is ours too.
   */
  @Test
  void findsTheComponentsOfScikitLearn() {
    Pca pca = Pca.fit(IRIS, 2);

    assertClose(pca.mean(), Tensor.of(5.97, 3.08, 3.66, 1.14));
    assertClose(
        pca.components(),
        Tensor.of(
            new double[] {
              0.421849968981, -0.070659988247, 0.836000115957, 0.343734746353,
              0.579981824372, 0.779993047052, -0.234294583064, 0.018384186045
            },
            2,
            4));
    assertClose(pca.explainedVariance(), Tensor.of(6.149029877459, 0.540253875078));
    assertClose(pca.explainedVarianceRatio(), Tensor.of(0.911342427289, 0.080070561971));
    Tensor coordinates = pca.transform(IRIS);
    assertClose(
        coordinates.slice(0, 0, 2),
        Tensor.of(
            new double[] {-2.609157591714, 0.335237515402, -2.267294638881, 1.365467731274}, 2, 2));
    assertClose(
        pca.inverse(coordinates).slice(0, 0, 1),
        Tensor.of(
            new double[] {5.063758616649, 3.52584597589, 1.400199616878, 0.249304945868}, 1, 4));
  }

  @Test
  void allComponentsLoseNothing() {
    Tensor features = Tensor.normal(new Philox(1), 3, 2, 40, 6);
    Pca pca = Pca.fit(features, 6);

    Tensor coordinates = pca.transform(features);
    assertThat(coordinates.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(pca.inverse(coordinates).allClose(features, 1e-5, 1e-5)).isTrue();
    assertThat(pca.explainedVarianceRatio().sum().item()).isCloseTo(1, within(1e-12));
    Tensor product = pca.components().matmul(pca.components().transpose(0, 1));
    assertThat(product.allClose(Tensor.eye(6).to(DType.FLOAT64), 1e-12, 1e-12)).isTrue();
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.api.Assertions.within(offset);
  }

  @Test
  void constantFeaturesHaveNoVariance() {
    Pca pca = Pca.fit(Tensor.ones(3, 2), 2);

    assertThat(pca.explainedVarianceRatio().toDoubleArray()).containsExactly(0, 0);
    assertThat(pca.transform(Tensor.ones(1, 2))).isEqualTo(Tensor.zeros(1, 2));
  }

  @Test
  void theSettingsBringBackTheSame() {
    Pca pca = Pca.fit(IRIS, 3);
    Pca back = Pca.of(Config.parse("saved", pca.config().toString()));

    assertThat(back.config()).isEqualTo(pca.config());
    assertThat(back.transform(IRIS)).isEqualTo(pca.transform(IRIS));
    assertThatThrownBy(() ->
            Pca.of(
                Config.of("kind", "Pca")
                    .with("mean", 1.0, 2.0)
                    .with("components", new double[] {1})
                    .with("explainedVariance", new double[] {1})))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "pca: the saved settings do not fit together: kind Pca, 2 means, 1 variances, 1"
                + " elements");
  }

  @Test
  void componentsOfATable() {
    Table table =
        Table.of(
            List.of("a", "b"),
            List.of(List.of("1", "2"), List.of("3", "7"), List.of("2", "1"), List.of("5", "9")));
    FittedColumns columns = Columns.standard("a", "b").fit(table);
    ReducedColumns reduced = columns.then(Pca.fit(columns.apply(table), 1));

    Tensor features = reduced.apply(table);
    assertThat(features.shape().toArray()).containsExactly(4, 1);
    assertThat(ReducedColumns.of(Config.parse("saved", reduced.config().toString())).apply(table))
        .isEqualTo(features);
    assertThatThrownBy(() -> columns.then(Pca.fit(IRIS, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("pca: was fitted to 4 features, but the columns make 2");
    assertThatThrownBy(() -> ReducedColumns.of(columns.config()))
        .isInstanceOf(FormatException.class)
        .hasMessage("columns: settings of the kind ReducedColumns expected, got Columns");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ArgumentException.class).hasMessage(message);
  }

  @Test
  void refusesWhatHasNoComponents() {
    assertRefused(
        () -> Pca.fit(IRIS, 0), "pca: of features [10, 4] there are 1 to 4 components, got 0");
    assertRefused(
        () -> Pca.fit(IRIS, 5), "pca: of features [10, 4] there are 1 to 4 components, got 5");
    assertRefused(
        () -> Pca.fit(IRIS.slice(0, 0, 3), 4),
        "pca: of features [3, 4] there are 1 to 3 components, got 4");
    assertRefused(() -> Pca.fit(Tensor.zeros(1, 2), 1), "pca: needs at least 2 records, got 1");
    assertRefused(
        () -> Pca.fit(Tensor.of(new float[] {1, 2, 3, Float.NaN}, 2, 2), 1),
        "pca: row 1 of column 1 is NaN; impute it first");
    assertThatThrownBy(() -> Pca.fit(Tensor.zeros(3), 1))
        .isInstanceOf(ShapeException.class)
        .hasMessage("pca: features must be [n, columns], got [3]; use flatten(1)");
    assertThatThrownBy(() -> Pca.fit(Tensor.arange(4).reshape(2, 2), 1))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "pca: needs FLOAT32 or FLOAT64, got INT32 [2, 2]; convert with .to(DType.FLOAT32)");
    assertThatThrownBy(() -> Pca.fit(IRIS, 2).transform(Tensor.zeros(1, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("pca: there are 4 features, got [1, 3]; they must be the last axis");
    assertThatThrownBy(() -> Pca.fit(IRIS, 2).inverse(Tensor.zeros(1, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("pca: there are 2 components, got [1, 3]; they must be the last axis");
  }

  /** With all classes loaded anew from a class path that lacks the jar. */
  @Test
  void withoutCommonsMathItSaysWhatToAdd() throws Exception {
    URL[] classPath =
        Stream.of(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator))
            .filter(entry -> !entry.contains("commons-math3"))
            .map(PcaTest::url)
            .toArray(URL[]::new);
    try (var loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      Class<?> tensorClass = loader.loadClass(Tensor.class.getName());
      Object features = tensorClass.getMethod("zeros", int[].class).invoke(null, new int[] {3, 2});
      Class<?> pcaClass = loader.loadClass(Pca.class.getName());
      var fit = pcaClass.getMethod("fit", tensorClass, int.class);

      assertThat(pcaClass).isNotEqualTo(Pca.class);
      assertThatThrownBy(() -> fit.invoke(null, features, 1))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessage(
              "pca: Apache Commons Math is missing; add the dependency"
                  + " org.apache.commons:commons-math3:3.6.1, and on the module path the option"
                  + " --add-modules commons.math3");
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
