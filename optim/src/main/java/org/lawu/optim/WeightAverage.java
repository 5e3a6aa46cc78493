package org.lawu.optim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.io.Safetensors;
import org.lawu.io.SafetensorsFile;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * Running averages of a model's weights, {@code a = decay a + (1 - decay) w} after each step, which
 * often do better than the last weights themselves. Polyak and Juditsky, "Acceleration of
 * stochastic approximation by averaging" (1992); PyTorch's {@code AveragedModel} with {@code
 * get_ema_multi_avg_fn}.
 *
 * <pre>{@code
 * var average = new WeightAverage(model.namedParameters(), 0.999);
 * for (Batch batch : loader) {
 *   optimizer.step(loss(batch).backward());
 *   average.update();
 * }
 * Evaluation evaluation = average.during(() -> trainer.evaluate(test));
 * average.copyTo(model.namedParameters());
 * }</pre>
 *
 * <p>Using the averages changes nothing: {@link #during} replaces what the calling thread sees of
 * the weights, so the model can be trained and used by others meanwhile. {@link #copyTo} alone
 * writes them, into this model at the end of the training, or into another. Buffers, such as the
 * running means of a batch norm, are not averaged; they are those of the model. Safe for use by
 * several threads.
 */
public final class WeightAverage {
  private static final String DECAY = "weightAverage.decay";

  private final Map<String, Parameter> parameters;
  private final double decay;
  private Map<String, Tensor> averages;

  /**
   * Averages that start at the present weights.
   *
   * @param parameters the model's parameters by name
   * @param decay what part of the average a step leaves, such as 0.999
   * @throws ArgumentException if the decay is not in [0, 1)
   */
  public WeightAverage(Map<String, Parameter> parameters, double decay) {
    this.parameters = new LinkedHashMap<>(parameters);
    this.decay = Setting.decay("decay", decay);
    Map<String, Tensor> start = new LinkedHashMap<>();
    this.parameters.forEach((name, parameter) -> {
      if (parameter.isTrainable()) {
        start.put(name, Workspace.keep(parameter.value().detach()));
      }
    });
    this.averages = start;
  }

  /** Takes up the present weights; call it after each step. */
  public synchronized void update() {
    Map<String, Tensor> next = new LinkedHashMap<>();
    Autograd.noGrad(() -> {
      averages.forEach((name, average) -> {
        Tensor present = parameter(name).value().detach();
        next.put(name, Workspace.keep(average.add(present.sub(average).mul(1 - decay))));
      });
      return next;
    });
    averages = next;
  }

  /** The averages by name, as they are now. */
  public synchronized Map<String, Tensor> values() {
    return new LinkedHashMap<>(averages);
  }

  /** Runs a computation, such as an evaluation, that sees the averages in place of the weights. */
  public <T extends @Nullable Object> T during(Supplier<T> computation) {
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    values().forEach((name, average) -> values.put(parameter(name), average));
    return Autograd.withValues(values, computation);
  }

  /**
   * Sets parameters to the averages, and buffers to those of the averaged model: those of another
   * model of the same architecture, or of the averaged one.
   *
   * @param others parameters by name
   * @throws ArgumentException if they are not of the same names and shapes; nothing is changed then
   */
  public void copyTo(Map<String, Parameter> others) {
    Map<String, Tensor> present = values();
    parameters.forEach((name, parameter) -> present.putIfAbsent(name, parameter.value().detach()));
    Map<Parameter, Tensor> copies = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    present.forEach((name, value) -> {
      Parameter other = others.get(name);
      if (other == null) {
        faults.add("missing " + name);
      } else if (!other.shape().equals(value.shape()) || other.dtype() != value.dtype()) {
        faults.add(
            "%s is %s %s, the average %s %s"
                .formatted(name, other.dtype(), other.shape(), value.dtype(), value.shape()));
      } else {
        copies.put(other, value);
      }
    });
    others.keySet().stream()
        .filter(name -> !present.containsKey(name))
        .forEach(name -> faults.add("no average of " + name));
    if (!faults.isEmpty()) {
      throw new ArgumentException(
          "weightAverage: the parameters are not those of the same model; nothing was copied:\n  "
              + String.join("\n  ", faults));
    }
    copies.forEach(Parameter::set);
  }

  private Parameter parameter(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new ArgumentException("weightAverage: there is no parameter " + name);
    }
    return parameter;
  }

  // ---- files

  /**
   * Writes the averages as safetensors, under the names of the parameters.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    SafetensorsFile state = state();
    Safetensors.write(file, state.tensors(), state.metadata());
  }

  /** What {@link #save} writes, in memory, to be a part of a larger file. */
  public SafetensorsFile state() {
    return new SafetensorsFile(values(), Map.of(DECAY, "" + decay));
  }

  /**
   * Takes up what {@link #save} wrote, in place of the present averages. The decay is that of this
   * object.
   *
   * @throws IOException if the file cannot be read
   * @throws FormatException if it does not fit: all faults are listed, and nothing is changed
   */
  public void load(Path file) throws IOException {
    restore(file.toString(), Safetensors.read(file));
  }

  /**
   * Takes up what {@link #state} gave, as {@link #load} does from a file.
   *
   * @param source where it is from, for messages
   * @throws FormatException as {@link #load}
   */
  public void restore(String source, SafetensorsFile state) {
    Map<String, Tensor> found = state.tensors();
    Map<String, Tensor> loaded = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    values()
        .forEach((name, average) -> {
          Tensor value = found.get(name);
          if (value == null) {
            faults.add("missing " + name);
          } else if (!value.shape().equals(average.shape()) || value.dtype() != average.dtype()) {
            faults.add(
                "wrong shape %s: the file has %s %s, the average is %s %s"
                    .formatted(
                        name, value.dtype(), value.shape(), average.dtype(), average.shape()));
          } else {
            loaded.put(name, value);
          }
        });
    found.keySet().stream()
        .filter(name -> !values().containsKey(name))
        .forEach(name -> faults.add("unexpected " + name));
    if (!state.metadata().containsKey(DECAY)) {
      faults.add("the file has no " + DECAY + "; it is not one of averages");
    }
    if (!faults.isEmpty()) {
      throw new FormatException(
          "%s: does not fit the averages; nothing was loaded:\n  %s"
              .formatted(source, String.join("\n  ", faults)));
    }
    synchronized (this) {
      averages = loaded;
    }
  }

  @Override
  public String toString() {
    return "WeightAverage[decay=%s, of %d parameters]".formatted(decay, values().size());
  }
}
