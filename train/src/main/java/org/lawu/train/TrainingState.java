package org.lawu.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Dataset;
import org.lawu.error.FormatException;
import org.lawu.io.Config;
import org.lawu.io.SafetensorsFile;
import org.lawu.nn.Layer;
import org.lawu.optim.Optimizer;
import org.lawu.optim.WeightAverage;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Tensor;

/** Makes checkpoints of all that changes in a training, and takes them up. */
final class TrainingState {
  /** The place in an epoch; missing between two. */
  static final String WITHIN = "within";

  private static final String SETTINGS = "settings";
  private static final String SOURCE = "checkpoint";

  private final Layer model;
  private final Optimizer optimizer;
  private final @Nullable WeightAverage average;
  private final Fit settings;
  private final Dataset data;
  private final @Nullable Dataset validation;

  /** The callbacks that remember something. */
  private final List<Callback> stateful;

  /** Of the start, when the optimizer may be new; null where nobody can ask for a checkpoint. */
  private final @Nullable TrainingDescription start;

  /** The same with the data, once it is needed. */
  private @Nullable TrainingDescription description;

  TrainingState(
      Trainer trainer, Fit settings, long seed, Dataset data, @Nullable Dataset validation) {
    this.model = trainer.model();
    this.optimizer = trainer.optimizer();
    this.average = settings.average();
    this.settings = settings;
    this.data = data;
    this.validation = validation;
    this.stateful =
        settings.callbacks().stream().filter(callback -> callback.state() != null).toList();
    this.start =
        settings.callbacks().isEmpty() && settings.resume() == null
            ? null
            : TrainingDescription.of(trainer, settings, seed, stateful);
  }

  private TrainingDescription description() {
    TrainingDescription known = description;
    if (known == null) {
      if (start == null) {
        throw new IllegalStateException("a training without callbacks has no checkpoints");
      }
      known = start.with(data, validation);
      description = known;
    }
    return known;
  }

  // ---- taking

  /** The place within an epoch. */
  static Config within(int batches, double seconds, Tally tally) {
    return Config.empty()
        .with("batches", batches)
        .with("seconds", seconds)
        .with("tally", tally.state());
  }

  /**
   * A checkpoint.
   *
   * @param order where the order of the present epoch is drawn from, or after one that of the next
   * @param pass where the next batch draws from
   * @param within the place in the epoch, or null after one
   */
  Checkpoint capture(
      Training training, Philox.State order, Philox.State pass, @Nullable Config within) {
    Map<String, Parameter> parameters = model.namedParameters();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> tensors.put("model." + name, parameter.value().detach()));
    List<String> frozen = new ArrayList<>();
    parameters.forEach((name, parameter) -> {
      if (parameter.isFrozen()) {
        frozen.add(name);
      }
    });
    SafetensorsFile optimizerState = optimizer.state(parameters);
    put(tensors, "optimizer.", optimizerState.tensors());
    Config values =
        training
            .state()
            .with(SETTINGS, description().config())
            .with("order", config(order))
            .with("pass", config(pass))
            .withStrings("frozen", frozen)
            .with("optimizer", config(optimizerState.metadata()));
    if (average != null) {
      SafetensorsFile averages = average.state();
      put(tensors, "average.", averages.tensors());
      values = values.with("average", config(averages.metadata()));
    }
    List<Config> callbacks = new ArrayList<>();
    for (int i = 0; i < stateful.size(); i++) {
      Callback.State state = stateful.get(i).state();
      callbacks.add(state == null ? Config.empty() : state.values());
      put(tensors, prefix(i), state == null ? Map.of() : state.tensors());
    }
    values = values.withList("callbacks", callbacks);
    return new Checkpoint(within == null ? values : values.with(WITHIN, within), tensors);
  }

  private static void put(Map<String, Tensor> all, String prefix, Map<String, Tensor> some) {
    some.forEach((name, tensor) -> all.put(prefix + name, tensor));
  }

  private static String prefix(int callback) {
    return "callback.%d.".formatted(callback);
  }

  private static Config config(Philox.State state) {
    return Config.empty().with("seed", state.seed()).with("position", state.position());
  }

  private static Config config(Map<String, String> metadata) {
    Config config = Config.empty();
    for (var entry : metadata.entrySet()) {
      config = config.with(entry.getKey(), entry.getValue());
    }
    return config;
  }

  // ---- taking up

  /** A generator where a checkpoint has it. */
  static Philox random(Checkpoint checkpoint, String name) {
    Config state = checkpoint.values().config(name);
    return new Philox(new Philox.State(state.longInteger("seed"), state.longInteger("position")));
  }

  /**
   * Sets model, optimizer and averages as they were; all is checked before the first is set.
   *
   * @throws FormatException if the checkpoint is of another training, with all that differs
   */
  void restore(Checkpoint checkpoint) {
    Config values = checkpoint.values();
    List<String> differences =
        new ArrayList<>(description().differences(TrainingDescription.of(values.config(SETTINGS))));
    int ended = values.configs("history").size();
    if (settings.steps() == 0 && ended > settings.epochs()) {
      differences.add(
          "epochs: the checkpoint has %d, this training only %d"
              .formatted(ended, settings.epochs()));
    }
    if (!differences.isEmpty()) {
      throw new FormatException(
          ("fit: the newest checkpoint in %s is of another training; nothing was changed. Train as"
                  + " it was trained, or choose another folder:\n  %s")
              .formatted(settings.resume(), String.join("\n  ", differences)));
    }
    Map<String, Parameter> parameters = model.namedParameters();
    Map<String, Tensor> found = checkpoint.tensors("model.");
    optimizer.restore(SOURCE, state(checkpoint, "optimizer"), parameters);
    if (average != null) {
      average.restore(SOURCE, state(checkpoint, "average"));
    }
    List<String> frozen = values.strings("frozen");
    found.forEach((name, value) -> {
      Parameter parameter = parameters.get(name);
      if (parameter == null) {
        throw new FormatException("%s: unexpected %s".formatted(SOURCE, name));
      }
      parameter.set(value);
      if (frozen.contains(name)) {
        parameter.freeze();
      } else {
        parameter.unfreeze();
      }
    });
  }

  private static SafetensorsFile state(Checkpoint checkpoint, String name) {
    Config config = checkpoint.values().config(name);
    Map<String, String> metadata = new LinkedHashMap<>();
    config.names().forEach(key -> metadata.put(key, config.string(key)));
    return new SafetensorsFile(checkpoint.tensors(name + "."), metadata);
  }

  /** Gives every callback back what it remembered. */
  void restoreCallbacks(Checkpoint checkpoint) {
    List<Config> states = checkpoint.values().configs("callbacks");
    for (int i = 0; i < stateful.size(); i++) {
      stateful.get(i).restore(new Callback.State(states.get(i), checkpoint.tensors(prefix(i))));
    }
  }
}
