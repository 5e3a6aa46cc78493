package org.lawu.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.io.Safetensors;
import org.lawu.optim.schedule.ReduceOnPlateau;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** Training that stops and goes on from files equals training that never stopped, to the bit. */
class ResumeTest {
  @TempDir private Path folder;

  /** All that changes while a loop by hand trains. */
  private static final class Training {
    private final Map<String, Parameter> model = new LinkedHashMap<>();
    private final Optimizer optimizer;
    private final WeightAverage average;
    private ReduceOnPlateau plateau = new ReduceOnPlateau(0.05).patience(1).factor(0.5);

    Training() {
      var random = new Philox(1);
      model.put("0.weight", new Parameter("weight", Tensor.normal(random, 0, 1, 6, 4)));
      model.put("0.bias", new Parameter("bias", Tensor.normal(random, 0, 1, 6)));
      model.put("1.weight", new Parameter("weight", Tensor.normal(random, 0, 1, 1, 6)));
      optimizer =
          new ParameterGroups(new AdamW(0.05))
              .with(List.of(parameter("1.weight")), new Sgd(0.01).momentum(0.9).nesterov())
              .with(parameter -> parameter.shape().rank() < 2, new Adam(0.1).amsgrad());
      average = new WeightAverage(model, 0.9);
    }

    private Parameter parameter(String name) {
      return model.get(name);
    }

    void train(int from, int to) {
      for (int step = from; step < to; step++) {
        Tensor input = Tensor.normal(new Philox(100 + step), 0, 1, 8, 4);
        Tensor hidden =
            input.linear(parameter("0.weight").value(), parameter("0.bias").value()).tanh();
        Tensor loss =
            hidden.matmul(parameter("1.weight").value().transpose()).sub(1).square().mean();
        optimizer.learningRate(plateau.rate());
        optimizer.step(Clipping.byNorm(loss.backward(), 1));
        average.update();
        plateau = plateau.after(loss.item());
      }
    }

    void save(Path folder) throws IOException {
      Map<String, Tensor> values = new LinkedHashMap<>();
      model.forEach((name, parameter) -> values.put(name, parameter.value().detach()));
      Safetensors.write(folder.resolve("model.safetensors"), values, plateau.toMap());
      optimizer.save(folder.resolve("optimizer.safetensors"), model);
      average.save(folder.resolve("average.safetensors"));
    }

    void load(Path folder) throws IOException {
      var file = Safetensors.read(folder.resolve("model.safetensors"));
      file.tensors().forEach((name, value) -> parameter(name).set(value));
      plateau = ReduceOnPlateau.of(file.metadata());
      optimizer.load(folder.resolve("optimizer.safetensors"), model);
      average.load(folder.resolve("average.safetensors"));
    }
  }

  @Test
  void groupsAveragesAndPlateausGoOnToTheBit() throws IOException {
    var whole = new Training();
    whole.train(0, 40);

    var first = new Training();
    first.train(0, 17);
    first.save(folder);
    var second = new Training();
    second.train(0, 3);
    second.load(folder);
    second.train(17, 40);

    whole.model.forEach((name, parameter) ->
        assertThat(second.parameter(name).value()).isEqualTo(parameter.value()));
    assertThat(second.average.values()).isEqualTo(whole.average.values());
    assertThat(second.plateau).isEqualTo(whole.plateau);
    assertThat(second.optimizer.learningRate()).isEqualTo(whole.optimizer.learningRate());
    assertThat(whole.plateau.rate()).isLessThan(0.05);
  }
}
