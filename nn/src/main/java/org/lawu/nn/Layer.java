package org.lawu.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.LawuException;
import org.lawu.io.Config;
import org.lawu.nn.initializer.Initializer;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/**
 * A piece of a network: parameters, other layers, and a computation that uses them. A whole model
 * is a layer too.
 *
 * <p>To write one, register parameters and child layers in the constructor and override {@link
 * #compute}. Callers use {@link #forward}, which runs it and, if something is wrong, adds to the
 * message which layer of the model it was: {@code at encoder.0: linear: last axis must be ...}.
 *
 * <pre>{@code
 * final class Residual extends Layer {
 *   private final Dense dense;
 *
 *   Residual(int size) {
 *     dense = child("dense", new Dense(size, size));
 *   }
 *
 *   @Override
 *   protected Tensor compute(Tensor input, Pass pass) {
 *     return input.add(dense.forward(input, pass).relu());
 *   }
 * }
 * }</pre>
 *
 * <p>A model with several inputs declares a method of its own instead:
 *
 * <pre>{@code
 * final class Recommender extends Layer {
 *   private final Embedding users = child("users", new Embedding(1000, 32));
 *   private final Embedding films = child("films", new Embedding(500, 32));
 *
 *   Tensor forward(Tensor user, Tensor film, Pass pass) {
 *     return users.forward(user, pass).mul(films.forward(film, pass)).sum(-1);
 *   }
 * }
 * }</pre>
 *
 * <p>A pass for inference writes nothing into the layer, so any number of threads may use one model
 * for inference at once. The same layer may be registered in several places; its parameters are
 * then shared and count once.
 *
 * <p>In the run of a {@link Workspace}, as a trainer's steps are, a {@link Sequential} and the
 * models around it give back what their layers computed on the way as soon as the next layer has
 * read it, but for what gradients need. A layer that leaves a tensor for later beside its output,
 * such as for a loss, gives out {@link Workspace#keep} of it. In layers of your own, {@link
 * Workspace#tidy} gives back large intermediate results before the layer ends.
 */
public abstract class Layer {
  /** The name of a layer that another wraps. */
  private static final String WRAPPED = "";

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Initial> initials = new LinkedHashMap<>();
  private final Map<String, Layer> children = new LinkedHashMap<>();

  /** Where the layer was last registered; null for a model, which is nobody's child. */
  private @Nullable Layer parent;

  private String nameInParent = "";

  private volatile @Nullable State state;

  /** What {@link #initialize} sets a parameter to. */
  @FunctionalInterface
  private interface Initial {
    Tensor draw(Philox random);
  }

  /** A layer without parameters or children. */
  protected Layer() {}

  // ---- registration, in the constructor

  /**
   * Registers a trainable FLOAT32 parameter, drawn with a fresh seed.
   *
   * @param name its name in this layer, such as {@code weight}; a saved model holds it under this
   *     name, with the names of the layers around it in front
   * @throws ArgumentException if the name is empty, holds a dot or is taken, or if this layer is
   *     already the child of another
   */
  protected final Parameter parameter(String name, Shape shape, Initializer initializer) {
    checkNew("parameter", name);
    Initial initial = random -> initializer.initialize(shape, random);
    var seed = new Philox(ThreadLocalRandom.current().nextLong());
    Tensor first = Building.firstValue(name, shape, () -> initial.draw(seed));
    return register(name, new Parameter(name, first), initial);
  }

  /**
   * Registers a value that is saved and loaded but not trained, such as a running mean.
   *
   * @throws ArgumentException as {@link #parameter}
   */
  protected final Parameter buffer(String name, Tensor initial) {
    checkNew("buffer", name);
    Building.count(name, initial.shape());
    return register(name, Parameter.buffer(name, initial), random -> initial);
  }

  private Parameter register(String name, Parameter parameter, Initial initial) {
    parameters.put(name, parameter);
    initials.put(name, initial);
    state = null;
    return parameter;
  }

  /**
   * Registers a layer that this one uses, and returns it. A layer registered in several places goes
   * by the last of them in messages, and by the first in the names of parameters.
   *
   * @throws ArgumentException as {@link #parameter}, or if the child contains this layer
   */
  protected final <L extends Layer> L child(String name, L layer) {
    checkNew("child", name);
    return adopt(name, layer);
  }

  /**
   * Registers the one layer that this one wraps, and returns it: its parameters keep the names that
   * they have without the wrapping, and so do messages.
   *
   * @throws ArgumentException if this layer has a parameter or a child already, or is part of the
   *     other
   */
  protected final <L extends Layer> L wrapped(L layer) {
    if (!parameters.isEmpty() || !children.isEmpty() || parent != null) {
      throw new ArgumentException(
          "wrapped: this %s has parts already, or is one; wrap a layer first, and nothing else"
              .formatted(description()));
    }
    return adopt(WRAPPED, layer);
  }

  private <L extends Layer> L adopt(String name, L layer) {
    Layer registered = layer;
    if (registered.contains(this)) {
      throw new ArgumentException(
          "child: %s contains the layer it is added to; a layer cannot be part of itself"
              .formatted(name));
    }
    registered.parent = this;
    registered.nameInParent = name;
    children.put(name, layer);
    state = null;
    return layer;
  }

  @SuppressWarnings("ReferenceEquality") // The very same layer is meant.
  private boolean contains(Layer other) {
    return this == other || children.values().stream().anyMatch(child -> child.contains(other));
  }

  private void checkNew(String kind, String name) {
    if (name.isEmpty() || name.contains(".")) {
      throw new ArgumentException(
          "%s: the name must not be empty or hold a dot, got \"%s\"".formatted(kind, name));
    }
    if (parameters.containsKey(name) || children.containsKey(name)) {
      throw new ArgumentException(
          "%s: the name %s is taken in this %s; choose another"
              .formatted(kind, name, description()));
    }
    if (children.containsKey(WRAPPED)) {
      throw new ArgumentException(
          "%s: this %s wraps a layer, and so has no %s of its own"
              .formatted(kind, description(), name));
    }
    // Layers around this one may have collected its parameters already.
    if (parent != null) {
      throw new ArgumentException(
          "%s: %s comes too late: this %s is already part of another layer; register in the"
                  .formatted(kind, name, description())
              + " constructor");
    }
  }

  // ---- computation

  /**
   * Runs the layer.
   *
   * @param input usually {@code [batch, ...]}; each layer says what it takes
   * @param pass training or inference; hand it on to the layers you call
   * @throws LawuException if the input does not fit, with the place of the layer in front
   */
  public final Tensor forward(Tensor input, Pass pass) {
    return observed(pass, () -> compute(input, pass));
  }

  /**
   * Runs the computation of a layer that takes several inputs as {@link #forward} does: faults say
   * at which layer they arose, and the summary shows the shape.
   *
   * <pre>{@code
   * Tensor forward(Tensor target, Tensor memory, Pass pass) {
   *   return observed(pass, () -> attend(target, memory, pass));
   * }
   * }</pre>
   */
  protected final Tensor observed(Pass pass, Supplier<Tensor> computation) {
    Tensor output = LayerTiming.timed(this, pass, () -> located(computation));
    pass.finished(this, output);
    return output;
  }

  /** Runs a computation, adding the place of this layer to the message of a fault. */
  protected final <T> T located(Supplier<T> computation) {
    try {
      return parent == null ? computation.get() : Autograd.at(this::place, computation);
    } catch (LawuException fault) {
      String place = place();
      throw place.isEmpty() ? fault : Place.named(place, fault);
    }
  }

  /**
   * The computation of this layer, for {@link #forward} to call. It must not write to fields: other
   * threads may be using the layer. (One that does all the same, for one thread to read, writes
   * {@link Workspace#keep} of a tensor: inside a {@link Sequential} its memory is given back.) The
   * default is for layers with several inputs, which have a method of their own, and refuses.
   */
  protected Tensor compute(Tensor input, Pass pass) {
    throw new ArgumentException(
        "forward: %s does not take one input; call its own method, or override compute"
            .formatted(description()));
  }

  /**
   * This layer and the one after it in a {@link Sequential} as one computation, if there is one
   * that takes less time and gives the same; null, the default, if there is none. Whoever observes
   * layers one by one, as a summary does, sees both.
   */
  protected @Nullable BiFunction<Tensor, Pass, Tensor> fused(Layer next) {
    return null;
  }

  /** Runs the layer for inference: nothing is remembered for gradients, dropout is off. */
  public final Tensor predict(Tensor input) {
    return Autograd.noGrad(() -> forward(input, Pass.inference()));
  }

  /** The names from the model, which has none, down to this layer: {@code encoder.0.linear1}. */
  final String place() {
    return parent == null ? "" : LayerTree.join(parent.place(), nameInParent);
  }

  // ---- parameters

  /** What can be found by walking the tree once. */
  private record State(Map<String, Parameter> named, List<Parameter> trained) {}

  private State state() {
    State known = state;
    if (known == null) {
      Map<String, Parameter> named = new LinkedHashMap<>();
      new LayerTree(this)
          .forEach((path, layer) ->
              layer.parameters.forEach(
                  (name, parameter) -> named.put(LayerTree.join(path, name), parameter)));
      // Frozen ones are sorted out when asked for: freezing needs no word to the layers above.
      var trained = named.values().stream().filter(parameter -> !parameter.isBuffer()).toList();
      known = new State(Collections.unmodifiableMap(named), trained);
      state = known;
    }
    return known;
  }

  /**
   * The trainable parameters of this layer and all below it, each once, without frozen ones. Cheap
   * to call.
   */
  public final List<Parameter> parameters() {
    List<Parameter> all = state().trained();
    for (Parameter parameter : all) {
      if (!parameter.isTrainable()) {
        return all.stream().filter(Parameter::isTrainable).toList();
      }
    }
    return all;
  }

  /**
   * Takes this layer and all below it out of training, until {@link #unfreeze}: their parameters
   * get no gradient, no optimizer changes them, and backpropagation goes no deeper than it must.
   * Frozen batch normalization normalizes by its running moments, and leaves them, in training
   * passes too; dropout goes on dropping in them. What is shared is frozen wherever it is used.
   * Saving and loading take no notice.
   *
   * <pre>{@code
   * backbone.freeze();
   * var model = Sequential.of(backbone, new Dense(512, 10));
   * }</pre>
   *
   * @return this layer
   */
  public final Layer freeze() {
    namedParameters().values().forEach(Parameter::freeze);
    return this;
  }

  /**
   * Lets this layer and all below it be trained again.
   *
   * @return this layer
   */
  public final Layer unfreeze() {
    namedParameters().values().forEach(Parameter::unfreeze);
    return this;
  }

  /**
   * The parameters and buffers of this layer and all below it by full name, such as {@code
   * encoder.0.weight}: a layer's own first, then its children's, in the order of registration. What
   * is shared is listed once. The names are PyTorch's where the layers are.
   */
  public final Map<String, Parameter> namedParameters() {
    return state().named();
  }

  /** The number of trainable numbers, without frozen ones. */
  public final long parameterCount() {
    return parameters().stream().mapToLong(parameter -> parameter.shape().elements()).sum();
  }

  /** The registered layers by name, without those inside them. */
  public final Map<String, Layer> children() {
    return Collections.unmodifiableMap(children);
  }

  /** The parameters and buffers registered in this very layer. */
  final Map<String, Parameter> ownParameters() {
    return parameters;
  }

  /**
   * Draws every parameter of the model anew, each from a generator split off the given one, and
   * sets buffers back; the same seed gives the same model.
   *
   * @return this layer
   */
  public Layer initialize(Philox random) {
    new LayerTree(this)
        .forEach((path, layer) ->
            layer.initials.forEach((name, initial) -> {
              Parameter parameter = layer.parameters.get(name);
              if (parameter != null) {
                parameter.set(initial.draw(random.split()));
              }
            }));
    return this;
  }

  // ---- summary

  /**
   * A table of the layers with their output shapes and parameter counts, found by running one
   * FLOAT32 example.
   *
   * @param inputSizes the sizes of one example, without the batch: {@code summary(28, 28)}
   */
  public final String summary(int... inputSizes) {
    return summary(Shape.of(inputSizes), DType.FLOAT32);
  }

  /**
   * A table of the layers for a model whose input has a type of its own, such as INT32 tokens:
   * {@code summary(Shape.of(128), DType.INT32)}.
   *
   * @param example the shape of one example, without the batch
   */
  public final String summary(Shape example, DType dtype) {
    Tensor input = Tensor.zeros(example.insert(0, 1), dtype);
    return summary(pass -> forward(input, pass));
  }

  /**
   * A table of the layers for a model with several inputs: {@code summary(pass ->
   * model.forward(user, film, pass))}.
   *
   * @param run runs the model once with the pass it is given, which records the shapes
   */
  public final String summary(Function<Pass, Tensor> run) {
    return Summary.of(this, run);
  }

  // ---- files

  /**
   * Writes all parameters and buffers as safetensors, under the names of {@link #namedParameters},
   * which PyTorch's loaders read as a state dict.
   *
   * @throws IOException if the file cannot be written
   */
  public final void save(Path file) throws IOException {
    StateFile.save(this, file);
  }

  /**
   * Writes all parameters and buffers as {@link #save}, in several files with an index, which
   * appears when all of them are complete; see {@link org.lawu.io.Safetensors#writeSharded}.
   *
   * @param index a path that ends with {@code .safetensors.index.json}
   * @param shardBytes the bytes of parameters that a file may hold
   * @throws ArgumentException if the path or the number of bytes is not as said
   * @throws IOException if a file cannot be written
   */
  public final void saveSharded(Path index, long shardBytes) throws IOException {
    StateFile.saveSharded(this, index, shardBytes);
  }

  /**
   * Reads all parameters and buffers from a safetensors file, or from a set of them given its index
   * ({@code model.safetensors.index.json}), as {@link #save} or PyTorch wrote it.
   *
   * <p>F16, BF16 and F32 become FLOAT32 exactly. F64 is rounded to the nearest FLOAT32, and beyond
   * its range to infinity. Whole numbers are refused, but for a count that a layer keeps.
   *
   * @throws IOException if the file cannot be read
   * @throws org.lawu.error.FormatException if it is no such file, or if names are missing,
   *     unexpected or of another shape: all of them are listed, and the model stays as it was
   */
  public final void load(Path file) throws IOException {
    load(file, Loading.standard());
  }

  /**
   * Reads parameters and buffers as {@link #load(Path)}, matching names as asked for, such as a
   * part of them: {@code load(file, Loading.standard().partial())}.
   *
   * @return what was loaded, and what was not
   * @throws IOException if the file cannot be read
   * @throws org.lawu.error.FormatException if it is no such file, does not fit as asked for, or
   *     nothing in it fits; the model stays as it was
   */
  public final LoadReport load(Path file, Loading loading) throws IOException {
    return StateFile.load(this, file, loading);
  }

  // ---- written down

  /**
   * What the layer was constructed with, without its parameters: {@code kind}, and what {@link
   * Layers} needs to make another. A layer of your own overrides it, and has a factory in {@link
   * Layers#with}.
   *
   * <pre>{@code
   * @Override
   * public Config config() {
   *   return Config.of("kind", "Scale").with("size", size);
   * }
   * }</pre>
   *
   * <p>The default refuses. To write a whole model down use {@link Layers#describe}, which checks
   * that the same model comes of it.
   *
   * @throws ArgumentException if the layer, or one inside it, cannot be written down
   */
  public Config config() {
    throw new ArgumentException(
        "config: %s cannot be written down; override config() in it, and register the kind with"
                .formatted(getClass().getName())
            + " Layers.with");
  }

  // ---- as text

  /** This layer alone on one line, with its settings: {@code Dense(784, 128)}. */
  protected String description() {
    String name = getClass().getSimpleName();
    return name.isEmpty() ? "Layer" : name;
  }

  /** The line of {@link #description} for the table of the model. */
  final String line() {
    return description();
  }

  /** The description, and below it those of the layers inside. */
  @Override
  public String toString() {
    if (children.isEmpty()) {
      return description();
    }
    var text = new StringBuilder(description()).append("(\n");
    children.forEach((name, child) ->
        text.append("  ")
            .append(name.isEmpty() ? "" : name + ": ")
            .append(child.toString().replace("\n", "\n  "))
            .append('\n'));
    return text.append(')').toString();
  }
}
