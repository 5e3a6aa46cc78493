package org.lawu.nn;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How {@link Layer#load(java.nio.file.Path, Loading)} matches the names in a file with a model's.
 * Immutable; each method returns another.
 *
 * <pre>{@code
 * // All but the head, whose number of classes differs:
 * LoadReport report = model.load(file, Loading.standard().partial());
 * // The encoder alone, out of a file of a whole model:
 * encoder.load(file, Loading.standard().prefix("encoder."));
 * // A file of other names:
 * model.load(file, Loading.standard().rename(name -> name.replace("gamma", "weight")));
 * }</pre>
 */
public final class Loading {
  private final boolean partial;
  private final String prefix;
  private final UnaryOperator<String> names;

  private Loading(boolean partial, String prefix, UnaryOperator<String> names) {
    this.partial = partial;
    this.prefix = prefix;
    this.names = names;
  }

  /** The file and the model have the same names, shapes and kinds of number, or all is refused. */
  public static Loading standard() {
    return new Loading(false, "", UnaryOperator.identity());
  }

  /**
   * What fits by name, shape and kind of number is loaded, the rest left as it is and reported. A
   * file of which nothing fits is refused: its names want a {@link #prefix} or {@link #rename}.
   */
  public Loading partial() {
    return new Loading(true, prefix, names);
  }

  /**
   * Only the tensors whose names begin so, which is then taken off; the others are as if the file
   * did not have them.
   */
  public Loading prefix(String beginning) {
    return new Loading(partial, beginning, names);
  }

  /** The model's name for each of the file's, whose prefix is off already; for others itself. */
  public Loading rename(UnaryOperator<String> modelName) {
    return new Loading(partial, prefix, modelName);
  }

  boolean isPartial() {
    return partial;
  }

  /** The model's name of a tensor in the file; null if it is left out. */
  @Nullable String nameInModel(String name) {
    return name.startsWith(prefix) ? names.apply(name.substring(prefix.length())) : null;
  }
}
