package org.lawu.benchmarks.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.CnnForward;
import org.lawu.benchmarks.workload.Workload.CnnStep;
import org.lawu.benchmarks.workload.Workload.InvertedResidualStep;
import org.lawu.benchmarks.workload.Workload.ResidualBlockStep;

/** Convolutional networks. */
final class ImageSteps {
  private static final long[] ONE = {1, 1};
  private static final long[] NONE = {0, 0};
  private static final long[] TWO = {2, 2};

  private ImageSteps() {}

  private static final class Network {
    private final Parameters parameters = new Parameters();
    private final Tensor weight0 = parameters.get("0.weight", 32, 1, 3, 3);
    private final TensorOptional bias0 = new TensorOptional(parameters.get("0.bias", 32));
    private final Tensor weight2 = parameters.get("2.weight", 64, 32, 3, 3);
    private final TensorOptional bias2 = new TensorOptional(parameters.get("2.bias", 64));
    private final Tensor weight6 = parameters.get("6.weight", 128, 9216);
    private final TensorOptional bias6 = new TensorOptional(parameters.get("6.bias", 128));
    private final Tensor weight8 = parameters.get("8.weight", 10, 128);
    private final TensorOptional bias8 = new TensorOptional(parameters.get("8.bias", 10));

    Tensor forward(Tensor images) {
      Tensor x = torch.conv2d(images, weight0, bias0, ONE, NONE, ONE, 1);
      x = Tensors.then(x, torch::relu);
      x = Tensors.then(x, hidden -> torch.conv2d(hidden, weight2, bias2, ONE, NONE, ONE, 1));
      x = Tensors.then(x, torch::relu);
      x = Tensors.then(x, hidden -> torch.max_pool2d(hidden, TWO, TWO, NONE, ONE, false));
      x = Tensors.then(x, hidden -> torch.linear(hidden.reshape(-1, 9216), weight6, bias6));
      x = Tensors.then(x, torch::relu);
      return Tensors.then(x, hidden -> torch.linear(hidden, weight8, bias8));
    }
  }

  static Step of(CnnStep w) {
    var network = new Network();
    Tensor images = Tensors.images(1, w.batch(), 1, 28, 28);
    Tensor labels = Tensors.whole(2, 10, w.batch());
    return new Training(
        network.parameters, () -> torch.cross_entropy_loss(network.forward(images), labels));
  }

  static Step of(CnnForward w) {
    var network = new Network();
    Tensor images = Tensors.images(1, w.batch(), 1, 28, 28);
    return new Computation(() -> network.forward(images));
  }

  static Step of(ResidualBlockStep w) {
    var parameters = new Parameters();
    Tensor conv1 = parameters.get("conv1.weight", 64, 64, 3, 3);
    Tensor conv2 = parameters.get("conv2.weight", 64, 64, 3, 3);
    var norm1 = new BatchNorm("norm1", 64, parameters);
    var norm2 = new BatchNorm("norm2", 64, parameters);
    var noBias = new TensorOptional();
    Tensor images = Tensors.symmetric(1, w.batch(), 64, 56, 56);
    return new Training(
        parameters,
        () -> {
          // A new leaf over the same memory, so that its gradient is not added to the last one.
          Tensor x = images.detach().set_requires_grad(true);
          Tensor y = torch.conv2d(x, conv1, noBias, ONE, ONE, ONE, 1);
          y = Tensors.then(y, norm1::of);
          y = Tensors.then(y, torch::relu);
          y = Tensors.then(y, hidden -> torch.conv2d(hidden, conv2, noBias, ONE, ONE, ONE, 1));
          y = Tensors.then(y, norm2::of);
          y = Tensors.then(y, normed -> normed.add(x));
          y = Tensors.then(y, torch::relu);
          return Tensors.then(y, Tensor::mean);
        });
  }

  static Step of(InvertedResidualStep w) {
    var parameters = new Parameters();
    Tensor expand = parameters.get("expand.weight", 144, 24, 1, 1);
    Tensor depthwise = parameters.get("depthwise.weight", 144, 1, 3, 3);
    Tensor project = parameters.get("project.weight", 24, 144, 1, 1);
    var norm1 = new BatchNorm("norm1", 144, parameters);
    var norm2 = new BatchNorm("norm2", 144, parameters);
    var norm3 = new BatchNorm("norm3", 24, parameters);
    var noBias = new TensorOptional();
    Tensor images = Tensors.symmetric(1, w.batch(), 24, 56, 56);
    return new Training(
        parameters,
        () -> {
          // A new leaf over the same memory, so that its gradient is not added to the last one.
          Tensor x = images.detach().set_requires_grad(true);
          Tensor y = torch.conv2d(x, expand, noBias, ONE, NONE, ONE, 1);
          y = Tensors.then(y, norm1::of);
          y = Tensors.then(y, torch::relu);
          y = Tensors.then(y, wide -> torch.conv2d(wide, depthwise, noBias, ONE, ONE, ONE, 144));
          y = Tensors.then(y, norm2::of);
          y = Tensors.then(y, torch::relu);
          y = Tensors.then(y, deep -> torch.conv2d(deep, project, noBias, ONE, NONE, ONE, 1));
          y = Tensors.then(y, norm3::of);
          y = Tensors.then(y, normed -> normed.add(x));
          y = Tensors.then(y, torch::square);
          return Tensors.then(y, Tensor::mean);
        });
  }

  /** Batch normalization in training. */
  private static final class BatchNorm {
    private final TensorOptional weight;
    private final TensorOptional bias;
    private final TensorOptional mean;
    private final TensorOptional variance;

    BatchNorm(String name, long channels, Parameters parameters) {
      weight = new TensorOptional(parameters.get(name + ".weight", channels));
      bias = new TensorOptional(parameters.get(name + ".bias", channels));
      mean = new TensorOptional(Tensors.weight(name + ".running_mean", channels));
      variance = new TensorOptional(Tensors.weight(name + ".running_var", channels));
    }

    Tensor of(Tensor x) {
      return torch.batch_norm(x, weight, bias, mean, variance, true, 0.1, 1e-5, false);
    }
  }
}
