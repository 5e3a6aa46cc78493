package org.lawu.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.error.LawuException;
import org.lawu.io.Config;
import org.lawu.io.StoredTensors;
import org.lawu.tensor.Shape;

/**
 * The kinds of layers that can be built from what is written about them. {@link #standard} knows
 * all layers and models of Lawu; layers of your own are added. Immutable.
 *
 * <pre>{@code
 * Layers layers = Layers.standard().with("Scale", Scale::of);
 * Config config = layers.describe(model); // {"kind":"Sequential","layers":[...]}
 * Layer same = layers.build(config);      // with weights of its own
 * }</pre>
 */
public final class Layers {
  private final Map<String, BiFunction<Config, Layers, ? extends Layer>> factories;

  private Layers(Map<String, BiFunction<Config, Layers, ? extends Layer>> factories) {
    this.factories = factories;
  }

  static Layers none() {
    return new Layers(Map.of());
  }

  /** All layers and models of Lawu, by the simple names of their classes. */
  public static Layers standard() {
    return StandardLayers.all();
  }

  /**
   * With one more kind.
   *
   * @param kind what the layer's {@link Layer#config} has as {@code kind}
   * @param factory makes a layer from its config
   * @throws ArgumentException if the kind is taken
   */
  public Layers with(String kind, Function<Config, ? extends Layer> factory) {
    return withContainer(kind, (config, layers) -> factory.apply(config));
  }

  /**
   * With one more kind that holds other layers.
   *
   * @param factory makes a layer from its config, and the layers inside with the kinds it is given
   * @throws ArgumentException if the kind is taken
   */
  public Layers withContainer(String kind, BiFunction<Config, Layers, ? extends Layer> factory) {
    if (factories.containsKey(kind)) {
      throw new ArgumentException(
          "layers: the kind %s is taken; give yours another name".formatted(kind));
    }
    Map<String, BiFunction<Config, Layers, ? extends Layer>> more = new LinkedHashMap<>(factories);
    more.put(kind, factory);
    return new Layers(more);
  }

  // ---- from config to layer

  /**
   * Makes a layer, with parameters drawn anew.
   *
   * @throws FormatException if the config is not of a known kind or does not fit it; the message
   *     names the place
   */
  public Layer build(Config config) {
    String kind = config.string("kind");
    var factory = factories.get(kind);
    if (factory == null) {
      throw new FormatException(
          "%s: there is no kind of layer \"%s\"; add one of your own with Layers.with"
              .formatted(config.source(), kind));
    }
    Layer layer;
    try {
      layer = factory.apply(config, this);
    } catch (FormatException fault) {
      throw placed(config, fault);
    } catch (LawuException | ArithmeticException fault) {
      throw new FormatException("%s: %s".formatted(config.source(), fault.getMessage()), fault);
    }
    checkNames(config, layer.config().names());
    return layer;
  }

  /**
   * Makes a layer that must be of one class.
   *
   * @throws FormatException as {@link #build(Config)}, or if it is of another class
   */
  public <L extends Layer> L build(Config config, Class<L> type) {
    Layer layer = build(config);
    if (!type.isInstance(layer)) {
      throw new FormatException(
          "%s: must be of kind %s, not %s"
              .formatted(config.source(), type.getSimpleName(), config.string("kind")));
    }
    return type.cast(layer);
  }

  private static FormatException placed(Config config, FormatException fault) {
    String message = String.valueOf(fault.getMessage());
    return message.startsWith(config.source())
        ? fault
        : new FormatException("%s: %s".formatted(config.source(), message), fault);
  }

  /** A setting that is not read would be a model that is not the one written. */
  private static void checkNames(Config config, Set<String> known) {
    for (String name : config.names()) {
      if (!known.contains(name)) {
        throw new FormatException(
            "%s: a %s has no \"%s\"; it has %s"
                .formatted(config.source(), config.string("kind"), name, known));
      }
    }
  }

  /**
   * Makes a model with weights from a file. What the config asks for is checked against them before
   * memory is allocated for it, so both may be an attacker's.
   *
   * @param file the name of the file in messages
   * @param weights all parameters and buffers of the model, by full name
   * @throws FormatException if the config does not fit a kind, or the weights do not fit the model
   * @throws IOException if the weights cannot be read
   */
  public Layer restore(Config config, Path file, StoredTensors weights) throws IOException {
    Set<String> names = weights.names();
    long elements = names.stream().mapToLong(name -> weights.shape(name).elements()).sum();
    Layer model = Building.within(names.size(), elements, () -> build(config));
    StateFile.load(model, file, weights, Loading.standard());
    return model;
  }

  // ---- from layer to config

  /**
   * Writes a model down, and checks that the same comes of it: parameters and buffers of the same
   * names and shapes.
   *
   * @throws ArgumentException if a layer cannot be written down, its kind is not known here, or
   *     what is written makes another model, as when layers in different places are one
   */
  public Config describe(Layer model) {
    Config config = model.config();
    Layer again;
    try {
      // As text, so that it is known to be read again.
      Config read = Config.parse("architecture", config.toString());
      again = Building.within(Long.MAX_VALUE, Long.MAX_VALUE, () -> build(read));
    } catch (FormatException fault) {
      var refusal = new ArgumentException("describe: " + fault.getMessage());
      refusal.initCause(fault);
      throw refusal;
    }
    Map<String, Shape> expected = shapes(model);
    Map<String, Shape> present = shapes(again);
    if (!expected.equals(present)) {
      Set<String> different = new TreeSet<>();
      expected.forEach((name, shape) -> {
        if (!Objects.equals(shape, present.get(name))) {
          different.add(name);
        }
      });
      present.keySet().stream().filter(name -> !expected.containsKey(name)).forEach(different::add);
      throw new ArgumentException(
          ("describe: what is written makes another model, which differs in %s; a layer may be in"
                  + " several places of one Sequential, but not elsewhere, and every config() must"
                  + " be complete")
              .formatted(different));
    }
    return config;
  }

  private static Map<String, Shape> shapes(Layer model) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    model.namedParameters().forEach((name, parameter) -> shapes.put(name, parameter.shape()));
    return shapes;
  }
}
