package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.IndexException;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Relu;
import org.lawu.random.Philox;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class TransferLearningTest {
  private static final Tensor INPUT = Tensor.normal(new Philox(1), 0, 1, 6, 4);

  private static Sequential trained() {
    return Sequential.of(new Dense(4, 5), new BatchNorm1d(5), new Relu(), new Dense(5, 3))
        .initialize(new Philox(2));
  }

  private static Map<String, Tensor> state(Layer layer) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    layer.namedParameters().forEach((name, parameter) -> values.put(name, parameter.value()));
    return values;
  }

  @Test
  void aNewHeadSharesTheFrozenBody() {
    Sequential old = trained();
    old.freeze();
    Sequential model = old.replace(-1, new Dense(5, 2));
    assertThat(old.layers().getLast()).hasToString("Dense(5, 3)");
    assertThat(model.layers().getFirst()).isSameAs(old.layers().getFirst());
    assertThat(model.namedParameters().keySet()).isEqualTo(old.namedParameters().keySet());
    Map<String, Parameter> named = model.namedParameters();
    assertThat(model.parameters()).containsExactly(named.get("3.weight"), named.get("3.bias"));
    assertThat(model.parameterCount()).isEqualTo(12);

    Map<String, Tensor> before = state(model);
    Tensor loss = model.forward(INPUT, Pass.training(new Philox(3))).square().sum();
    Gradients gradients = loss.backward();
    assertThat(gradients.parameters()).containsExactlyElementsOf(model.parameters());
    for (Parameter parameter : gradients.parameters()) {
      parameter.update(
          gradients.of(parameter),
          (value, gradient, from, to) -> {
            for (int i = from; i < to; i++) {
              value[i] -= 0.01f * gradient[i];
            }
          });
    }
    state(model)
        .forEach((name, value) -> {
          if (name.startsWith("3.")) {
            assertThat(value).isNotEqualTo(before.get(name));
          } else {
            assertThat(value).as(name).isSameAs(before.get(name));
          }
        });
  }

  @Test
  void frozenBatchNormalizationUsesItsRunningMoments() {
    var norm = new BatchNorm1d(4);
    norm.forward(INPUT.mul(3), Pass.training(new Philox(1)));
    Tensor expected = norm.predict(INPUT);
    assertThat(norm.forward(INPUT, Pass.training(new Philox(1)))).isNotEqualTo(expected);
    norm.freeze();
    Tensor afterTwo = norm.predict(INPUT);
    Map<String, Tensor> before = state(norm);
    assertThat(norm.forward(INPUT, Pass.training(new Philox(1)))).isEqualTo(afterTwo);
    state(norm).forEach((name, value) -> assertThat(value).isSameAs(before.get(name)));
    norm.unfreeze();
    assertThat(norm.forward(INPUT, Pass.training(new Philox(1)))).isNotEqualTo(afterTwo);
  }

  @Test
  void frozenDropoutGoesOnDropping() {
    Tensor x = Tensor.ones(100);
    Layer dropout = new Dropout(0.5).freeze();
    assertThat(dropout.forward(x, Pass.training(new Philox(1)))).isNotEqualTo(x);
  }

  @Test
  void gradientsPassThroughFrozenLayers() {
    var first = new Dense(4, 5);
    var second = new Dense(5, 3);
    second.freeze();
    Gradients gradients =
        Sequential.of(first, second).forward(INPUT, Pass.inference()).sum().backward();
    assertThat(gradients.parameters()).containsExactlyInAnyOrderElementsOf(first.parameters());
  }

  @Test
  void unfreezingPartsTrainsThemAgain() {
    Sequential model = trained();
    var all = model.parameters();
    assertThat(model.freeze()).isSameAs(model);
    assertThat(model.parameters()).isEmpty();
    model.layers().getLast().unfreeze();
    assertThat(model.parameters()).hasSize(2);
    assertThat(model.unfreeze()).isSameAs(model);
    assertThat(model.parameters()).isEqualTo(all);
  }

  @Test
  void savingAndLoadingTakeNoNotice(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.safetensors");
    Sequential model = trained();
    model.freeze();
    model.save(file);
    Sequential other = trained().initialize(new Philox(9));
    other.layers().getFirst().freeze();
    other.load(file);
    assertThat(state(other)).isEqualTo(state(model));
    assertThat(other.namedParameters().get("0.weight").isFrozen()).isTrue();
    assertThat(other.namedParameters().get("3.weight").isFrozen()).isFalse();
  }

  @Test
  void theSummaryCountsWhatIsFrozen() {
    Sequential model = trained();
    model.layers().getFirst().freeze();
    assertThat(model.summary(4))
        .contains("0     Dense(4, 5)     [1, 5]          25\n")
        .contains("28 trainable parameters, 25 frozen, 11 in buffers\n");
  }

  /** A model written as a class takes its parts, so that another head is another model. */
  static final class Classifier extends Layer {
    private final Layer body;
    private final Layer head;

    Classifier(Layer body, Layer head) {
      this.body = child("body", body);
      this.head = child("head", head);
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return head.forward(body.forward(input, pass), pass);
    }
  }

  @Test
  void aClassTakesAnotherHead() {
    var old = new Classifier(Sequential.of(new Dense(4, 5), new Relu()), new Dense(5, 3));
    var model = new Classifier(old.body.freeze(), new Dense(5, 2));
    assertThat(model.namedParameters().get("body.0.weight"))
        .isSameAs(old.namedParameters().get("body.0.weight"));
    assertThat(model.parameters()).hasSize(2);
    assertThat(model.predict(INPUT).shape()).isEqualTo(Shape.of(6, 2));
    assertThat(old.predict(INPUT).shape()).isEqualTo(Shape.of(6, 3));
    assertThatThrownBy(() -> model.predict(Tensor.zeros(6, 3)))
        .hasMessageStartingWith("at body.0: linear: last axis must be 4");
  }

  @Test
  void replacesAnyLayerThereIs() {
    Sequential model = trained();
    assertThat(model.replace(0, new Dense(2, 5)).predict(Tensor.zeros(1, 2)).shape())
        .isEqualTo(Shape.of(1, 3));
    assertThatThrownBy(() -> model.replace(4, new Relu()))
        .isInstanceOf(IndexException.class)
        .hasMessage("replace: there is no layer 4 among 4");
    assertThatThrownBy(() -> model.replace(-5, new Relu()))
        .isInstanceOf(IndexException.class)
        .hasMessage("replace: there is no layer -5 among 4");
  }

  @Test
  void theGradientsOfASharedLayerAddUp() {
    var shared = new Dense(4, 4).initialize(new Philox(5));
    var first = new Dense(4, 4).initialize(new Philox(5));
    var second = new Dense(4, 4).initialize(new Philox(5));
    Gradients both =
        Sequential.of(shared, new Relu(), shared)
            .forward(INPUT, Pass.inference())
            .square()
            .sum()
            .backward();
    Gradients each =
        Sequential.of(first, new Relu(), second)
            .forward(INPUT, Pass.inference())
            .square()
            .sum()
            .backward();
    for (String name : shared.namedParameters().keySet()) {
      Tensor sum =
          each.of(second.namedParameters().get(name))
              .add(each.of(first.namedParameters().get(name)));
      assertThat(both.of(shared.namedParameters().get(name))).as(name).isEqualTo(sum);
    }
    assertThat(both.parameters()).hasSize(2);
  }

  @Test
  void aLayerSharedByTwoPartsIsSavedOnce(@TempDir Path folder) throws Exception {
    var shared = new Dense(4, 4);
    var model = new Classifier(Sequential.of(shared, new Relu()), Sequential.of(shared));
    assertThat(model.namedParameters().keySet()).containsExactly("body.0.weight", "body.0.bias");
    assertThat(model.parameterCount()).isEqualTo(20);
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    var other = new Dense(4, 4);
    var loaded = new Classifier(Sequential.of(other, new Relu()), Sequential.of(other));
    loaded.load(file);
    assertThat(loaded.predict(INPUT)).isEqualTo(model.predict(INPUT));
    shared.freeze();
    assertThat(model.parameters()).isEmpty();
  }
}
