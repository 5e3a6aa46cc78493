package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.FormatException;
import org.lawu.error.GradientException;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** What holds for every optimizer, with every setting that changes what it remembers. */
class OptimizerContractTest {
  @TempDir private Path folder;

  /** A name for messages, and a new optimizer each time. */
  record Subject(String name, Supplier<Optimizer> constructor) {
    static Subject of(Supplier<Optimizer> constructor) {
      return new Subject(constructor.get().toString(), constructor);
    }

    Optimizer get() {
      return constructor.get();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Subject> subjects() {
    return Stream.of(
        Subject.of(() -> new Sgd(0.1)),
        Subject.of(() -> new Sgd(0.05).momentum(0.9).weightDecay(1e-3)),
        Subject.of(() -> new Sgd(0.05).momentum(0.9).dampening(0.5)),
        Subject.of(() -> new Sgd(0.05).momentum(0.9).nesterov()),
        Subject.of(() -> new Adam(0.1).weightDecay(1e-3)),
        Subject.of(() -> new Adam(0.1).amsgrad()),
        Subject.of(() -> new AdamW(0.1)),
        Subject.of(() -> new AdamW(0.1).amsgrad()),
        Subject.of(() -> new NAdam(0.1)),
        Subject.of(() -> new NAdam(0.1).decoupledWeightDecay(0.01)),
        Subject.of(() -> new RAdam(0.1)),
        Subject.of(() -> new Adamax(0.1)),
        Subject.of(() -> new RmsProp(0.05)),
        Subject.of(() -> new RmsProp(0.02).momentum(0.5).centered()),
        Subject.of(() -> new Adagrad(0.5).initialAccumulator(0.1).learningRateDecay(0.01)),
        Subject.of(() -> new Adadelta(5)),
        Subject.of(() -> new Lion(0.02)),
        Subject.of(() ->
            new ParameterGroups(new AdamW(0.1))
                .with(parameter -> parameter.shape().rank() < 2, new Sgd(0.1).momentum(0.9))));
  }

  @Test
  void noOptimizerIsMissing() throws IOException, URISyntaxException {
    Path classes = Path.of(Optimizer.class.getResource("Optimizer.class").toURI()).getParent();
    Set<String> all = new TreeSet<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class")) {
          Class<?> type = load(name.substring(0, name.length() - ".class".length()));
          if (type.getSuperclass() == Optimizer.class
              && !type.isAnonymousClass()
              && Modifier.isPublic(type.getModifiers())) {
            all.add(type.getSimpleName());
          }
        }
      }
    }
    assertThat(all).contains("Adam", "Sgd");
    Set<String> tested = new TreeSet<>();
    subjects().forEach(subject -> tested.add(subject.get().getClass().getSimpleName()));
    assertThat(tested).isEqualTo(all);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(Optimizer.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException fault) {
      throw new AssertionError(fault);
    }
  }

  // ---- sizes

  /** Weights of any number change as the first of many do: no element is left out or shared. */
  @ParameterizedTest
  @MethodSource("subjects")
  void updatesParametersOfAnySize(Subject subject) {
    int[] sizes =
        IntStream.concat(IntStream.rangeClosed(0, 70), IntStream.of(16_383, 32_769, 65_537))
            .toArray();
    Tensor all = Tensor.normal(new Philox(1), 0, 1, 70_001);
    float[] expected = afterThreeSteps(subject.get(), all);
    for (int size : sizes) {
      float[] actual = afterThreeSteps(subject.get(), all.slice(0, 0, size));
      assertThat(actual).as("%d weights", size).isEqualTo(Arrays.copyOf(expected, size));
    }
    float[] initial = all.toFloatArray();
    for (int i = 0; i < initial.length; i++) {
      assertThat(expected[i]).isNotEqualTo(initial[i]);
    }
  }

  private static float[] afterThreeSteps(Optimizer optimizer, Tensor initial) {
    var x = new Parameter("x", initial);
    for (int step = 0; step < 3; step++) {
      optimizer.step(x.value().square().sum().backward());
    }
    return x.value().toFloatArray();
  }

  // ---- two problems

  /** A bowl that is steeper along some axes than others. */
  private static Tensor quadratic(Parameter x) {
    Tensor curvature = Tensor.of(0.2f, 1, 5);
    Tensor aim = Tensor.of(1f, -1, 2);
    return x.value().sub(aim).square().mul(curvature).sum();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void lowersAQuadratic(Subject subject) {
    var x = new Parameter("x", Tensor.zeros(3));
    Optimizer optimizer = subject.get();
    double first = quadratic(x).item();
    for (int step = 0; step < 200; step++) {
      optimizer.step(quadratic(x).backward());
    }
    assertThat(quadratic(x).item()).isLessThan(0.1 * first);
  }

  private static Map<String, Parameter> classifier() {
    var random = new Philox(1);
    Map<String, Parameter> model = new LinkedHashMap<>();
    model.put("0.weight", new Parameter("weight", Tensor.normal(random, 0, 0.1, 3, 4)));
    model.put("0.bias", new Parameter("bias", Tensor.zeros(3)));
    return model;
  }

  /** The loss of a logistic regression on 60 points around three centres. */
  private static Tensor logistic(Map<String, Parameter> model) {
    Tensor noise = Tensor.normal(new Philox(7), 0, 0.7, 60, 4);
    int[] labels = new int[60];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    Tensor classes = Tensor.of(labels);
    Tensor points = noise.add(classes.oneHot(4).to(DType.FLOAT32).mul(2));
    return points
        .linear(model.get("0.weight").value(), model.get("0.bias").value())
        .crossEntropy(classes)
        .mean();
  }

  private static void train(Map<String, Parameter> model, Optimizer optimizer, int steps) {
    for (int step = 0; step < steps; step++) {
      optimizer.step(logistic(model).backward());
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void lowersTheLossOfALogisticRegression(Subject subject) {
    Map<String, Parameter> model = classifier();
    double first = logistic(model).item();
    train(model, subject.get(), 60);
    assertThat(logistic(model).item()).isLessThan(0.5 * first);
  }

  // ---- state

  private static List<Tensor> values(Map<String, Parameter> model) {
    return model.values().stream().map(parameter -> parameter.value().detach()).toList();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void goesOnFromAFileToTheBit(Subject subject) throws IOException {
    Map<String, Parameter> model = classifier();
    Optimizer whole = subject.get();
    train(model, whole, 9);
    whole.learningRate(0.7 * whole.learningRate());
    Path file = folder.resolve("state.safetensors");
    whole.save(file, model);
    Map<String, Parameter> copy = new LinkedHashMap<>();
    model.forEach((name, parameter) ->
        copy.put(name, new Parameter(parameter.name(), parameter.value().detach())));
    train(model, whole, 8);

    Optimizer resumed = subject.get();
    resumed.load(file, copy);
    assertThat(resumed.learningRate()).isEqualTo(whole.learningRate());
    train(copy, resumed, 8);
    assertThat(values(copy)).isEqualTo(values(model));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void refusesTheFileOfAnother(Subject subject) throws IOException {
    Map<String, Parameter> model = classifier();
    Optimizer other = subject.get() instanceof Lion ? new Sgd(0.1) : new Lion();
    train(model, other, 1);
    Path file = folder.resolve("other.safetensors");
    other.save(file, model);
    Optimizer optimizer = subject.get();
    assertThatThrownBy(() -> optimizer.load(file, model))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("must be the state of");
    Optimizer untouched = subject.get();
    Map<String, Parameter> copy = classifier();
    Map<String, Parameter> again = classifier();
    train(copy, optimizer, 3);
    train(again, untouched, 3);
    assertThat(values(copy)).isEqualTo(values(again));
  }

  // ---- odd parameters

  @ParameterizedTest
  @MethodSource("subjects")
  void leavesAParameterWithoutGradientAsItIs(Subject subject) {
    var used = new Parameter("used", Tensor.of(1f));
    var unused = new Parameter("unused", Tensor.of(2f));
    Optimizer optimizer = subject.get();
    Tensor both = used.value().add(unused.value()).sum();
    optimizer.step(both.backward());
    Tensor before = unused.value().detach();
    for (int step = 0; step < 3; step++) {
      optimizer.step(used.value().square().sum().backward());
    }
    assertThat(unused.value()).isEqualTo(before);
    assertThat(used.value()).isNotEqualTo(Tensor.of(1f));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void takesParametersOfAnySize(Subject subject) throws IOException {
    var empty = new Parameter("empty", Tensor.zeros(0, 3));
    var scalar = new Parameter("scalar", Tensor.scalar(1));
    Optimizer optimizer = subject.get();
    for (int step = 0; step < 3; step++) {
      optimizer.step(empty.value().sum().add(scalar.value()).backward());
    }
    assertThat(empty.value()).isEqualTo(Tensor.zeros(0, 3));
    assertThat(scalar.value().item()).isLessThan(1);
    Path file = folder.resolve("odd.safetensors");
    Map<String, Parameter> model = Map.of("empty", empty, "scalar", scalar);
    optimizer.save(file, model);
    subject.get().load(file, model);
  }

  // ---- errors

  @ParameterizedTest
  @MethodSource("subjects")
  void changesAllOrNothing(Subject subject) {
    var narrow = new Parameter("narrow", Tensor.of(1f));
    var wide = new Parameter("wide", Tensor.of(1.0));
    Gradients gradients = narrow.value().to(DType.FLOAT64).add(wide.value()).sum().backward();
    Optimizer optimizer = subject.get();
    assertThatThrownBy(() -> optimizer.step(gradients))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "step: optimizers train FLOAT32 parameters: wide [1] is FLOAT64; make it of FLOAT32"
                + " values, or use Lbfgs");
    assertThat(narrow.value()).isEqualTo(Tensor.of(1f));
    Tensor leaf = Tensor.of(1f).withGradient();
    assertThatThrownBy(() -> optimizer.step(leaf.sum().backward()))
        .isInstanceOf(GradientException.class)
        .hasMessage(
            "step: no parameter to change: the result depends on 1 tensors and no Parameter");
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void checksItsLearningRate(Subject subject) {
    Optimizer optimizer = subject.get();
    double rate = optimizer.learningRate();
    for (double bad : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> optimizer.learningRate(bad))
          .isInstanceOf(ArgumentException.class)
          .hasMessage("learningRate: must be a finite number and not negative, got " + bad);
    }
    assertThat(optimizer.learningRate()).isEqualTo(rate);
    assertThat(optimizer.toString()).contains("learningRate=" + rate);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aLearningRateOfZeroChangesNothing(Subject subject) {
    Map<String, Parameter> model = classifier();
    List<Tensor> before = values(model);
    Optimizer optimizer = subject.get();
    optimizer.learningRate(0);
    train(model, optimizer, 2);
    assertThat(values(model)).isEqualTo(before);
  }
}
