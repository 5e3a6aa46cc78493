package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.error.IndexException;
import org.lawu.error.ShapeException;
import org.lawu.nn.initializer.Zeros;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Relu;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class LayerTest {

  /** A model as a user writes it: two inputs, a parameter and a buffer of its own. */
  static final class Recommender extends Layer {
    private final Embedding users = child("users", new Embedding(4, 3));
    private final Embedding films = child("films", new Embedding(5, 3));
    private final Sequential head =
        child("head", Sequential.of(new Dense(6, 8), new Relu(), new Dense(8, 1)));
    private final Parameter scale = parameter("scale", Shape.of(1), new Zeros());
    private final Parameter offset = buffer("offset", Tensor.of(2f));

    Tensor forward(Tensor user, Tensor film, Pass pass) {
      Tensor both = Tensor.concat(-1, users.forward(user, pass), films.forward(film, pass));
      return head.forward(both, pass).squeeze(-1).mul(scale.value()).add(offset.value());
    }
  }

  @Test
  void aModelMayHaveSeveralInputs() {
    var model = new Recommender();
    Tensor user = Tensor.of(0, 3);
    Tensor film = Tensor.of(4, 1);
    Tensor output = model.forward(user, film, Pass.training(new Philox(1)));
    assertThat(output).isEqualTo(Tensor.of(2f, 2f));
    assertThat(output.sum().backward().has(model.parameters().getFirst())).isTrue();
    assertThatThrownBy(() -> model.predict(user))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "forward: Recommender does not take one input; call its own method, or override"
                + " compute");
    assertThatThrownBy(() -> model.forward(user, Tensor.of(4, 5), Pass.inference()))
        .isInstanceOf(IndexException.class)
        .hasMessageStartingWith("at films: ");
  }

  @Test
  void namesFollowTheOrderOfRegistration() {
    var model = new Recommender();
    assertThat(model.namedParameters().keySet())
        .containsExactly(
            "scale",
            "offset",
            "users.weight",
            "films.weight",
            "head.0.weight",
            "head.0.bias",
            "head.2.weight",
            "head.2.bias");
    assertThat(model.parameters())
        .hasSize(7)
        .doesNotContain(model.namedParameters().get("offset"))
        .isSameAs(model.parameters());
    assertThat(model.children().keySet()).containsExactly("users", "films", "head");
    assertThat(model.parameterCount()).isEqualTo(1 + 12 + 15 + 56 + 9);
  }

  @Test
  void initializeSetsParametersAndBuffersAnew() {
    var model = new Recommender();
    model.namedParameters().get("offset").set(Tensor.of(7f));
    Layer same = model.initialize(new Philox(3));
    assertThat(same).isSameAs(model);
    assertThat(model.namedParameters().get("offset").value()).isEqualTo(Tensor.of(2f));
    Tensor drawn = model.namedParameters().get("head.0.weight").value();
    model.initialize(new Philox(4));
    assertThat(model.namedParameters().get("head.0.weight").value()).isNotEqualTo(drawn);
    model.initialize(new Philox(3));
    assertThat(model.namedParameters().get("head.0.weight").value()).isEqualTo(drawn);
  }

  @Test
  void aSharedLayerCountsOnce() {
    var shared = new Dense(3, 3);
    var model = Sequential.of(shared, new Relu(), shared).initialize(new Philox(1));
    assertThat(model.namedParameters().keySet()).containsExactly("0.weight", "0.bias");
    assertThat(model.parameterCount()).isEqualTo(12);
    Tensor input = Tensor.normal(new Philox(2), 0, 1, 2, 3);
    Tensor expected = shared.predict(shared.predict(input).relu());
    assertThat(model.predict(input)).isEqualTo(expected);
    var gradients = model.forward(input, Pass.inference()).sum().backward();
    assertThat(gradients.parameters()).hasSize(2);
  }

  @Test
  void aFaultNamesItsPlaceInNestedLayers() {
    var model =
        Sequential.of(new Relu(), Sequential.of(new Dense(4, 3), Sequential.of(new Dense(5, 2))));
    assertThatThrownBy(() -> model.predict(Tensor.zeros(1, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("at 1.1.0: linear: last axis must be 5, input is [1, 3] (weight [2, 5])")
        .satisfies(fault -> assertThat(fault.getStackTrace()[0].getClassName()).endsWith("Linear"));
    assertThatThrownBy(() -> Sequential.of(new Dense(784, 128)).predict(Tensor.zeros(32, 512)))
        .hasMessage("at 0: linear: last axis must be 784, input is [32, 512] (weight [128, 784])");
  }

  @Test
  void faultsOfOtherKindsPassUnchanged() {
    var failure = new IllegalStateException("mine");
    var failing =
        new Layer() {
          @Override
          protected Tensor compute(Tensor input, Pass pass) {
            throw failure;
          }
        };
    assertThatThrownBy(() -> Sequential.of(failing).predict(Tensor.zeros(1))).isSameAs(failure);
  }

  /** Registers what a test tells it to. */
  private static final class Registering extends Layer {
    Registering add(String name, Layer child) {
      child(name, child);
      return this;
    }

    Registering add(String name) {
      parameter(name, Shape.of(1), new Zeros());
      return this;
    }
  }

  @Test
  void namesMustBeNewAndPlain() {
    assertThatThrownBy(() -> new Registering().add("a").add("a"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("parameter: the name a is taken in this Registering; choose another");
    assertThatThrownBy(() -> new Registering().add("a").add("a", new Relu()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("child: the name a is taken in this Registering; choose another");
    assertThatThrownBy(() -> new Registering().add("a.b"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("parameter: the name must not be empty or hold a dot, got \"a.b\"");
    assertThatThrownBy(() -> new Registering().add("", new Relu()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("child: the name must not be empty or hold a dot, got \"\"");
  }

  @Test
  void aLayerCannotBePartOfItself() {
    var inner = new Registering();
    var outer = new Registering().add("inner", inner);
    assertThatThrownBy(() -> outer.add("self", outer))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "child: self contains the layer it is added to; a layer cannot be part of itself");
    assertThatThrownBy(() -> inner.add("late"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "parameter: late comes too late: this Registering is already part of another layer;"
                + " register in the constructor");
  }

  @Test
  void trainingAndInferenceMayRunAtOnce() throws Exception {
    var model =
        Sequential.of(new Dense(8, 16), new Relu(), new Dropout(0.5), new Dense(16, 2))
            .initialize(new Philox(1));
    Tensor input = Tensor.normal(new Philox(2), 0, 1, 32, 8);
    Tensor expected = model.predict(input);
    List<Callable<Tensor>> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int seed = i;
      tasks.add(() -> {
        model.forward(input, Pass.training(new Philox(seed))).sum().backward();
        return model.predict(input);
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Tensor> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void printsAsATree() {
    assertThat(Sequential.of(new Dense(4, 3), Sequential.of(new Dropout(0.5), new Relu())))
        .hasToString(
            """
            Sequential(
              0: Dense(4, 3)
              1: Sequential(
                0: Dropout(0.5)
                1: Relu
              )
            )\
            """);
  }

  @Test
  void anEmptyChainIsTheIdentity() {
    Tensor input = Tensor.zeros(Shape.of(2), DType.FLOAT64);
    assertThat(Sequential.of().predict(input)).isSameAs(input);
    assertThat(Sequential.of(List.of(new Relu())).children()).hasSize(1);
  }

  @Test
  void onlyATrainingPassHasAGenerator() {
    var random = new Philox(1);
    assertThat(Pass.training(random).random()).isSameAs(random);
    assertThat(Pass.training(random).isTraining()).isTrue();
    assertThat(Pass.inference().isTraining()).isFalse();
    assertThatThrownBy(() -> Pass.inference().random())
        .isInstanceOf(ArgumentException.class)
        .hasMessage("pass: inference has no random generator; ask isTraining() first");
  }
}
