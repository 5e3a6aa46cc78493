package org.lawu.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lawu.error.FormatException;
import org.lawu.io.Safetensors;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** The parameters and buffers of a model as a safetensors file, under PyTorch's names. */
final class StateFile {
  /** What loaders of the PyTorch world ask for. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private StateFile() {}

  static void save(Layer model, Path file) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model.namedParameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
    Safetensors.write(file, tensors, METADATA);
  }

  static void load(Layer model, Path file) throws IOException {
    Map<String, Tensor> tensors = Safetensors.read(file).tensors();
    Map<String, Parameter> parameters = model.namedParameters();
    List<String> faults = new ArrayList<>();
    parameters.forEach((name, parameter) -> check(name, parameter, tensors, faults));
    tensors.forEach((name, tensor) -> {
      if (!parameters.containsKey(name)) {
        faults.add("unexpected " + name + " " + tensor.shape());
      }
    });
    if (!faults.isEmpty()) {
      throw new FormatException(
          "%s: does not fit the model; nothing was loaded:\n  %s"
              .formatted(file, String.join("\n  ", faults)));
    }
    parameters.forEach((name, parameter) -> {
      Tensor tensor = tensors.get(name);
      if (tensor != null) {
        parameter.set(tensor.to(parameter.dtype()));
      }
    });
  }

  private static void check(
      String name, Parameter parameter, Map<String, Tensor> tensors, List<String> faults) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      faults.add("missing " + name + " " + parameter.shape());
    } else if (!tensor.shape().equals(parameter.shape())) {
      faults.add(
          "wrong shape "
              + name
              + ": the file has "
              + tensor.shape()
              + ", the model "
              + parameter.shape());
    } else if (!tensor.dtype().isFloating() && !isCount(tensor, parameter)) {
      faults.add("wrong type " + name + ": the file has " + tensor.dtype());
    }
  }

  /** PyTorch counts batches in I64, which is read as INT32; here a buffer of one number does. */
  private static boolean isCount(Tensor tensor, Parameter parameter) {
    return tensor.dtype() == DType.INT32 && parameter.shape().rank() == 0 && parameter.isBuffer();
  }
}
