package org.lawu.optim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.DTypeException;
import org.lawu.error.GradientException;
import org.lawu.io.Safetensors;
import org.lawu.io.SafetensorsFile;
import org.lawu.tensor.DType;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/**
 * Changes parameters by their gradients, a step at a time.
 *
 * <pre>{@code
 * var optimizer = new Adam(1e-3);
 * optimizer.step(loss.backward());
 * }</pre>
 *
 * <p>What an optimizer remembers of a parameter, such as a running mean of its gradients, starts
 * with the first step that changes the parameter. The settings never change, save the learning
 * rate; {@code new Sgd(0.1).momentum(0.9)} is a new optimizer that has taken no step. Safe for use
 * by several threads, whose steps happen one after another.
 *
 * <p>{@link ParameterGroups} trains parts of a model with settings of their own.
 *
 * <p>An own optimizer is a subclass with a {@link #rule}.
 */
public abstract class Optimizer {
  // Parameters compare by identity; the order is that of their first step, hence deterministic.
  private final Map<Parameter, State> states = new LinkedHashMap<>();
  private volatile double learningRate;

  /**
   * An optimizer that has taken no step.
   *
   * @throws org.lawu.error.ArgumentException if the learning rate is negative or not finite
   */
  protected Optimizer(double learningRate) {
    this.learningRate = Setting.notNegative("learningRate", learningRate);
  }

  /** The present learning rate. */
  public final double learningRate() {
    return learningRate;
  }

  /**
   * Sets the learning rate of the steps that follow, as schedules do.
   *
   * @throws org.lawu.error.ArgumentException if it is negative or not finite
   */
  public final void learningRate(double learningRate) {
    this.learningRate = Setting.notNegative("learningRate", learningRate);
  }

  /**
   * Changes every parameter that has a gradient, once. The others, and what is remembered of them,
   * stay as they are. Everything is checked before the first change, so a step happens as a whole
   * or not at all. NaN and infinite gradients are applied like others.
   *
   * @throws GradientException if the gradients belong to no parameter
   * @throws DTypeException if a parameter is not FLOAT32
   * @throws org.lawu.error.LawuException if a gradient is of a workspace's run that is over
   */
  public final synchronized void step(Gradients gradients) {
    List<Parameter> parameters = gradients.parameters();
    if (parameters.isEmpty()) {
      throw new GradientException(
          "step: no parameter to change: the result depends on %d tensors and no Parameter"
              .formatted(gradients.size()));
    }
    parameters.forEach(Optimizer::check);
    parameters.forEach(parameter -> checkReadable(gradients.of(parameter)));
    List<State> present = parameters.stream().map(this::state).toList();
    List<Parameter.Update> rules = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      rules.add(rule(parameters.get(i), present.get(i)));
    }
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      parameter.update(gradients.of(parameter), rules.get(i));
      present.get(i).steps++;
    }
  }

  private static void check(Parameter parameter) {
    if (parameter.dtype() != DType.FLOAT32) {
      throw new DTypeException(
          "step: optimizers train FLOAT32 parameters: %s %s is %s; make it of FLOAT32 values"
                  .formatted(parameter.name(), parameter.shape(), parameter.dtype())
              + ", or use Lbfgs");
    }
  }

  /** Reads an element, as gradients of a workspace's run that is over cannot be read. */
  private static void checkReadable(Tensor gradient) {
    if (gradient.shape().elements() > 0) {
      double _ = gradient.get(new int[gradient.rank()]);
    }
  }

  private State state(Parameter parameter) {
    return states.computeIfAbsent(parameter, key -> new State(key.shape().elements()));
  }

  // ---- files

  /**
   * Writes what is remembered of the parameters, and the learning rate, as safetensors: with the
   * model's file all that is needed to go on as if training had never stopped.
   *
   * <pre>{@code
   * model.save(Path.of("model.safetensors"));
   * optimizer.save(Path.of("optimizer.safetensors"), model.namedParameters());
   * }</pre>
   *
   * <p>The tensors are named as {@code 0.weight.exp_avg}, the parameter before what is remembered
   * of it, and {@code 0.weight.step} is the number of steps. Parameters that are not named are left
   * out. The settings are not written; construct the optimizer as it was.
   *
   * @param parameters the model's parameters by name
   * @throws IOException if the file cannot be written
   */
  public final void save(Path file, Map<String, Parameter> parameters) throws IOException {
    SafetensorsFile state = state(parameters);
    Safetensors.write(file, state.tensors(), state.metadata());
  }

  /**
   * Takes up what {@link #save} wrote, in place of what is remembered of these parameters.
   *
   * @param parameters the model's parameters by name
   * @throws IOException if the file cannot be read
   * @throws org.lawu.error.FormatException if it is no such file, is of another kind of optimizer,
   *     or does not fit the parameters: all faults are listed, and the optimizer stays as it was
   */
  public final void load(Path file, Map<String, Parameter> parameters) throws IOException {
    restore(file.toString(), Safetensors.read(file), parameters);
  }

  /**
   * What {@link #save} writes, in memory, to be a part of a larger file; no tensors before the
   * first step.
   *
   * @param parameters the model's parameters by name
   */
  public final synchronized SafetensorsFile state(Map<String, Parameter> parameters) {
    return StateFile.content(this, states, parameters);
  }

  /**
   * Takes up what {@link #state} gave, as {@link #load} does from a file.
   *
   * @param source where it is from, for messages
   * @param parameters the model's parameters by name
   * @throws org.lawu.error.FormatException as {@link #load}
   */
  public final void restore(
      String source, SafetensorsFile state, Map<String, Parameter> parameters) {
    StateFile.Loaded loaded = StateFile.load(this, source, state, parameters);
    synchronized (this) {
      parameters.values().forEach(states::remove);
      states.putAll(loaded.states());
      learningRate = loaded.learningRate();
    }
  }

  /**
   * The present step for one parameter: the loop that {@link Parameter#update} runs over its
   * elements. What does not differ between elements is computed here, once.
   */
  protected abstract Parameter.Update rule(State state);

  /** The same where it depends on which parameter it is. */
  Parameter.Update rule(Parameter parameter, State state) {
    return rule(state);
  }

  /** What a file says that its state is of. */
  String kind() {
    return getClass().getSimpleName();
  }

  /** What an optimizer remembers of one parameter. */
  protected static final class State {
    private final int elements;
    private final Map<String, float[]> arrays = new LinkedHashMap<>();
    private int steps;

    private State(int elements) {
      this.elements = elements;
    }

    /** A state read from a file. */
    State(int elements, int steps, Map<String, float[]> arrays) {
      this.elements = elements;
      this.steps = steps;
      this.arrays.putAll(arrays);
    }

    int steps() {
      return steps;
    }

    Map<String, float[]> arrays() {
      return arrays;
    }

    /** The number of the present step, counted from 1 for each parameter. */
    public int step() {
      return steps + 1;
    }

    /** A number for each element of the parameter, zero before the first step. */
    public float[] array(String name) {
      return array(name, 0);
    }

    /** A number for each element of the parameter, {@code initial} before the first step. */
    public float[] array(String name, float initial) {
      return arrays.computeIfAbsent(
          name,
          key -> {
            var array = new float[elements];
            Arrays.fill(array, initial);
            return array;
          });
    }
  }
}
