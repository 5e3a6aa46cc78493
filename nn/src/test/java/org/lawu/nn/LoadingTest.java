package org.lawu.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.io.Safetensors;
import org.lawu.nn.initializer.Zeros;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Relu;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class LoadingTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("model.safetensors");
  }

  private static Sequential model(int classes) {
    return Sequential.of(new Dense(3, 2), new Relu(), new Dense(2, classes));
  }

  private static Map<String, Tensor> values(Layer model) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    model
        .namedParameters()
        .forEach((name, parameter) -> values.put(name, parameter.value().detach()));
    return values;
  }

  private void refuses(Layer model, Loading loading, String message) {
    Map<String, Tensor> before = values(model);
    assertThatThrownBy(() -> model.load(file, loading))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
    assertThat(values(model)).isEqualTo(before);
  }

  // ---- partial

  @Test
  void loadsWhatFitsAndReportsTheRest() throws IOException {
    Sequential saved = model(10);
    saved.save(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>(values(saved));
    tensors.put("3.weight", Tensor.ones(1));
    tensors.put("0.bias", Tensor.of(1, 2));
    tensors.remove("2.bias");
    Safetensors.write(file, tensors);

    Sequential model = model(4);
    Map<String, Tensor> before = values(model);
    LoadReport report = model.load(file, Loading.standard().partial());
    assertThat(report.loaded()).containsExactly("0.weight");
    assertThat(report.missing()).containsExactly("2.bias");
    assertThat(report.mismatched()).containsExactly("0.bias", "2.weight");
    assertThat(report.unexpected()).containsExactly("3.weight");
    assertThat(report.isComplete()).isFalse();
    before.put("0.weight", values(saved).get("0.weight"));
    assertThat(values(model)).isEqualTo(before);
  }

  @Test
  void reportsThatAllIsLoaded() throws IOException {
    Sequential saved = model(4);
    saved.save(file);
    Sequential model = model(4);
    LoadReport report = model.load(file, Loading.standard());
    assertThat(report.loaded()).containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
    assertThat(report.isComplete()).isTrue();
    assertThat(values(model)).isEqualTo(values(saved));
  }

  @Test
  void refusesToLoadNothing() throws IOException {
    Safetensors.write(file, Map.of("model.weight", Tensor.ones(1, 2)));
    refuses(
        Dense.withoutBias(2, 1),
        Loading.standard().partial(),
        """
        : nothing in it fits the model; nothing was loaded:
          missing weight [1, 2]
          unexpected model.weight [1, 2]\
        """);
  }

  // ---- names

  @Test
  void takesWhatHasThePrefix() throws IOException {
    Sequential saved = model(4);
    saved.save(file);
    var dense = new Dense(2, 4);
    LoadReport report = dense.load(file, Loading.standard().prefix("2."));
    assertThat(report.isComplete()).isTrue();
    assertThat(values(dense).get("weight")).isEqualTo(values(saved).get("2.weight"));
    refuses(
        dense,
        Loading.standard().prefix("1."),
        """
        : does not fit the model; nothing was loaded:
          missing weight [4, 2]
          missing bias [4]\
        """);
  }

  @Test
  void translatesNames() throws IOException {
    Safetensors.write(
        file,
        Map.of("fc.kernel", Tensor.ones(1, 2), "fc.offset", Tensor.of(3f), "x", Tensor.of(1)));
    var dense = new Dense(2, 1);
    var names = Map.of("kernel", "weight", "offset", "bias");
    dense.load(
        file, Loading.standard().prefix("fc.").rename(name -> names.getOrDefault(name, name)));
    assertThat(values(dense))
        .containsEntry("weight", Tensor.ones(1, 2))
        .containsEntry("bias", Tensor.of(3f));
  }

  @Test
  void refusesTwoTensorsForOneName() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.ones(1, 2));
    tensors.put("b", Tensor.ones(1, 2));
    Safetensors.write(file, tensors);
    refuses(
        Dense.withoutBias(2, 1),
        Loading.standard().partial().rename(name -> "weight"),
        ": a and b would both be weight of the model; rename them apart");
  }

  @Test
  void keepsThePrefixOfAPartialLoad() throws IOException {
    model(1).save(file);
    Dense dense = new Dense(8, 3);
    Tensor before = dense.namedParameters().get("weight").value();
    Safetensors.write(file, Map.of("fc.bias", Tensor.of(1f, 2f, 3f), "bias", Tensor.ones(2)));
    dense.load(file, Loading.standard().prefix("fc.").partial());
    assertThat(values(dense))
        .containsEntry("weight", before)
        .containsEntry("bias", Tensor.of(1f, 2f, 3f));
  }

  // ---- sets of files

  @Test
  void savesAndLoadsSetsOfFiles() throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    Sequential saved = model(4);
    saved.saveSharded(index, 32);
    assertThat(folder.resolve("model-00001-of-00003.safetensors")).exists();
    assertThat(Safetensors.read(index).metadata()).isEqualTo(Map.of("format", "pt"));
    Sequential model = model(4);
    model.load(index);
    assertThat(values(model)).isEqualTo(values(saved));
    var other = new Dense(2, 4);
    other.load(index, Loading.standard().prefix("2."));
    assertThat(values(other).get("bias")).isEqualTo(values(saved).get("2.bias"));
  }

  // ---- faults

  /**
   * The last value of the last tensor is at fault, long after the headers have been found sound.
   */
  @Test
  void aFaultInTheDataLeavesTheModelUntouched() throws IOException {
    String header =
        "{\"weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"steps\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}";
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    Files.write(
        file,
        ByteBuffer.allocate(8 + json.length + 16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .putFloat(1)
            .putFloat(2)
            .putLong(1L << 40)
            .array());
    refuses(
        new Counting(),
        Loading.standard(),
        ", tensor \"steps\", element 0 of []: 1099511627776 does not fit INT32");
  }

  /** A layer with a count, as PyTorch's batch normalization has. */
  private static final class Counting extends Layer {
    Counting() {
      parameter("weight", Shape.of(1, 2), new Zeros());
      buffer("steps", Tensor.scalar(0));
    }
  }

  @Test
  void listsNoEndOfStrangeNames() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("\u001b[2J\n" + "n".repeat(1000), Tensor.ones(1));
    for (int i = 0; i < 150; i++) {
      tensors.put("x" + i, Tensor.ones(1));
    }
    Safetensors.write(file, tensors);
    assertThatThrownBy(() -> model(1).load(file))
        .hasMessageContaining("\n  unexpected ?[2J?" + "n".repeat(115) + "... [1]\n")
        .hasMessageContaining("\n  unexpected x98 [1]\n")
        .hasMessageEndingWith("\n  and 51 more unexpected");
  }

  @Test
  void loadingIsImmutable() throws IOException {
    Sequential saved = model(4);
    saved.save(file);
    Loading standard = Loading.standard();
    standard.prefix("none.").rename(name -> "x").partial();
    Sequential model = model(4);
    model.load(file, standard);
    assertThat(model.namedParameters().values())
        .extracting(Parameter::value)
        .containsExactlyElementsOf(
            saved.namedParameters().values().stream().map(Parameter::value).toList());
  }
}
