package org.lawu.nn;

import org.lawu.nn.layer.AdaptiveAvgPool2d;
import org.lawu.nn.layer.AdditiveAttention;
import org.lawu.nn.layer.AvgPool2d;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Bilinear;
import org.lawu.nn.layer.Checkpoint;
import org.lawu.nn.layer.Concat;
import org.lawu.nn.layer.Conv1d;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.ConvTranspose2d;
import org.lawu.nn.layer.Dense;
import org.lawu.nn.layer.Dropout;
import org.lawu.nn.layer.Elu;
import org.lawu.nn.layer.Embedding;
import org.lawu.nn.layer.Flatten;
import org.lawu.nn.layer.GaussianNoise;
import org.lawu.nn.layer.Gelu;
import org.lawu.nn.layer.GlobalAvgPool2d;
import org.lawu.nn.layer.GroupNorm;
import org.lawu.nn.layer.Gru;
import org.lawu.nn.layer.GruCell;
import org.lawu.nn.layer.HardSwish;
import org.lawu.nn.layer.LayerNorm;
import org.lawu.nn.layer.LeakyRelu;
import org.lawu.nn.layer.LearnedPositions;
import org.lawu.nn.layer.LogSoftmax;
import org.lawu.nn.layer.Lstm;
import org.lawu.nn.layer.LstmCell;
import org.lawu.nn.layer.MaskedAverage;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.Mish;
import org.lawu.nn.layer.MultiHeadAttention;
import org.lawu.nn.layer.PRelu;
import org.lawu.nn.layer.Permute;
import org.lawu.nn.layer.Relu;
import org.lawu.nn.layer.Reshape;
import org.lawu.nn.layer.Residual;
import org.lawu.nn.layer.RmsNorm;
import org.lawu.nn.layer.Rnn;
import org.lawu.nn.layer.RnnCell;
import org.lawu.nn.layer.RotaryPositions;
import org.lawu.nn.layer.Selu;
import org.lawu.nn.layer.Sigmoid;
import org.lawu.nn.layer.Silu;
import org.lawu.nn.layer.SinusoidalPositions;
import org.lawu.nn.layer.Softmax;
import org.lawu.nn.layer.Softplus;
import org.lawu.nn.layer.SpatialDropout1d;
import org.lawu.nn.layer.SpatialDropout2d;
import org.lawu.nn.layer.SwiGlu;
import org.lawu.nn.layer.Tanh;
import org.lawu.nn.layer.TransformerDecoder;
import org.lawu.nn.layer.TransformerDecoderLayer;
import org.lawu.nn.layer.TransformerEncoder;
import org.lawu.nn.layer.TransformerEncoderLayer;
import org.lawu.nn.layer.Upsample;
import org.lawu.nn.layer.ZeroPad2d;
import org.lawu.nn.model.Gpt;
import org.lawu.nn.model.LeNet;
import org.lawu.nn.model.LstmClassifier;
import org.lawu.nn.model.Mlp;
import org.lawu.nn.model.ResNet;
import org.lawu.nn.model.TransformerClassifier;

/** The kinds of all layers and models of this module. */
final class StandardLayers {
  private StandardLayers() {}

  static Layers all() {
    return Layers.none()
        .with("AdaptiveAvgPool2d", AdaptiveAvgPool2d::of)
        .with("AdditiveAttention", AdditiveAttention::of)
        .with("AvgPool2d", AvgPool2d::of)
        .with("BatchNorm1d", BatchNorm1d::of)
        .with("BatchNorm2d", BatchNorm2d::of)
        .with("Bilinear", Bilinear::of)
        .withContainer("Checkpoint", Checkpoint::of)
        .withContainer("Concat", Concat::of)
        .with("Conv1d", Conv1d::of)
        .with("Conv2d", Conv2d::of)
        .with("ConvTranspose2d", ConvTranspose2d::of)
        .with("Dense", Dense::of)
        .with("Dropout", Dropout::of)
        .with("Elu", Elu::of)
        .with("Embedding", Embedding::of)
        .with("Flatten", config -> new Flatten())
        .with("GaussianNoise", GaussianNoise::of)
        .with("Gelu", Gelu::of)
        .with("GlobalAvgPool2d", config -> new GlobalAvgPool2d())
        .with("GroupNorm", GroupNorm::of)
        .with("Gru", Gru::of)
        .with("GruCell", GruCell::of)
        .with("HardSwish", config -> new HardSwish())
        .with("LayerNorm", LayerNorm::of)
        .with("LeakyRelu", LeakyRelu::of)
        .with("LearnedPositions", LearnedPositions::of)
        .with("LogSoftmax", LogSoftmax::of)
        .with("Lstm", Lstm::of)
        .with("LstmCell", LstmCell::of)
        .with("MaskedAverage", config -> new MaskedAverage())
        .with("MaxPool2d", MaxPool2d::of)
        .with("Mish", config -> new Mish())
        .withContainer("MultiHeadAttention", MultiHeadAttention::of)
        .with("PRelu", PRelu::of)
        .with("Permute", Permute::of)
        .with("Relu", config -> new Relu())
        .with("Reshape", Reshape::of)
        .withContainer("Residual", Residual::of)
        .with("RmsNorm", RmsNorm::of)
        .with("Rnn", Rnn::of)
        .with("RnnCell", RnnCell::of)
        .with("RotaryPositions", RotaryPositions::of)
        .with("Selu", config -> new Selu())
        .withContainer("Sequential", Sequential::of)
        .with("Sigmoid", config -> new Sigmoid())
        .with("Silu", config -> new Silu())
        .with("SinusoidalPositions", SinusoidalPositions::of)
        .with("Softmax", Softmax::of)
        .with("Softplus", config -> new Softplus())
        .with("SpatialDropout1d", SpatialDropout1d::of)
        .with("SpatialDropout2d", SpatialDropout2d::of)
        .with("SwiGlu", SwiGlu::of)
        .with("Tanh", config -> new Tanh())
        .withContainer("TransformerDecoder", TransformerDecoder::of)
        .with("TransformerDecoderLayer", TransformerDecoderLayer::of)
        .withContainer("TransformerEncoder", TransformerEncoder::of)
        .with("TransformerEncoderLayer", TransformerEncoderLayer::of)
        .with("Upsample", Upsample::of)
        .with("ZeroPad2d", ZeroPad2d::of)
        .withContainer("Gpt", Gpt::of)
        .with("LeNet", LeNet::of)
        .with("LstmClassifier", LstmClassifier::of)
        .with("Mlp", Mlp::of)
        .with("ResNet", ResNet::of)
        .with("TransformerClassifier", TransformerClassifier::of);
  }
}
