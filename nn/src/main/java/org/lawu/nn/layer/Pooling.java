package org.lawu.nn.layer;

import org.lawu.io.Config;
import org.lawu.tensor.Window;

/** How the window of a pooling layer is written down. */
final class Pooling {
  private Pooling() {}

  static Config write(Config config, Window window) {
    return config
        .with("size", window.height(), window.width())
        .with("stride", window.strideHeight(), window.strideWidth())
        .with("padding", window.paddingHeight(), window.paddingWidth());
  }

  static Window window(Config config) {
    int[] size = Setting.list(config, "size", 2);
    int[] stride = Setting.list(config, "stride", 2);
    int[] padding = Setting.list(config, "padding", 2);
    return new Window(size[0], size[1], stride[0], stride[1], padding[0], padding[1]);
  }
}
