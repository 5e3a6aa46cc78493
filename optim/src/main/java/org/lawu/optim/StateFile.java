package org.lawu.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.FormatException;
import org.lawu.io.SafetensorsFile;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** What an optimizer remembers, as the content of a safetensors file. */
final class StateFile {
  private static final String OPTIMIZER = "optimizer";
  private static final String LEARNING_RATE = "learningRate";
  private static final String STEP = "step";

  private StateFile() {}

  /** What a file held. */
  record Loaded(Map<Parameter, Optimizer.State> states, double learningRate) {}

  /** A copy of what is remembered of the named parameters. */
  static SafetensorsFile content(
      Optimizer optimizer,
      Map<Parameter, Optimizer.State> states,
      Map<String, Parameter> parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> {
      Optimizer.State state = states.get(parameter);
      if (state != null) {
        tensors.put(name + "." + STEP, Tensor.full(state.steps(), Shape.SCALAR, DType.INT32));
        state
            .arrays()
            .forEach((array, elements) ->
                tensors.put(name + "." + array, Tensor.of(elements, parameter.shape().toArray())));
      }
    });
    return new SafetensorsFile(
        tensors, Map.of(OPTIMIZER, optimizer.kind(), LEARNING_RATE, "" + optimizer.learningRate()));
  }

  /**
   * What a file's content says of parameters.
   *
   * @param source where it is from, for messages
   */
  static Loaded load(
      Optimizer optimizer,
      String source,
      SafetensorsFile content,
      Map<String, Parameter> parameters) {
    double learningRate = checkMetadata(optimizer, source, content.metadata());
    List<String> faults = new ArrayList<>();
    Map<String, Map<String, float[]>> arrays = new LinkedHashMap<>();
    Map<String, Integer> steps = new LinkedHashMap<>();
    content
        .tensors()
        .forEach((name, tensor) -> {
          int dot = name.lastIndexOf('.');
          String owner = name.substring(0, Math.max(dot, 0));
          Parameter parameter = parameters.get(owner);
          if (parameter == null) {
            faults.add("unexpected " + name + " " + tensor.shape());
          } else if (name.endsWith("." + STEP)) {
            if (tensor.rank() == 0 && tensor.dtype() == DType.INT32 && isCount(tensor.item())) {
              steps.put(owner, (int) tensor.item());
            } else {
              faults.add("%s must be a number of steps, is %s".formatted(name, tensor));
            }
          } else if (tensor.dtype() != DType.FLOAT32 || !tensor.shape().equals(parameter.shape())) {
            faults.add(
                "wrong shape %s: the file has %s %s, the parameter is FLOAT32 %s"
                    .formatted(name, tensor.dtype(), tensor.shape(), parameter.shape()));
          } else {
            arrays
                .computeIfAbsent(owner, key -> new LinkedHashMap<>())
                .put(name.substring(dot + 1), tensor.toFloatArray());
          }
        });
    for (String owner : arrays.keySet()) {
      if (!steps.containsKey(owner)) {
        faults.add("missing " + owner + "." + STEP);
      }
    }
    if (!faults.isEmpty()) {
      throw new FormatException(
          "%s: does not fit the parameters; nothing was loaded:\n  %s"
              .formatted(source, String.join("\n  ", faults)));
    }
    Map<Parameter, Optimizer.State> states = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> {
      Integer count = steps.get(name);
      if (count != null) {
        states.put(
            parameter,
            new Optimizer.State(
                parameter.shape().elements(), count, arrays.getOrDefault(name, Map.of())));
      }
    });
    return new Loaded(states, learningRate);
  }

  /** With room for one more step. */
  private static boolean isCount(double steps) {
    return steps >= 0 && steps < Integer.MAX_VALUE;
  }

  private static double checkMetadata(
      Optimizer optimizer, String source, Map<String, String> metadata) {
    String kind = metadata.get(OPTIMIZER);
    if (kind == null || !kind.equals(optimizer.kind())) {
      throw new FormatException(
          "%s: must be the state of %s, is that of %s; nothing was loaded"
              .formatted(source, optimizer.kind(), kind == null ? "no optimizer" : kind));
    }
    String rate = metadata.getOrDefault(LEARNING_RATE, "nothing");
    try {
      return Setting.notNegative(LEARNING_RATE, Double.parseDouble(rate));
    } catch (RuntimeException fault) {
      throw new FormatException(
          "%s: the learning rate must be a number and not negative, is %s; nothing was loaded"
              .formatted(source, rate),
          fault);
    }
  }
}
