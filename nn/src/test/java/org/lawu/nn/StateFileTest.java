package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.io.Safetensors;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class StateFileTest {
  @TempDir Path folder;

  private static Sequential model() {
    return Sequential.of(new Dense(3, 2), new Relu(), Dense.withoutBias(2, 1));
  }

  @Test
  void holdsTheNamesAndTheFormatOfPyTorch() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Sequential model = model();
    model.save(file);
    var saved = Safetensors.read(file);
    assertThat(saved.tensors().keySet()).containsExactly("0.weight", "0.bias", "2.weight");
    assertThat(saved.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(saved.tensors().get("0.weight"))
        .isEqualTo(model.namedParameters().get("0.weight").value());
  }

  @Test
  void restoresBuffersToo() throws IOException {
    Path file = folder.resolve("model.safetensors");
    var saved = new LayerTest.Recommender();
    saved.namedParameters().get("offset").set(Tensor.of(9f));
    saved.save(file);
    var loaded = new LayerTest.Recommender();
    loaded.load(file);
    assertThat(loaded.namedParameters().get("offset").value()).isEqualTo(Tensor.of(9f));
    assertThat(loaded.namedParameters().get("offset").value().isTracked()).isFalse();
    assertThat(loaded.namedParameters().get("scale").value().isTracked()).isTrue();
  }

  @Test
  void convertsDoubles() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model()
        .namedParameters()
        .forEach((name, value) -> tensors.put(name, value.value().to(DType.FLOAT64)));
    Safetensors.write(file, tensors);
    Sequential loaded = model();
    loaded.load(file);
    assertThat(loaded.namedParameters().get("0.weight").value().to(DType.FLOAT64))
        .isEqualTo(tensors.get("0.weight"));
  }

  @Test
  void reportsAllFaultsAtOnceAndChangesNothing() throws IOException {
    Path file = folder.resolve("other.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("0.weight", Tensor.ones(2, 3));
    tensors.put("2.weight", Tensor.ones(1, 5));
    tensors.put("3.weight", Tensor.ones(4));
    Safetensors.write(file, tensors);
    Sequential model = model();
    Tensor before = model.namedParameters().get("0.weight").value();
    assertThatThrownBy(() -> model.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ": does not fit the model; nothing was loaded:\n"
                + "  missing 0.bias [2]\n"
                + "  wrong shape 2.weight: the file has [1, 5], the model [1, 2]\n"
                + "  unexpected 3.weight [4]");
    assertThat(model.namedParameters().get("0.weight").value()).isSameAs(before);
  }

  @Test
  void refusesTensorsThatAreNoFloats() throws IOException {
    Path file = folder.resolve("other.safetensors");
    Safetensors.write(file, Map.of("weight", Tensor.arange(2).reshape(1, 2)));
    assertThatThrownBy(() -> Dense.withoutBias(2, 1).load(file))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith("\n  wrong type weight: the file has INT32");
  }

  @Test
  void aMissingFileIsAnInputFault() {
    assertThatThrownBy(() -> model().load(folder.resolve("none.safetensors")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
