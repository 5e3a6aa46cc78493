package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

class ParameterGroupsTest {
  @TempDir private Path folder;

  private final Parameter weight = new Parameter("weight", Tensor.of(new float[] {1, 2}, 1, 2));
  private final Parameter bias = new Parameter("bias", Tensor.of(3f));
  private final Parameter head = new Parameter("head", Tensor.of(new float[] {4, 5}, 2, 1));

  private Gradients gradients() {
    return weight
        .value()
        .square()
        .sum()
        .add(bias.value().square().sum())
        .add(head.value().square().sum())
        .backward();
  }

  private ParameterGroups groups() {
    return new ParameterGroups(new AdamW(0.1))
        .with(parameter -> parameter.shape().rank() < 2, new AdamW(0.2).weightDecay(0))
        .with(List.of(head, bias), new Sgd(0.05).momentum(0.9));
  }

  @Test
  void eachGroupTakesTheStepsOfItsOwnOptimizer() {
    var groups = groups();
    var rest = new AdamW(0.1);
    var biases = new AdamW(0.2).weightDecay(0);
    var heads = new Sgd(0.05).momentum(0.9);
    Parameter[] own = {weight, bias, head};
    Parameter[] copies = new Parameter[3];
    for (int i = 0; i < 3; i++) {
      copies[i] = new Parameter(own[i].name(), own[i].value().detach());
    }
    Optimizer[] optimizers = {rest, biases, heads};
    for (int step = 0; step < 4; step++) {
      groups.step(gradients());
      for (int i = 0; i < 3; i++) {
        optimizers[i].step(copies[i].value().square().sum().backward());
        assertThat(own[i].value()).isEqualTo(copies[i].value());
      }
    }
  }

  @Test
  void aLearningRateScalesAllGroups() {
    var groups = new ParameterGroups(new Sgd(0.1)).with(List.of(bias), new Sgd(0.3));
    assertThat(groups.learningRate()).isEqualTo(0.1);
    groups.learningRate(0.05);
    groups.step(gradients());
    assertThat(weight.value().allClose(Tensor.of(new float[] {0.9f, 1.8f}, 1, 2), 1e-6, 1e-6))
        .isTrue();
    assertThat(bias.value().allClose(Tensor.of(2.1f), 1e-6, 1e-6)).isTrue();
  }

  @Test
  void itsStateIsSavedAndLoaded() throws IOException {
    Map<String, Parameter> names = Map.of("weight", weight, "bias", bias, "head", head);
    var groups = groups();
    groups.step(gradients());
    groups.step(gradients());
    Path file = folder.resolve("groups.safetensors");
    groups.save(file, names);
    List<Tensor> before = List.of(weight, bias, head).stream().map(Parameter::value).toList();
    groups.step(gradients());
    List<Tensor> after = List.of(weight, bias, head).stream().map(Parameter::value).toList();

    weight.set(before.get(0));
    bias.set(before.get(1));
    head.set(before.get(2));
    var again = groups();
    again.load(file, names);
    again.step(gradients());
    assertThat(List.of(weight.value(), bias.value(), head.value())).isEqualTo(after);

    assertThatThrownBy(() -> new ParameterGroups(new AdamW(0.1)).load(file, names))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(
            "must be the state of ParameterGroups[AdamW], is that of ParameterGroups[AdamW, AdamW,"
                + " Sgd]; nothing was loaded");
  }

  @Test
  void needsALearningRateToScale() {
    assertThatThrownBy(() -> new ParameterGroups(new Sgd(0)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "parameterGroups: the learning rate of the rest must be above 0, as those of the groups"
                + " are set in proportion to it");
  }
}
