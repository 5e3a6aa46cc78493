package org.lawu.train.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.lawu.data.Dataset;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.tensor.Backend;
import org.lawu.train.Evaluation;
import org.lawu.train.Fit;
import org.lawu.train.History;
import org.lawu.train.Trainer;

/**
 * Where a model comes from: the versions of Lawu and Java, and what it takes to train it again and
 * to see that it is the same: loss, optimizer, settings and seed, the fingerprint of the data, and
 * how the training went. Immutable.
 *
 * <pre>{@code
 * var provenance =
 *     Provenance.of(trainer, settings, history)
 *         .data("training", mnist.train())
 *         .evaluation("test", trainer.evaluate(mnist.test()));
 * }</pre>
 *
 * <p>It holds no time unless one is given to {@link #created}, so that the same training writes the
 * same bytes.
 */
public final class Provenance {
  private static final String SECONDS = "seconds";

  private final Config versions;
  private final Config run;
  private final Map<String, DataRecord> data;
  private final Map<String, Config> evaluations;
  private final Map<String, String> notes;

  private Provenance(
      Config versions,
      Config run,
      Map<String, DataRecord> data,
      Map<String, Config> evaluations,
      Map<String, String> notes) {
    this.versions = versions;
    this.run = run;
    this.data = data;
    this.evaluations = evaluations;
    this.notes = notes;
  }

  /** The versions alone. */
  public static Provenance none() {
    Config versions =
        Config.of("lawu", Backend.version()).with("java", Runtime.version().toString());
    return new Provenance(versions, Config.empty(), Map.of(), Map.of(), Map.of());
  }

  /** Of a model that {@link Trainer#fit} has trained. */
  public static Provenance of(Trainer trainer, Fit settings, History history) {
    Config run =
        with(Config.empty().with("seed", history.seed()), trainer.described())
            .with("settings", with(Config.empty(), settings.described()))
            .with("history", history(history));
    Provenance none = none();
    return new Provenance(none.versions, run, none.data, none.evaluations, none.notes);
  }

  private static Config with(Config start, Map<String, Object> values) {
    Config config = start;
    for (var entry : values.entrySet()) {
      String name = entry.getKey();
      config =
          switch (entry.getValue()) {
            case Integer number -> config.with(name, number);
            case Double number -> config.with(name, number);
            case Boolean truth -> config.with(name, truth);
            case Object other -> config.with(name, other.toString());
          };
    }
    return config;
  }

  /** Without the seconds, which are others each time. */
  private static Config history(History history) {
    Config config = Config.empty();
    for (String name : history.names()) {
      if (!name.equals(SECONDS)) {
        config = config.with(name, history.values(name));
      }
    }
    return config;
  }

  private static <T> Map<String, T> more(String what, Map<String, T> some, String name, T value) {
    Map<String, T> more = new LinkedHashMap<>(some);
    if (more.put(name, value) != null) {
      throw new ArgumentException(
          "provenance: there is %s named %s already; give this another name".formatted(what, name));
    }
    return more;
  }

  /**
   * With the fingerprint of data, all of which is read for it.
   *
   * @param name such as {@code training}
   * @throws ArgumentException if the name is taken
   */
  public Provenance data(String name, Dataset dataset) {
    return new Provenance(
        versions, run, more("data", data, name, DataRecord.of(dataset)), evaluations, notes);
  }

  /**
   * With how the model did on data.
   *
   * @param name such as {@code test}
   * @throws ArgumentException if the name is taken
   */
  public Provenance evaluation(String name, Evaluation evaluation) {
    Config values = Config.empty().with("records", evaluation.records());
    for (var value : evaluation.values().entrySet()) {
      values = values.with(value.getKey(), value.getValue());
    }
    return new Provenance(
        versions, run, data, more("an evaluation", evaluations, name, values), notes);
  }

  /**
   * With a note, such as {@code note("command", "./lawu run iris")}.
   *
   * @throws ArgumentException if the name is taken
   */
  public Provenance note(String name, String text) {
    return new Provenance(versions, run, data, evaluations, more("a note", notes, name, text));
  }

  /**
   * With the time at which the model was made, which makes its bytes others each time.
   *
   * @throws ArgumentException if there is one
   */
  public Provenance created(Instant time) {
    return note("created", time.toString());
  }

  // ---- what is known

  /** The version of Lawu that the model was saved with. */
  public String lawuVersion() {
    return versions.string("lawu");
  }

  /** The version of Java that the model was saved with. */
  public String javaVersion() {
    return versions.string("java");
  }

  /** The seed of the training, if that is known. */
  public OptionalLong seed() {
    return run.has("seed") ? OptionalLong.of(run.longInteger("seed")) : OptionalLong.empty();
  }

  /**
   * Loss, optimizer, seed, settings and history of the training as they are written; empty if they
   * are not known.
   */
  public Config run() {
    return run;
  }

  /** The fingerprints of the data by name. */
  public Map<String, DataRecord> data() {
    return Map.copyOf(data);
  }

  /** The notes by name. */
  public Map<String, String> notes() {
    return Map.copyOf(notes);
  }

  // ---- written and read

  /** All of it. */
  public Config config() {
    Config dataConfig = Config.empty();
    for (var entry : data.entrySet()) {
      dataConfig = dataConfig.with(entry.getKey(), entry.getValue().config());
    }
    Config evaluationConfig = Config.empty();
    for (var entry : evaluations.entrySet()) {
      evaluationConfig = evaluationConfig.with(entry.getKey(), entry.getValue());
    }
    Config noteConfig = Config.empty();
    for (var entry : notes.entrySet()) {
      noteConfig = noteConfig.with(entry.getKey(), entry.getValue());
    }
    return Config.empty()
        .with("versions", versions)
        .with("run", run)
        .with("data", dataConfig)
        .with("evaluations", evaluationConfig)
        .with("notes", noteConfig);
  }

  /**
   * Reads what {@link #config} wrote.
   *
   * @throws org.lawu.error.FormatException if it is not that
   */
  public static Provenance of(Config config) {
    Map<String, DataRecord> data = new LinkedHashMap<>();
    Config dataConfig = config.config("data");
    dataConfig.names().forEach(name -> data.put(name, DataRecord.of(dataConfig.config(name))));
    Map<String, Config> evaluations = new LinkedHashMap<>();
    Config evaluationConfig = config.config("evaluations");
    evaluationConfig.names().forEach(name -> evaluations.put(name, evaluationConfig.config(name)));
    Map<String, String> notes = new LinkedHashMap<>();
    Config noteConfig = config.config("notes");
    noteConfig.names().forEach(name -> notes.put(name, noteConfig.string(name)));
    Config versions = config.config("versions");
    var provenance = new Provenance(versions, config.config("run"), data, evaluations, notes);
    // All that is read later is looked at now, so that a fault is found here.
    provenance.lines();
    return provenance;
  }

  // ---- as text

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("saved with    Lawu %s, Java %s".formatted(lawuVersion(), javaVersion()));
    notes.forEach((name, text) -> lines.add("%-13s %s".formatted(name, text)));
    if (run.has("seed")) {
      lines.add("seed          " + run.longInteger("seed"));
      lines.add("loss          " + run.string("loss"));
      lines.add("optimizer     " + run.string("optimizer"));
      lines.add("settings      " + settingsText(run.config("settings")));
    }
    data.forEach((name, print) -> lines.add("%-13s %s".formatted(name + " data", print)));
    if (run.has("history")) {
      Config history = run.config("history");
      for (String name : history.names()) {
        lines.add("%-13s %s".formatted(name, course(history.numbers(name))));
      }
    }
    evaluations.forEach((name, values) ->
        values.names().stream()
            .filter(value -> !value.equals("records"))
            .forEach(value ->
                lines.add("%-13s %s".formatted(name + " " + value, number(values.number(value))))));
    return lines;
  }

  private static String settingsText(Config settings) {
    return settings.toString().replaceAll("[{}\"]", "").replace(":", " ").replace(",", ", ");
  }

  /** The first and the last of the numbers, and how many there are. */
  private static String course(double[] values) {
    if (values.length == 0) {
      return "none";
    }
    return values.length == 1
        ? number(values[0])
        : "%s to %s in %d epochs"
            .formatted(number(values[0]), number(values[values.length - 1]), values.length);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A line for each thing that is known. */
  @Override
  public String toString() {
    return String.join("\n", lines());
  }
}
