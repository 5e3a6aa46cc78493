package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.FormatException;
import org.lawu.io.Safetensors;
import org.lawu.io.SafetensorsFile;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class StateFileTest {
  @TempDir private Path folder;

  static Stream<Supplier<Optimizer>> optimizers() {
    return Stream.of(
        () -> new Sgd(0.1),
        () -> new Sgd(0.1).momentum(0.9),
        () -> new Adam(0.1).amsgrad(),
        () -> new AdamW(0.1),
        () -> new NAdam(0.1),
        () -> new RAdam(0.1),
        () -> new Adamax(0.1),
        () -> new RmsProp(0.1).momentum(0.5).centered(),
        () -> new Adagrad(0.1).initialAccumulator(0.5).learningRateDecay(0.1),
        () -> new Adadelta(),
        () -> new Lion(0.01));
  }

  private static Map<String, Parameter> model(Map<String, Tensor> values) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    values.forEach((name, value) -> parameters.put(name, new Parameter(name, value)));
    return parameters;
  }

  private static Map<String, Parameter> model() {
    var random = new Philox(1);
    return model(
        Map.of(
            "0.weight",
            Tensor.normal(random, 0, 1, 3, 4),
            "0.bias",
            Tensor.normal(random, 0, 1, 3)));
  }

  /** The first parameter has no gradient in the first two steps. */
  private static void train(Map<String, Parameter> model, Optimizer optimizer, int from, int to) {
    for (int step = from; step < to; step++) {
      var random = new Philox(100 + step);
      Tensor input = Tensor.normal(random, 0, 1, 5, 4);
      Tensor weight = model.get("0.weight").value();
      Tensor output =
          input.linear(step < 2 ? weight.detach() : weight, model.get("0.bias").value());
      optimizer.step(output.square().mean().backward());
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void trainingGoesOnAsIfItHadNotStopped(Supplier<Optimizer> constructor) throws IOException {
    Map<String, Parameter> uninterrupted = model();
    Optimizer whole = constructor.get();
    train(uninterrupted, whole, 0, 7);
    whole.learningRate(0.03);
    train(uninterrupted, whole, 7, 14);

    Map<String, Parameter> first = model();
    Optimizer before = constructor.get();
    train(first, before, 0, 7);
    before.learningRate(0.03);
    Map<String, Tensor> values = new LinkedHashMap<>();
    first.forEach((name, parameter) -> values.put(name, parameter.value()));
    Safetensors.write(folder.resolve("model"), values);
    before.save(folder.resolve("optimizer"), first);

    Map<String, Parameter> second = model(Safetensors.read(folder.resolve("model")).tensors());
    Optimizer after = constructor.get();
    after.load(folder.resolve("optimizer"), second);
    assertThat(after.learningRate()).isEqualTo(0.03);
    train(second, after, 7, 14);
    uninterrupted.forEach((name, parameter) ->
        assertThat(second.get(name).value().toFloatArray())
            .as(name)
            .isEqualTo(parameter.value().toFloatArray()));
  }

  @Test
  void namesAreTheParameters() throws IOException {
    Map<String, Parameter> model = model();
    var optimizer = new Adam(0.1);
    train(model, optimizer, 0, 3);
    optimizer.save(folder.resolve("optimizer"), model);
    Map<String, Tensor> tensors = Safetensors.read(folder.resolve("optimizer")).tensors();
    assertThat(tensors)
        .containsOnlyKeys(
            "0.weight.step",
            "0.weight.exp_avg",
            "0.weight.exp_avg_sq",
            "0.bias.step",
            "0.bias.exp_avg",
            "0.bias.exp_avg_sq");
    assertThat(tensors.get("0.weight.step").item()).isEqualTo(1);
    assertThat(tensors.get("0.bias.step").item()).isEqualTo(3);
  }

  private void refuses(Map<String, Tensor> tensors, Map<String, String> metadata, String message)
      throws IOException {
    Path file = folder.resolve("optimizer");
    Safetensors.write(file, tensors, metadata);
    var optimizer = new Sgd(0.1).momentum(0.9);
    assertThatThrownBy(() -> optimizer.load(file, model()))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
    assertThat(optimizer.learningRate()).isEqualTo(0.1);
  }

  @Test
  void filesThatDoNotFitAreRefused() throws IOException {
    var metadata = Map.of("optimizer", "Sgd", "learningRate", "0.5");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("1.weight.momentum_buffer", Tensor.zeros(2));
    tensors.put("strange", Tensor.zeros(1));
    tensors.put("0.bias.momentum_buffer", Tensor.zeros(4));
    tensors.put("0.bias.step", Tensor.zeros(1));
    tensors.put("0.weight.momentum_buffer", Tensor.zeros(3, 4));
    Path file = folder.resolve("optimizer");
    Safetensors.write(file, tensors, metadata);
    assertThatThrownBy(() -> new Sgd(0.1).load(file, model()))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": does not fit the parameters; nothing was loaded:\n")
        .hasMessageContaining("\n  unexpected 1.weight.momentum_buffer [2]\n")
        .hasMessageContaining("\n  unexpected strange [1]\n")
        .hasMessageContaining(
            "\n  wrong shape 0.bias.momentum_buffer: the file has FLOAT32 [4], the parameter is"
                + " FLOAT32 [3]\n")
        .hasMessageContaining("\n  0.bias.step must be a number of steps, is ")
        .hasMessageEndingWith("\n  missing 0.weight.step");
    refuses(
        Map.of(),
        Map.of(),
        ": must be the state of Sgd, is that of no optimizer; nothing was loaded");
    refuses(
        Map.of(),
        Map.of("optimizer", "Adam", "learningRate", "1"),
        ": must be the state of Sgd, is that of Adam; nothing was loaded");
    refuses(
        Map.of(),
        Map.of("optimizer", "Sgd", "learningRate", "-1"),
        ": the learning rate must be a number and not negative, is -1; nothing was loaded");
  }

  @Test
  void leavesRoomForAnotherStep() throws IOException {
    Tensor most = Tensor.full(Integer.MAX_VALUE, Shape.SCALAR, DType.INT32);
    Path file = folder.resolve("optimizer");
    Safetensors.write(
        file, Map.of("0.bias.step", most), Map.of("optimizer", "Sgd", "learningRate", "0.5"));
    assertThatThrownBy(() -> new Sgd(0.1).load(file, model()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("0.bias.step must be a number of steps");
  }

  @Test
  void theStateCanBePartOfALargerFile() {
    Map<String, Parameter> model = model();
    var optimizer = new Adam(0.1);
    assertThat(optimizer.state(model).tensors()).isEmpty();
    train(model, optimizer, 0, 4);
    SafetensorsFile state = optimizer.state(model);
    assertThat(state.tensors())
        .containsOnlyKeys(
            "0.weight.step",
            "0.weight.exp_avg",
            "0.weight.exp_avg_sq",
            "0.bias.step",
            "0.bias.exp_avg",
            "0.bias.exp_avg_sq");
    var other = new Adam(0.5);
    other.restore("here", state, model);
    assertThat(other.state(model)).isEqualTo(state);
    assertThat(other.learningRate()).isEqualTo(0.1);
    assertThatThrownBy(() -> new Sgd(0.1).restore("here", state, model))
        .isInstanceOf(FormatException.class)
        .hasMessage("here: must be the state of Sgd, is that of Adam; nothing was loaded");
  }
}
