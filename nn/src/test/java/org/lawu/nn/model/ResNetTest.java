package org.lawu.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.nn.layer.LayerContract;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class ResNetTest implements LayerContract {

  @Override
  public Layer create() {
    return ResNet.resNet20(10);
  }

  @Override
  public Tensor input() {
    return Tensor.normal(new Philox(1), 0, 1, 3, 3, 8, 8);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(3, 10);
  }

  @Override
  public List<String> stateNames() {
    return names(2, false, 3, 3, 3);
  }

  @Override
  public Tensor wrongInput() {
    return Tensor.zeros(3, 1, 8, 8);
  }

  @Override
  public String wrongMessage() {
    return "resNet: input must be [batch, 3, height, width], got [3, 1, 8, 8]";
  }

  @Override
  public float stepSize() {
    return 1e-5f;
  }

  /** The keys of torchvision's state dict, in its order. */
  private static List<String> names(int convolutions, boolean projects, int... blocks) {
    List<String> names = new ArrayList<>();
    add(names, "conv1", "bn1");
    for (int stage = 1; stage <= blocks.length; stage++) {
      for (int block = 0; block < blocks[stage - 1]; block++) {
        String prefix = "layer%d.%d.".formatted(stage, block);
        for (int i = 1; i <= convolutions; i++) {
          add(names, prefix + "conv" + i, prefix + "bn" + i);
        }
        if (projects && block == 0 && (stage > 1 || convolutions == 3)) {
          add(names, prefix + "downsample.0", prefix + "downsample.1");
        }
      }
    }
    names.addAll(List.of("fc.weight", "fc.bias"));
    return names;
  }

  private static void add(List<String> names, String convolution, String norm) {
    names.add(convolution + ".weight");
    for (String name :
        List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked")) {
      names.add(norm + "." + name);
    }
  }

  private static Shape shape(Layer model, String name) {
    Parameter parameter = model.namedParameters().get(name);
    assertThat(parameter).as(name).isNotNull();
    return parameter.shape();
  }

  /** The counts that torchvision states. */
  @Test
  void hasTorchvisionsNamesAndCounts() {
    ResNet eighteen = ResNet.resNet18(1000);
    assertThat(eighteen.parameterCount()).isEqualTo(11_689_512);
    assertThat(eighteen.namedParameters().keySet())
        .hasSize(122)
        .containsExactlyElementsOf(names(2, true, 2, 2, 2, 2));
    assertThat(shape(eighteen, "layer2.0.downsample.0.weight")).isEqualTo(Shape.of(128, 64, 1, 1));
    ResNet thirtyFour = ResNet.resNet34(1000);
    assertThat(thirtyFour.parameterCount()).isEqualTo(21_797_672);
    assertThat(thirtyFour.namedParameters().keySet())
        .hasSize(218)
        .containsExactlyElementsOf(names(2, true, 3, 4, 6, 3));
    ResNet fifty = ResNet.resNet50(1000);
    assertThat(fifty.parameterCount()).isEqualTo(25_557_032);
    assertThat(fifty.namedParameters().keySet())
        .hasSize(320)
        .containsExactlyElementsOf(names(3, true, 3, 4, 6, 3));
    assertThat(shape(fifty, "layer1.0.downsample.0.weight")).isEqualTo(Shape.of(256, 64, 1, 1));
    assertThat(shape(fifty, "layer4.2.conv3.weight")).isEqualTo(Shape.of(2048, 512, 1, 1));
    assertThat(shape(fifty, "fc.weight")).isEqualTo(Shape.of(1000, 2048));
  }

  /** The paper's table 6 says 0.27, 0.46, 0.66, 0.85 and 1.7 million. */
  @Test
  void hasThePapersCountsForSmallImages() {
    assertThat(ResNet.resNet20(10).parameterCount()).isEqualTo(269_722);
    assertThat(ResNet.resNet32(10).parameterCount()).isEqualTo(464_154);
    assertThat(ResNet.resNet44(10).parameterCount()).isEqualTo(658_586);
    assertThat(ResNet.resNet56(10).parameterCount()).isEqualTo(853_018);
    assertThat(ResNet.resNet110(10).parameterCount()).isEqualTo(1_727_962);
  }

  /** In 224 x 224 come out 7 x 7; the strides are at torchvision's places. */
  @Test
  void makesImagesSmallerStageByStage() {
    String eighteen = ResNet.resNet18(5).summary(3, 64, 64);
    assertThat(eighteen)
        .containsPattern("maxpool +MaxPool2d.* \\[1, 64, 16, 16\\]")
        .containsPattern("layer1 .*\\[1, 64, 16, 16\\]")
        .containsPattern("layer4 .*\\[1, 512, 2, 2\\]")
        .contains("Output [1, 5]");
    String fifty = ResNet.resNet50(5).summary(3, 64, 64);
    assertThat(fifty)
        .containsPattern("layer1 .*\\[1, 256, 16, 16\\]")
        .containsPattern("layer2.0.conv1 .*\\[1, 128, 16, 16\\]")
        .containsPattern("layer2.0.conv2 .*\\[1, 128, 8, 8\\]")
        .containsPattern("layer4 .*\\[1, 2048, 2, 2\\]");
    assertThat(ResNet.resNet32(7).predict(Tensor.zeros(1, 3, 9, 7)).shape())
        .isEqualTo(Shape.of(1, 7));
  }

  /** With all convolutions zero, a stage passes on what is not negative, at every second pixel. */
  @Test
  void shortcutsForSmallImagesAddNothing() {
    ResNet model = ResNet.resNet20(10);
    model
        .namedParameters()
        .forEach((name, parameter) -> {
          if (name.startsWith("layer") && name.contains("conv")) {
            parameter.set(Tensor.zeros(parameter.shape(), parameter.dtype()));
          }
        });
    Tensor x = Tensor.uniform(new Philox(1), 0, 1, 2, 16, 5, 5);
    Tensor y = model.children().get("layer2").predict(x);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 32, 3, 3));
    assertThat(y.slice(1, 8, 24)).isEqualTo(x.slice(2, 0, 5, 2).slice(3, 0, 5, 2));
    assertThat(y.slice(1, 0, 8)).isEqualTo(Tensor.zeros(2, 8, 3, 3));
    assertThat(y.slice(1, 24, 32)).isEqualTo(Tensor.zeros(2, 8, 3, 3));
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> ResNet.resNet18(0))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("resNet: classes must be at least 1, got 0");
  }
}
