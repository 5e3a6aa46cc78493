package org.lawu.benchmarks.lawu;

import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.CnnForward;
import org.lawu.benchmarks.workload.Workload.CnnStep;
import org.lawu.benchmarks.workload.Workload.InvertedResidualStep;
import org.lawu.benchmarks.workload.Workload.ResidualBlockStep;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.Sequential;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.loss.CrossEntropy;
import org.lawu.random.Philox;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/** Convolutional networks. */
final class ImageSteps {
  private ImageSteps() {}

  private static Sequential network() {
    return Training.withWeights(
        Sequential.of(
            new Conv2d(1, 32, 3),
            new Relu(),
            new Conv2d(32, 64, 3),
            new Relu(),
            new MaxPool2d(2),
            new Flatten(),
            new Dense(9216, 128),
            new Relu(),
            new Dense(128, 10)));
  }

  private static Tensor images(int batch) {
    return Tensor.of(Numbers.uniform(1, batch * 784, 0, 1), batch, 1, 28, 28);
  }

  static Step of(CnnStep w) {
    Sequential model = network();
    Tensor images = images(w.batch());
    Tensor labels = Tensor.of(Numbers.whole(2, w.batch(), 10));
    var random = new Philox(3);
    var crossEntropy = new CrossEntropy();
    return new Training(
        () -> crossEntropy.of(model.forward(images, Pass.training(random)), labels));
  }

  static Step of(CnnForward w) {
    Sequential model = network();
    Tensor images = images(w.batch());
    return new Computation(() -> model.predict(images));
  }

  static Step of(ResidualBlockStep w) {
    var block = Training.withWeights(new ResidualBlock(64));
    Tensor x =
        Tensor.of(Numbers.symmetric(1, w.batch() * 64 * 56 * 56), w.batch(), 64, 56, 56)
            .withGradient();
    var random = new Philox(3);
    return new Training(() -> block.forward(x, Pass.training(random)).mean());
  }

  static Step of(InvertedResidualStep w) {
    var block = Training.withWeights(new InvertedResidual(24, 144));
    Tensor x =
        Tensor.of(Numbers.symmetric(1, w.batch() * 24 * 56 * 56), w.batch(), 24, 56, 56)
            .withGradient();
    var random = new Philox(3);
    return new Training(() -> block.forward(x, Pass.training(random)).square().mean());
  }

  /** He et al., "Deep residual learning for image recognition" (2015): the basic block. */
  private static final class ResidualBlock extends Layer {
    private final Conv2d conv1;
    private final BatchNorm2d norm1;
    private final Conv2d conv2;
    private final BatchNorm2d norm2;

    ResidualBlock(int channels) {
      Convolution same = Convolution.DEFAULT.padding(1);
      conv1 = child("conv1", Conv2d.withoutBias(channels, channels, 3, same));
      norm1 = child("norm1", new BatchNorm2d(channels));
      conv2 = child("conv2", Conv2d.withoutBias(channels, channels, 3, same));
      norm2 = child("norm2", new BatchNorm2d(channels));
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      Tensor hidden = Workspace.tidy(() -> norm1.forward(conv1.forward(input, pass), pass).relu());
      Tensor change = Workspace.tidy(() -> norm2.forward(conv2.forward(hidden, pass), pass));
      return Workspace.tidy(() -> change.add(input).relu());
    }
  }

  /** Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks" (2018). */
  private static final class InvertedResidual extends Layer {
    private final Conv2d expand;
    private final BatchNorm2d norm1;
    private final Conv2d depthwise;
    private final BatchNorm2d norm2;
    private final Conv2d project;
    private final BatchNorm2d norm3;

    InvertedResidual(int channels, int hidden) {
      Convolution each = Convolution.DEFAULT.padding(1).groups(hidden);
      expand = child("expand", Conv2d.withoutBias(channels, hidden, 1, Convolution.DEFAULT));
      norm1 = child("norm1", new BatchNorm2d(hidden));
      depthwise = child("depthwise", Conv2d.withoutBias(hidden, hidden, 3, each));
      norm2 = child("norm2", new BatchNorm2d(hidden));
      project = child("project", Conv2d.withoutBias(hidden, channels, 1, Convolution.DEFAULT));
      norm3 = child("norm3", new BatchNorm2d(channels));
    }

    @Override
    protected Tensor compute(Tensor input, Pass pass) {
      Tensor wide = Workspace.tidy(() -> norm1.forward(expand.forward(input, pass), pass).relu());
      Tensor deep = Workspace.tidy(() -> norm2.forward(depthwise.forward(wide, pass), pass).relu());
      return Workspace.tidy(() -> norm3.forward(project.forward(deep, pass), pass).add(input));
    }
  }
}
