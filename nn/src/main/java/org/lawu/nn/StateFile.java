package org.lawu.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lawu.io.Safetensors;
import org.lawu.io.StoredTensors;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** The parameters and buffers of a model as a safetensors file, under PyTorch's names. */
final class StateFile {
  /** What loaders of the PyTorch world ask for. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private StateFile() {}

  static void save(Layer model, Path file) throws IOException {
    Safetensors.write(file, values(model), METADATA);
  }

  static void saveSharded(Layer model, Path index, long shardBytes) throws IOException {
    Safetensors.writeSharded(index, values(model), METADATA, shardBytes);
  }

  private static Map<String, Tensor> values(Layer model) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model.namedParameters().forEach((name, parameter) -> tensors.put(name, parameter.value()));
    return tensors;
  }

  static LoadReport load(Layer model, Path file, Loading loading) throws IOException {
    try (var stored = Safetensors.open(file)) {
      return load(model, file, stored, loading);
    }
  }

  static LoadReport load(Layer model, Path file, StoredTensors stored, Loading loading)
      throws IOException {
    var matching = new StateMatching(file, model.namedParameters(), stored, loading);
    // All is read before anything is set: the last element of the last tensor may be at fault.
    Map<Parameter, Tensor> values = new LinkedHashMap<>();
    for (var match : matching.matches().entrySet()) {
      Parameter parameter = match.getKey();
      values.put(parameter, stored.tensor(match.getValue()).to(parameter.dtype()));
    }
    values.forEach(Parameter::set);
    return matching.report();
  }
}
