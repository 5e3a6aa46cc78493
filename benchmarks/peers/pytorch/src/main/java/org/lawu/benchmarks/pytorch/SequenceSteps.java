package org.lawu.benchmarks.pytorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.lawu.benchmarks.workload.Step;
import org.lawu.benchmarks.workload.Workload.EncoderForward;
import org.lawu.benchmarks.workload.Workload.EncoderStep;
import org.lawu.benchmarks.workload.Workload.TextLstmStep;

/** Networks on sequences. */
final class SequenceSteps {
  private static final int WORDS = 10_000;
  private static final int TOKENS = 128;
  private static final int DIM = 384;
  private static final int HEADS = 12;
  private static final int LAYERS = 6;

  private SequenceSteps() {}

  static Step of(TextLstmStep w) {
    var parameters = new Parameters();
    Tensor embedding = parameters.get("embedding.weight", WORDS, 50);
    var lstm =
        new TensorVector(
            parameters.get("lstm.weight_ih_l0", 512, 50),
            parameters.get("lstm.weight_hh_l0", 512, 128),
            parameters.get("lstm.bias_ih_l0", 512),
            parameters.get("lstm.bias_hh_l0", 512));
    Tensor weight = parameters.get("output.weight", 1, 128);
    var bias = new TensorOptional(parameters.get("output.bias", 1));
    Tensor tokens = Tensors.whole(1, WORDS, w.batch(), w.length());
    Tensor labels = Tensors.whole(2, 2, w.batch(), 1).to(ScalarType.Float);
    Tensor zeros = torch.zeros(1, w.batch(), 128);
    var state = new TensorVector(zeros, zeros);
    return new Training(
        parameters,
        () -> {
          Tensor words = torch.embedding(embedding, tokens);
          Tensor last = torch.lstm(words, state, lstm, true, 1, 0, true, false, true).get1();
          Tensor logits = torch.linear(last.select(0, 0), weight, bias);
          return torch.binary_cross_entropy_with_logits(logits, labels);
        });
  }

  static Step of(EncoderForward w) {
    var encoder = new Encoder();
    Tensor x = Tensors.symmetric(1, w.batch(), TOKENS, DIM);
    return new Computation(() -> encoder.forward(x));
  }

  static Step of(EncoderStep w) {
    var encoder = new Encoder();
    Tensor x = Tensors.symmetric(1, w.batch(), TOKENS, DIM);
    Tensor target = Tensors.symmetric(2, w.batch(), TOKENS, DIM);
    return new Training(encoder.parameters, () -> torch.mse_loss(encoder.forward(x), target));
  }

  private static final class Encoder {
    private final Parameters parameters = new Parameters();
    private final List<EncoderLayer> layers = new ArrayList<>();

    Encoder() {
      for (int i = 0; i < LAYERS; i++) {
        layers.add(new EncoderLayer("layers." + i + ".", parameters));
      }
    }

    Tensor forward(Tensor input) {
      Tensor x = layers.getFirst().forward(input);
      for (EncoderLayer layer : layers.subList(1, LAYERS)) {
        x = Tensors.then(x, layer::forward);
      }
      return x;
    }
  }

  /**
   * As nn.TransformerEncoderLayer of Python computes it in training: attention through
   * scaled_dot_product_attention, which is faster than the module of C++.
   */
  private static final class EncoderLayer {
    private static final long[] WIDTH = {DIM};

    private final Tensor inWeight;
    private final TensorOptional inBias;
    private final Tensor outWeight;
    private final TensorOptional outBias;
    private final Tensor weight1;
    private final TensorOptional bias1;
    private final Tensor weight2;
    private final TensorOptional bias2;
    private final TensorOptional norm1Weight;
    private final TensorOptional norm1Bias;
    private final TensorOptional norm2Weight;
    private final TensorOptional norm2Bias;

    EncoderLayer(String name, Parameters parameters) {
      inWeight = parameters.get(name + "self_attn.in_proj_weight", 3 * DIM, DIM);
      inBias = new TensorOptional(parameters.get(name + "self_attn.in_proj_bias", 3 * DIM));
      outWeight = parameters.get(name + "self_attn.out_proj.weight", DIM, DIM);
      outBias = new TensorOptional(parameters.get(name + "self_attn.out_proj.bias", DIM));
      weight1 = parameters.get(name + "linear1.weight", 4 * DIM, DIM);
      bias1 = new TensorOptional(parameters.get(name + "linear1.bias", 4 * DIM));
      weight2 = parameters.get(name + "linear2.weight", DIM, 4 * DIM);
      bias2 = new TensorOptional(parameters.get(name + "linear2.bias", DIM));
      norm1Weight = new TensorOptional(parameters.get(name + "norm1.weight", DIM));
      norm1Bias = new TensorOptional(parameters.get(name + "norm1.bias", DIM));
      norm2Weight = new TensorOptional(parameters.get(name + "norm2.weight", DIM));
      norm2Bias = new TensorOptional(parameters.get(name + "norm2.bias", DIM));
    }

    Tensor forward(Tensor x) {
      Tensor parts =
          torch
              .linear(x, inWeight, inBias)
              .view(-1, TOKENS, 3, HEADS, DIM / HEADS)
              .permute(2, 0, 3, 1, 4);
      Tensor heads =
          torch.scaled_dot_product_attention(
              parts.select(0, 0), parts.select(0, 1), parts.select(0, 2));
      Tensor joined = heads.transpose(1, 2).reshape(-1, TOKENS, DIM);
      Tensor attended = Tensors.then(torch.linear(joined, outWeight, outBias), x::add);
      Tensor y =
          Tensors.then(
              attended, sum -> torch.layer_norm(sum, WIDTH, norm1Weight, norm1Bias, 1e-5, true));
      Tensor hidden = Tensors.then(torch.linear(y, weight1, bias1), torch::gelu);
      Tensor fed = Tensors.then(hidden, wide -> torch.linear(wide, weight2, bias2));
      return Tensors.then(
          Tensors.then(fed, y::add),
          sum -> torch.layer_norm(sum, WIDTH, norm2Weight, norm2Bias, 1e-5, true));
    }
  }
}
