package org.lawu.benchmarks.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.MlpStep;

/** The two dense layers for MNIST. */
final class MlpSteps {
  private MlpSteps() {}

  /** The network in training. */
  static final class Model {
    private final Parameters parameters = new Parameters();
    private final Tensor weight0 = parameters.get("0.weight", 128, 784);
    private final TensorOptional bias0 = new TensorOptional(parameters.get("0.bias", 128));
    private final Tensor weight3 = parameters.get("3.weight", 10, 128);
    private final TensorOptional bias3 = new TensorOptional(parameters.get("3.bias", 10));

    Parameters parameters() {
      return parameters;
    }

    Tensor loss(Tensor images, Tensor labels) {
      Tensor hidden = torch.dropout(torch.relu(torch.linear(images, weight0, bias0)), 0.2, true);
      return torch.cross_entropy_loss(torch.linear(hidden, weight3, bias3), labels);
    }
  }

  static Step of(MlpStep w) {
    var model = new Model();
    Tensor images = Tensors.images(1, w.batch(), 784);
    Tensor labels = Tensors.whole(2, 10, w.batch());
    return new Training(model.parameters(), () -> model.loss(images, labels));
  }
}
