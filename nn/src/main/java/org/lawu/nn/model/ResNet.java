package org.lawu.nn.model;

import static org.lawu.nn.model.Setting.positive;

import java.util.ArrayList;
import java.util.List;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.GlobalAvgPool2d;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.random.Philox;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * A residual network: stages of blocks that each add something to what they get, so that networks
 * of many layers train. He et al., "Deep residual learning for image recognition" (CVPR 2016); as
 * in torchvision, where the blocks of ResNet-50 make images smaller in their second convolution.
 *
 * <pre>{@code
 * var model = ResNet.resNet18(1000);
 * model.load(Path.of("resnet18.safetensors")); // torchvision's state dict
 * Tensor scores = model.predict(images); // [n, 3, 224, 224] to [n, 1000]
 *
 * var small = ResNet.resNet20(10); // for images like CIFAR's, [n, 3, 32, 32]
 * }</pre>
 *
 * <p>Shapes: {@code [n, 3, h, w]} to {@code [n, classes]}, with {@code h} and {@code w} of any
 * size. Parameters under torchvision's names: {@code conv1.weight}, {@code bn1.*}, {@code
 * layer1.0.conv1.weight}, {@code layer1.0.bn1.*} and so on, {@code layer2.0.downsample.0.weight}
 * and {@code layer2.0.downsample.1.*} where a block's input has another shape than its output,
 * {@code fc.*}. Convolutions are Kaiming normal for the outputs at first.
 */
public final class ResNet extends Layer {
  private static final int COLOURS = 3;

  private final int layers;
  private final int classes;
  private final List<Part> path = new ArrayList<>();

  /** What an image goes through. */
  @FunctionalInterface
  private interface Part {
    Tensor run(Tensor x, Pass pass);
  }

  /** Makes the blocks of a network. */
  @FunctionalInterface
  private interface BlockKind {
    ResidualBlock of(int in, int channels, int stride);
  }

  private ResNet(
      int layers, Conv2d conv1, Layer begin, BlockKind kind, int[] blocks, int width, int classes) {
    this.layers = layers;
    this.classes = positive("resNet", "classes", classes);
    BatchNorm2d bn1 = new BatchNorm2d(width);
    path.add(child("conv1", conv1)::forward);
    child("bn1", bn1);
    path.add((x, pass) -> bn1.forward(x, pass).relu());
    path.add(child("maxpool", begin)::forward);
    int in = width;
    for (int stage = 0; stage < blocks.length; stage++) {
      List<ResidualBlock> list = new ArrayList<>();
      for (int i = 0; i < blocks[stage]; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        ResidualBlock block = kind.of(in, width << stage, stride);
        list.add(block);
        in = block.out();
      }
      path.add(child("layer" + (stage + 1), Sequential.of(list))::forward);
    }
    path.add(child("avgpool", new GlobalAvgPool2d())::forward);
    path.add(child("fc", new Dense(in, classes))::forward);
  }

  /** 18 layers, 11.7 million parameters for 1000 classes. */
  public static ResNet resNet18(int classes) {
    return forPhotographs(18, ResidualBlock::basic, new int[] {2, 2, 2, 2}, classes);
  }

  /** 34 layers, 21.8 million parameters for 1000 classes. */
  public static ResNet resNet34(int classes) {
    return forPhotographs(34, ResidualBlock::basic, new int[] {3, 4, 6, 3}, classes);
  }

  /** 50 layers, 25.6 million parameters for 1000 classes. */
  public static ResNet resNet50(int classes) {
    return forPhotographs(50, ResidualBlock::bottleneck, new int[] {3, 4, 6, 3}, classes);
  }

  /** 20 layers for images of 32 x 32, 0.27 million parameters for ten classes. */
  public static ResNet resNet20(int classes) {
    return forSmallImages(20, classes);
  }

  /** 32 layers for images of 32 x 32, 0.46 million parameters for ten classes. */
  public static ResNet resNet32(int classes) {
    return forSmallImages(32, classes);
  }

  /** 44 layers for images of 32 x 32, 0.66 million parameters for ten classes. */
  public static ResNet resNet44(int classes) {
    return forSmallImages(44, classes);
  }

  /** 56 layers for images of 32 x 32, 0.85 million parameters for ten classes. */
  public static ResNet resNet56(int classes) {
    return forSmallImages(56, classes);
  }

  /** 110 layers for images of 32 x 32, 1.7 million parameters for ten classes. */
  public static ResNet resNet110(int classes) {
    return forSmallImages(110, classes);
  }

  /** What begins with a convolution and a pooling that make images four times smaller. */
  private static ResNet forPhotographs(int layers, BlockKind kind, int[] blocks, int classes) {
    Conv2d conv1 = ResidualBlock.convolution(COLOURS, 64, 7, 2);
    return new ResNet(layers, conv1, new MaxPool2d(3, 2, 1), kind, blocks, 64, classes);
  }

  /**
   * The networks of section 4.2 of the paper: three stages of 16, 32 and 64 channels, two layers a
   * block, shortcuts without parameters.
   */
  private static ResNet forSmallImages(int layers, int classes) {
    int each = (layers - 2) / 6;
    Conv2d conv1 = ResidualBlock.convolution(COLOURS, 16, 3, 1);
    return new ResNet(
        layers,
        conv1,
        Sequential.of(),
        ResidualBlock::basicWithoutProjection,
        new int[] {each, each, each},
        16,
        classes);
  }

  @Override
  protected Tensor compute(Tensor input, Pass pass) {
    Setting.images("resNet", input, COLOURS);
    return Workspace.tidy(input, path, (x, part) -> part.run(x, pass));
  }

  @Override
  public ResNet initialize(Philox random) {
    super.initialize(random);
    return this;
  }

  @Override
  protected String description() {
    return "ResNet%d(classes %d)".formatted(layers, classes);
  }

  @Override
  public Config config() {
    return Config.of("kind", "ResNet").with("layers", layers).with("classes", classes);
  }

  /** The model that {@link #config} describes. */
  public static ResNet of(Config config) {
    int classes = config.integer("classes");
    return switch (config.integer("layers")) {
      case 18 -> resNet18(classes);
      case 20 -> resNet20(classes);
      case 32 -> resNet32(classes);
      case 34 -> resNet34(classes);
      case 44 -> resNet44(classes);
      case 50 -> resNet50(classes);
      case 56 -> resNet56(classes);
      case 110 -> resNet110(classes);
      default ->
          throw new FormatException(
              "%s: \"layers\" must be one of 18, 20, 32, 34, 44, 50, 56 and 110, got %d"
                  .formatted(config.source(), config.integer("layers")));
    };
  }
}
