package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.io.Safetensors;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class NormalizationLayersTest {

  @Nested
  class BatchNorm1dTest implements LayerContract {
    @Override
    public Layer create() {
      return new BatchNorm1d(3);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 3, 5);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 3, 5);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 3, 5, 1);
    }

    @Override
    public String wrongMessage() {
      return "batchNorm1d: the input must be [n, features] or [n, features, length], got [4, 3, 5, 1]";
    }
  }

  @Nested
  class BatchNorm2dTest implements LayerContract {
    @Override
    public Layer create() {
      return new BatchNorm2d(3);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 3, 5, 2);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 3, 5, 2);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 2, 5, 2);
    }

    @Override
    public String wrongMessage() {
      return "batchNorm2d: axis 1 must be 3, input is [4, 2, 5, 2]";
    }
  }

  @Nested
  class LayerNormTest implements LayerContract {
    @Override
    public Layer create() {
      return new LayerNorm(Shape.of(3, 5), 1e-5);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 3, 5);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 2, 3, 5);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight", "bias");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 5, 3);
    }

    @Override
    public String wrongMessage() {
      return "layerNorm: the last axes must be [3, 5], input is [4, 5, 3]";
    }
  }

  @Nested
  class GroupNormTest implements LayerContract {
    @Override
    public Layer create() {
      return new GroupNorm(2, 4);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 4, 3);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 4, 3);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight", "bias");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(4, 3, 3);
    }

    @Override
    public String wrongMessage() {
      return "groupNorm: axis 1 must be 4, input is [4, 3, 3]";
    }
  }

  @Nested
  class RmsNormTest implements LayerContract {
    @Override
    public Layer create() {
      return new RmsNorm(5);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 2, 5);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 2, 5);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(5, 4);
    }

    @Override
    public String wrongMessage() {
      return "rmsNorm: the last axes must be [5], input is [5, 4]";
    }
  }

  @Nested
  class PReluTest implements LayerContract {
    @Override
    public Layer create() {
      return new PRelu(3);
    }

    @Override
    public Tensor input() {
      return Tensor.normal(new Philox(1), 0, 1, 4, 3, 2);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(4, 3, 2);
    }

    @Override
    public List<String> stateNames() {
      return List.of("weight");
    }

    @Override
    public Tensor wrongInput() {
      return Tensor.zeros(3);
    }

    @Override
    public String wrongMessage() {
      return "pRelu: axis 1 must be 3, input is [3]";
    }
  }

  @Test
  void onlyTrainingPassesMoveTheRunningMoments() {
    var layer = new BatchNorm1d(1);
    Tensor batch = Tensor.of(new float[] {1, 3}, 2, 1);
    Tensor output = layer.forward(batch, Pass.training(new Philox(1)));
    assertThat(output.allClose(Tensor.of(new float[] {-1, 1}, 2, 1), 1e-4, 0)).isTrue();
    var state = layer.namedParameters();
    // Mean 2 and unbiased variance 2, of which a tenth counts.
    assertThat(state.get("running_mean").value().allClose(Tensor.of(0.2f), 1e-6, 0)).isTrue();
    assertThat(state.get("running_var").value().allClose(Tensor.of(1.1f), 1e-6, 0)).isTrue();
    assertThat(state.get("num_batches_tracked").value().item()).isEqualTo(1);
    layer.forward(batch, Pass.inference());
    assertThat(state.get("num_batches_tracked").value().item()).isEqualTo(1);
    layer.initialize(new Philox(2));
    assertThat(state.get("running_mean").value()).isEqualTo(Tensor.zeros(1));
    assertThat(state.get("num_batches_tracked").value().item()).isZero();
  }

  @Test
  void loadsTheWholeNumberThatPyTorchCountsBatchesIn(@TempDir Path folder) throws Exception {
    var saved = new LinkedHashMap<String, Tensor>();
    new BatchNorm2d(2)
        .namedParameters()
        .forEach((name, parameter) -> saved.put(name, parameter.value()));
    saved.put("num_batches_tracked", Tensor.scalar(7, DType.INT32));
    Path file = folder.resolve("norm.safetensors");
    Safetensors.write(file, saved, Map.of());
    var layer = new BatchNorm2d(2);
    layer.load(file);
    assertThat(layer.namedParameters().get("num_batches_tracked").value().item()).isEqualTo(7);
  }

  @Test
  void batchNormRefusesToTrainOnOneValue() {
    assertThatThrownBy(
            () -> new BatchNorm1d(3).forward(Tensor.ones(1, 3), Pass.training(new Philox(1))))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "batchNorm1d: training needs more than one value for each channel, input is [1, 3]; use"
                + " a larger batch");
  }

  @Test
  void oneSlopeServesAnyShape() {
    assertThat(new PRelu().predict(Tensor.of(-2f, 0f, 2f))).isEqualTo(Tensor.of(-0.5f, 0f, 2f));
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new BatchNorm2d(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("batchNorm2d: features must be at least 1, got 0");
    assertThatThrownBy(() -> new BatchNorm2d(2, 0, 0.1))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("batchNorm2d: epsilon must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new BatchNorm2d(2, 1e-5, 2))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "batchNorm2d: the momentum must be from 0 to 1, got 2.0; it is the share of the new"
                + " batch");
    assertThatThrownBy(() -> new LayerNorm(Shape.SCALAR, 1e-5))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("layerNorm: the shape must have axes and elements, got []");
    assertThatThrownBy(() -> new GroupNorm(3, 4))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("groupNorm: the channels, 4, must divide by the groups, 3");
    assertThatThrownBy(() -> new RmsNorm(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("rmsNorm: the size must be at least 1, got 0");
    assertThatThrownBy(() -> new PRelu(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("pRelu: count must be at least 1, got 0");
  }
}
