package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.LawuException;
import org.lawu.io.Config;
import org.lawu.io.Safetensors;
import org.lawu.nn.Layer;
import org.lawu.nn.Layers;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * What every layer keeps. The test class of a layer implements this and adds what is its own;
 * {@link EveryLayerTest} fails for a layer that has none.
 */
public interface LayerContract {

  /** A new layer. */
  Layer create();

  /** An input that fits. */
  Tensor input();

  /** The shape of the output for {@link #input}. */
  Shape outputShape();

  /** The names of its parameters and buffers, as PyTorch has them. */
  List<String> stateNames();

  /** An input that does not fit. */
  Tensor wrongInput();

  /** The beginning of the message that refuses {@link #wrongInput}. */
  String wrongMessage();

  /** Which layer inside it refuses {@link #wrongInput}: empty for the layer itself. */
  default String wrongPlace() {
    return "";
  }

  /** Runs the layer; one with several inputs makes the others from this one. */
  default Tensor run(Layer layer, Tensor input, Pass pass) {
    return layer.forward(input, pass);
  }

  private Tensor predict(Layer layer, Tensor input) {
    return Autograd.noGrad(() -> run(layer, input, Pass.inference()));
  }

  private Layer seeded() {
    return create().initialize(new Philox(7));
  }

  private static Map<String, Tensor> state(Layer layer) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    layer.namedParameters().forEach((name, parameter) -> values.put(name, parameter.value()));
    return values;
  }

  @Test
  default void hasTheStateNamesOfPyTorch() {
    assertThat(create().namedParameters().keySet()).containsExactlyElementsOf(stateNames());
    var prefixed = stateNames().stream().map(name -> "0." + name).toList();
    assertThat(Sequential.of(create()).namedParameters().keySet())
        .containsExactlyElementsOf(prefixed);
  }

  @Test
  default void givesTheOutputShapeInBothPasses() {
    Layer layer = create();
    assertThat(predict(layer, input()).shape()).isEqualTo(outputShape());
    assertThat(run(layer, input(), Pass.training(new Philox(1))).shape()).isEqualTo(outputShape());
  }

  @Test
  default void takesAnEmptyBatch() {
    Tensor none = input().slice(0, 0, 0);
    assertThat(predict(create(), none).shape()).isEqualTo(outputShape().with(0, 0));
  }

  @Test
  default void survivesSavingAndLoading(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("layer.safetensors");
    Layer saved = seeded();
    saved.save(file);
    Layer loaded = create();
    loaded.load(file);
    assertThat(state(loaded)).isEqualTo(state(saved));
    assertThat(predict(loaded, input())).isEqualTo(predict(saved, input()));
  }

  @Test
  default void isTheSameAfterBeingWrittenDown(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("layer.safetensors");
    Layer written = seeded();
    written.save(file);
    Tensor expected = predict(written, input());
    Config config = Config.parse("config", Layers.standard().describe(written).toString());
    try (var weights = Safetensors.open(file)) {
      Layer built = Layers.standard().restore(config, file, weights);
      assertThat(built.config()).isEqualTo(written.config());
      assertThat(built).hasToString(written.toString()).hasSameClassAs(written);
      assertThat(state(built)).isEqualTo(state(written));
      assertThat(predict(built, input())).isEqualTo(expected);
      assertThat(run(built, input(), Pass.training(new Philox(1))))
          .isEqualTo(run(written, input(), Pass.training(new Philox(1))));
    }
    Layer withOwnWeights = Layers.standard().build(config);
    withOwnWeights.load(file);
    assertThat(predict(withOwnWeights, input())).isEqualTo(expected);
  }

  @Test
  default void isReproducibleFromASeed() {
    assertThat(state(seeded())).isEqualTo(state(seeded()));
    var random = new Philox(3);
    var sameRandom = new Philox(3);
    assertThat(run(seeded(), input(), Pass.training(random)))
        .isEqualTo(run(seeded(), input(), Pass.training(sameRandom)));
    assertThat(random.state()).isEqualTo(sameRandom.state());
  }

  @Test
  default void inferenceLeavesStateUntouchedAndUntracked() {
    Layer layer = seeded();
    Map<String, Tensor> before = state(layer);
    Tensor first = predict(layer, input());
    assertThat(first.isTracked()).isFalse();
    assertThat(predict(layer, input())).isEqualTo(first);
    assertThat(run(layer, input(), Pass.inference())).isEqualTo(first);
    state(layer).forEach((name, value) -> assertThat(value).isSameAs(before.get(name)));
  }

  /** How far {@link #oneStepDownTheGradientLowersALoss} goes, which must be small enough. */
  default float stepSize() {
    return 0.01f;
  }

  /** On its parameters, or on its input if it has none. */
  @Test
  default void oneStepDownTheGradientLowersALoss() {
    Layer layer = seeded();
    List<Parameter> trained = new ArrayList<>(layer.parameters());
    Parameter inputs = new Parameter("input", input().to(DType.FLOAT32));
    if (trained.isEmpty()) {
      trained.add(inputs);
    }
    boolean trainsInput = trained.contains(inputs);
    Tensor before = loss(layer, trainsInput ? inputs.value() : input());
    var gradients = before.backward();
    for (Parameter parameter : trained) {
      parameter.update(
          gradients.of(parameter),
          (value, gradient, from, to) -> {
            for (int i = from; i < to; i++) {
              value[i] -= stepSize() * gradient[i];
            }
          });
    }
    Tensor after = loss(layer, trainsInput ? inputs.value() : input());
    assertThat(after.item()).isLessThan(before.item());
  }

  private Tensor loss(Layer layer, Tensor input) {
    Tensor output = run(layer, input, Pass.training(new Philox(11)));
    Tensor weights =
        Tensor.arange(output.shape().elements()).to(DType.FLOAT32).reshape(output.shape());
    return output.mul(weights).sum();
  }

  @Test
  default void namesItsPlaceWhenTheInputDoesNotFit() {
    Layer layer = create();
    var model = new Model(Sequential.of(layer), (input, pass) -> run(layer, input, pass));
    assertThatThrownBy(() -> model.predict(wrongInput()))
        .isInstanceOf(LawuException.class)
        .hasMessageStartingWith(
            "at encoder.0" + (wrongPlace().isEmpty() ? "" : "." + wrongPlace()) + ": ")
        .hasMessageContaining(": " + wrongMessage());
    assertThatThrownBy(() -> predict(create(), wrongInput()))
        .isInstanceOf(LawuException.class)
        .hasMessageStartingWith(
            (wrongPlace().isEmpty() ? "" : "at " + wrongPlace() + ": ") + wrongMessage());
  }

  /** A model with one child. */
  final class Model extends Layer {
    private final BiFunction<Tensor, Pass, Tensor> computation;

    Model(Layer encoder, BiFunction<Tensor, Pass, Tensor> computation) {
      child("encoder", encoder);
      this.computation = computation;
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      return computation.apply(input, pass);
    }
  }

  @Test
  default void appearsInASummary() {
    Tensor one = input().slice(0, 0, 1);
    Layer layer = create();
    String table = Sequential.of(layer).summary(pass -> run(layer, one, pass));
    assertThat(table)
        .contains(create().toString().split("\\(\n", 2)[0])
        .contains(outputShape().with(0, 1).toString())
        .contains("trainable parameters");
  }

  @Test
  default void servesManyThreadsWithTheSameBits() throws Exception {
    Layer layer = seeded();
    Tensor expected = predict(layer, input());
    List<Callable<Tensor>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tasks.add(() -> predict(layer, input()));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Tensor> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    }
  }
}
