package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layers;
import org.lawu.train.model.Preprocessings;
import org.lawu.train.model.SavedModel;

/** Finds the model that a command names. */
final class SavedModels {
  private SavedModels() {}

  /** Reads a file, or the one that an example has put into a folder. */
  static SavedModel read(Path path, Preprocessings preprocessings) throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(SaveOptions.FILE) : path;
    if (!Files.exists(file)) {
      throw new ArgumentException(
          "there is no model %s; make one with ./lawu run NAME --save DIR".formatted(file));
    }
    return SavedModel.load(file, Layers.standard(), preprocessings);
  }
}
