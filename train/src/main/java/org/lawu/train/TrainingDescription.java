package org.lawu.train;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Batch;
import org.lawu.data.Dataset;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.optim.Optimizer;
import org.lawu.tensor.Tensor;

/**
 * All that must be the same for a training to go on from a checkpoint, as words by name: model,
 * optimizer, settings and data. What follows from them, and the number of epochs, is left out. The
 * words are in checkpoints, so they stay as they are; {@link Fit#described} has its own.
 */
final class TrainingDescription {
  private static final String FORMAT = "1";
  private static final String OPTIMIZER = "optimizer";
  private static final String NEW_OPTIMIZER = "new optimizer";
  private static final Pattern LEARNING_RATE = Pattern.compile("learningRate=[^,\\]]*");

  /** How many records of a data set are looked at. */
  private static final int SAMPLE = 32;

  private final Map<String, String> entries;

  private TrainingDescription(Map<String, String> entries) {
    this.entries = entries;
  }

  static TrainingDescription of(Config config) {
    Map<String, String> entries = new LinkedHashMap<>();
    config.names().forEach(name -> entries.put(name, config.string(name)));
    return new TrainingDescription(entries);
  }

  static TrainingDescription of(Trainer trainer, Fit settings, long seed, List<Callback> stateful) {
    var description = new TrainingDescription(new LinkedHashMap<>());
    description.put("checkpoint format", FORMAT);
    description.add(trainer.model());
    description.put("loss", trainer.loss());
    description.put("metrics", trainer.metrics().stream().map(metric -> metric.name()).toList());
    description.add(trainer.optimizer(), trainer.model());
    description.add(settings);
    description.put("seed", seed);
    for (int i = 0; i < stateful.size(); i++) {
      description.put("callback with state " + (i + 1), stateful.get(i));
    }
    return description;
  }

  private void add(Layer model) {
    List<String> lines = model.toString().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      put("model, line " + (i + 1), lines.get(i).strip());
    }
    model
        .namedParameters()
        .forEach((name, parameter) ->
            put("model, " + name, parameter.dtype() + " " + parameter.shape()));
  }

  /** Learning rates change, so they are compared only before the first step of an optimizer. */
  private void add(Optimizer optimizer, Layer model) {
    put(OPTIMIZER, LEARNING_RATE.matcher(optimizer.toString()).replaceAll("learningRate=..."));
    if (optimizer.state(model.namedParameters()).tensors().isEmpty()) {
      put(NEW_OPTIMIZER, optimizer);
    }
  }

  private void add(Fit settings) {
    put("length", settings.steps() > 0 ? settings.steps() + " steps" : "epochs");
    put("batch size", settings.batchSize());
    put("batches in a step", settings.accumulate());
    put("shuffle", settings.shuffle());
    put("validation split", settings.validationSplit());
    put("limit of values", settings.clipValue());
    put("limit of the norm", settings.clipNorm());
    put("schedule", settings.schedule());
    put("penalty", settings.penalty());
    put("limit of weights", settings.maxNorm());
    put("weight average", settings.average());
    put("class weights", settings.classWeights());
  }

  /** The same with the data, of which some records are read; null is a pipeline, or none. */
  TrainingDescription with(@Nullable Dataset training, @Nullable Dataset validation) {
    var description = new TrainingDescription(new LinkedHashMap<>(entries));
    description.put("training data", training == null ? "a pipeline" : text(training));
    description.put("validation data", validation == null ? null : text(validation));
    return description;
  }

  private void put(String name, @Nullable Object value) {
    entries.put(name, value == null ? "none" : Text.of(value));
  }

  /** The number of records, their shapes, and a checksum of some labels. */
  private static String text(Dataset dataset) {
    int size = dataset.size();
    int[] sample =
        IntStream.range(0, Math.min(SAMPLE, size))
            .map(i -> (int) ((long) i * size / Math.min(SAMPLE, size)))
            .toArray();
    Batch batch = dataset.batch(sample);
    var sum = new CRC32C();
    sum.update(Arrays.toString(batch.labels().toDoubleArray()).getBytes(StandardCharsets.UTF_8));
    return "%d records, features %s, labels %s, of some labels the checksum %08x"
        .formatted(size, record(batch.features()), record(batch.labels()), sum.getValue());
  }

  private static String record(Tensor tensor) {
    return tensor.dtype() + " " + tensor.shape().slice(1, tensor.rank());
  }

  /** What differs, a line each; empty if the training can go on from the checkpoint. */
  List<String> differences(TrainingDescription checkpoint) {
    Set<String> names = new LinkedHashSet<>(checkpoint.entries.keySet());
    names.addAll(entries.keySet());
    boolean bothNew =
        entries.containsKey(NEW_OPTIMIZER) && checkpoint.entries.containsKey(NEW_OPTIMIZER);
    // With the learning rate where it can be compared, and without it elsewhere.
    names.remove(bothNew ? OPTIMIZER : NEW_OPTIMIZER);
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String there = checkpoint.entries.getOrDefault(name, "nothing");
      String here = entries.getOrDefault(name, "nothing");
      if (!there.equals(here)) {
        differences.add(
            "%s: the checkpoint has %s, this training %s"
                .formatted(name.equals(NEW_OPTIMIZER) ? OPTIMIZER : name, there, here));
      }
    }
    return differences;
  }

  Config config() {
    Config config = Config.empty();
    for (var entry : entries.entrySet()) {
      config = config.with(entry.getKey(), entry.getValue());
    }
    return config;
  }
}
