package org.lawu.examples.golden;

import org.jspecify.annotations.Nullable;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.nn.Layer;
import org.lawu.nn.layer.AdaptiveAvgPool2d;
import org.lawu.nn.layer.AvgPool2d;
import org.lawu.nn.layer.BatchNorm1d;
import org.lawu.nn.layer.BatchNorm2d;
import org.lawu.nn.layer.Conv1d;
import org.lawu.nn.layer.Conv2d;
import org.lawu.nn.layer.ConvTranspose2d;
import org.lawu.nn.layer.GroupNorm;
import org.lawu.nn.layer.LayerNorm;
import org.lawu.nn.layer.MaxPool2d;
import org.lawu.nn.layer.PRelu;
import org.lawu.nn.layer.RmsNorm;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Window;

/** Convolution, pooling and normalization, from the settings of a case. */
final class ImageLayers {
  private ImageLayers() {}

  static @Nullable Layer layer(String kind, JsonObject config) {
    return switch (kind) {
      case "Conv1d" -> conv1d(config);
      case "Conv2d" -> conv2d(config);
      case "ConvTranspose2d" -> convTranspose2d(config);
      case "MaxPool2d" -> new MaxPool2d(window(config));
      case "AvgPool2d" -> new AvgPool2d(window(config));
      case "AdaptiveAvgPool2d" -> {
        int[] output = config.integers("output");
        yield new AdaptiveAvgPool2d(output[0], output[1]);
      }
      case "BatchNorm1d" ->
          new BatchNorm1d(
              config.integer("features"), epsilon(config, 1e-5), number(config, "momentum", 0.1));
      case "BatchNorm2d" ->
          new BatchNorm2d(
              config.integer("features"), epsilon(config, 1e-5), number(config, "momentum", 0.1));
      case "LayerNorm" -> new LayerNorm(Shape.of(config.integers("shape")), epsilon(config, 1e-5));
      case "GroupNorm" ->
          new GroupNorm(
              config.integer("groups"), config.integer("channels"), epsilon(config, 1e-5));
      case "RmsNorm" -> new RmsNorm(Shape.of(config.integers("shape")), epsilon(config, 1e-6));
      case "PRelu" -> new PRelu(config.has("count") ? config.integer("count") : 1);
      default -> null;
    };
  }

  private static Layer conv1d(JsonObject config) {
    var how =
        Convolution.DEFAULT
            .stride(1, integer(config, "stride", 1))
            .padding(0, integer(config, "padding", 0))
            .dilation(1, integer(config, "dilation", 1))
            .groups(integer(config, "groups", 1));
    int in = config.integer("in");
    int out = config.integer("out");
    int kernel = config.integer("kernel");
    return hasBias(config)
        ? new Conv1d(in, out, kernel, how)
        : Conv1d.withoutBias(in, out, kernel, how);
  }

  private static Layer conv2d(JsonObject config) {
    int in = config.integer("in");
    int out = config.integer("out");
    int[] kernel = config.integers("kernel");
    return hasBias(config)
        ? new Conv2d(in, out, kernel[0], kernel[1], how(config))
        : Conv2d.withoutBias(in, out, kernel[0], kernel[1], how(config));
  }

  private static Layer convTranspose2d(JsonObject config) {
    int in = config.integer("in");
    int out = config.integer("out");
    int[] kernel = config.integers("kernel");
    int[] padding = pair(config, "outputPadding", 0);
    return hasBias(config)
        ? new ConvTranspose2d(in, out, kernel[0], kernel[1], how(config), padding[0], padding[1])
        : ConvTranspose2d.withoutBias(
            in, out, kernel[0], kernel[1], how(config), padding[0], padding[1]);
  }

  private static Convolution how(JsonObject config) {
    int[] stride = pair(config, "stride", 1);
    int[] padding = pair(config, "padding", 0);
    int[] dilation = pair(config, "dilation", 1);
    return Convolution.DEFAULT
        .stride(stride[0], stride[1])
        .padding(padding[0], padding[1])
        .dilation(dilation[0], dilation[1])
        .groups(integer(config, "groups", 1));
  }

  private static Window window(JsonObject config) {
    int[] kernel = config.integers("kernel");
    int[] stride = config.has("stride") ? config.integers("stride") : kernel;
    int[] padding = pair(config, "padding", 0);
    return Window.of(kernel[0], kernel[1])
        .stride(stride[0], stride[1])
        .padding(padding[0], padding[1]);
  }

  private static boolean hasBias(JsonObject config) {
    return !config.has("bias") || config.truth("bias");
  }

  private static int[] pair(JsonObject config, String name, int otherwise) {
    return config.has(name) ? config.integers(name) : new int[] {otherwise, otherwise};
  }

  private static int integer(JsonObject config, String name, int otherwise) {
    return config.has(name) ? config.integer(name) : otherwise;
  }

  private static double epsilon(JsonObject config, double otherwise) {
    return number(config, "epsilon", otherwise);
  }

  private static double number(JsonObject config, String name, double otherwise) {
    return config.has(name) ? config.number(name) : otherwise;
  }
}
