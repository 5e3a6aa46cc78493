package org.lawu.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lawu.data.Batch;
import org.lawu.data.Cursor;
import org.lawu.data.Dataset;
import org.lawu.data.Pipeline;
import org.lawu.error.ArgumentException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.optim.WeightAverage;
import org.lawu.random.Philox;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Workspace;

/** One training from start, or from a checkpoint, to end. */
final class TrainingLoop {
  /**
   * Where in a seed's sequence training begins: far behind what a model draws that is initialised
   * with the same seed.
   */
  private static final long TRAINING_POSITION = 1L << 62;

  private final Trainer trainer;
  private final Layer model;
  private final Fit settings;
  private final @Nullable Checkpoint resumed;
  private final TrainingData data;
  private final @Nullable Dataset validation;
  private final Pipeline<Batch> batches;
  private final Philox orderRandom;
  private final Philox passRandom;
  private final Pass pass;
  private final BatchLoss loss;
  private final Training training;
  private final TrainingSteps steps;
  private final TrainingState state;
  private final Workspace workspace = new Workspace();

  /**
   * Checks everything, and takes up the checkpoint if there is one.
   *
   * @param source makes the data, with a generator to split them by
   */
  TrainingLoop(Trainer trainer, Function<Philox, TrainingData> source, Fit settings) {
    this.trainer = trainer;
    this.model = trainer.model();
    this.settings = settings;
    this.resumed = checkpoint(settings);
    this.loss = new BatchLoss(trainer.loss(), settings.classWeights());

    long seed = settings.seed().orElseGet(() -> seed(resumed));
    var random = new Philox(new Philox.State(seed, TRAINING_POSITION));
    Philox splitRandom = random.split();
    Philox order = random.split();
    Philox dropout = random.split();

    this.data = source.apply(splitRandom);
    this.validation = data.validation();
    if (model.parameters().isEmpty() && resumed == null) {
      throw new ArgumentException(
          "fit: the model has no parameters to train; if it is frozen, unfreeze() what is to learn");
    }
    data.check(trainer, settings);

    this.state = new TrainingState(trainer, settings, seed, data);
    if (resumed != null) {
      state.restore(resumed);
      order = TrainingState.random(resumed, "order");
      dropout = TrainingState.random(resumed, "pass");
    }
    this.orderRandom = order;
    this.passRandom = dropout;
    this.pass = Pass.training(passRandom);
    this.batches = data.batches(settings, orderRandom);
    this.training =
        new Training(trainer, settings, seed, epochs(settings, batches.knownSize()), names());
    if (resumed != null) {
      training.resume(resumed);
    }
    this.steps = new TrainingSteps(model, trainer.optimizer(), settings, training.steps());
  }

  private static @Nullable Checkpoint checkpoint(Fit settings) {
    if (settings.resume() == null) {
      return null;
    }
    try {
      return new CheckpointFolder(settings.resume()).newest().orElse(null);
    } catch (IOException fault) {
      throw new UncheckedIOException(
          "fit: the checkpoints in %s cannot be read: %s".formatted(settings.resume(), fault),
          fault);
    }
  }

  private static long seed(@Nullable Checkpoint resumed) {
    return resumed == null ? ThreadLocalRandom.current().nextLong() : resumed.seed();
  }

  /** As many as are asked for, or as the steps that are asked for take; 0 if nobody can tell. */
  private static int epochs(Fit settings, OptionalLong batches) {
    if (settings.steps() == 0 || batches.isEmpty() || batches.getAsLong() == 0) {
      return settings.epochs();
    }
    long stepsPerEpoch = Math.ceilDiv(batches.getAsLong(), (long) settings.accumulate());
    return Math.toIntExact(Math.ceilDiv(settings.steps(), stepsPerEpoch));
  }

  /** Of what an epoch will have. */
  private List<String> names() {
    List<String> names = new Tally(trainer.metrics()).names();
    if (validation != null) {
      List.copyOf(names).forEach(name -> names.add(History.VALIDATION + name));
    }
    names.add(History.SECONDS);
    return List.copyOf(names);
  }

  /** The number of records that are used in all epochs, which have each so many. */
  private long records(int epochs, long size) {
    long inSteps = (long) settings.accumulate() * settings.batchSize();
    long stepsBefore = (epochs - 1L) * Math.ceilDiv(size, inSteps);
    long last = settings.steps() == 0 ? size : (settings.steps() - stepsBefore) * inSteps;
    return (epochs - 1L) * size + Math.min(size, last);
  }

  // ---- epochs

  History run() {
    List<Callback> callbacks = settings.callbacks();
    int count = training.epochs();
    long size = data.records().orElse(0);
    try (var bar =
        new ProgressBar(settings.progress(), count, size, records(count, size), System::nanoTime)) {
      callbacks.forEach(callback -> callback.started(training));
      Place place = new Place(training.epoch() + 1, new Tally(trainer.metrics()), 0, 0);
      if (resumed != null) {
        state.restoreCallbacks(resumed);
        place = place(resumed, place);
        bar.resume((place.epoch() - 1L) * size + place.tally().records(), place.seconds());
        passOver(place.epoch() - 1);
      }
      while (isToCome(place)) {
        epoch(place, bar);
        place = new Place(place.epoch() + 1, new Tally(trainer.metrics()), 0, 0);
      }
      if (training.stopReason() != null) {
        bar.say("stopped: " + training.stopReason());
      }
      callbacks.forEach(callback -> callback.ended(training));
    }
    return training.history();
  }

  private boolean isToCome(Place place) {
    int count = training.epochs();
    return (count == 0 ? !steps.areSpent() : place.epoch() <= count)
        && (place.batches() > 0 || training.stopReason() == null);
  }

  /**
   * Has a pipeline where it was after so many epochs: an iteration draws what is random in it when
   * it starts, and reads nothing before it is asked to. The order of a data set is restored.
   */
  private void passOver(int epochs) {
    if (data.dataset() == null) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        batches.iterator().close();
      }
    }
  }

  /**
   * Where an epoch starts, or goes on.
   *
   * @param batches how many have been used
   * @param seconds how long that took
   */
  private record Place(int epoch, Tally tally, int batches, double seconds) {}

  private static Place place(Checkpoint checkpoint, Place next) {
    if (!checkpoint.values().has(TrainingState.WITHIN)) {
      return next;
    }
    var within = checkpoint.values().config(TrainingState.WITHIN);
    next.tally().restore(within.config("tally"));
    return new Place(
        checkpoint.epoch(), next.tally(), within.integer("batches"), within.number("seconds"));
  }

  private void epoch(Place place, ProgressBar bar) {
    List<Callback> callbacks = settings.callbacks();
    Tally tally = place.tally();
    long start = System.nanoTime() - Math.round(place.seconds() * 1e9);
    Timing epochTime = Timing.ofEpoch();
    training.startEpoch(place.epoch());
    if (place.batches() > 0) {
      training.goOn(place.batches(), tally);
    }
    callbacks.forEach(callback -> callback.epochStarted(training));
    bar.start(place.epoch());
    train(place, start, bar);
    Map<String, Double> values = new LinkedHashMap<>(tally.values());
    double trainingSeconds = secondsSince(start);
    if (validation != null) {
      validate(validation)
          .values()
          .forEach((name, value) -> values.put(History.VALIDATION + name, value));
    }
    double seconds = secondsSince(start);
    bar.finish(values, seconds, trainingSeconds);
    values.put(History.SECONDS, seconds);
    training.endEpoch(values);
    epochTime.end(training);
    callbacks.forEach(callback -> callback.epochEnded(training));
    training.settle(() -> state.capture(training, orderRandom.state(), passRandom.state(), null));
  }

  private void train(Place place, long start, ProgressBar bar) {
    // What the order of this epoch is drawn from.
    Philox.State order = orderRandom.state();
    Tally tally = place.tally();
    try (Cursor<Batch> cursor = batches.iterator()) {
      for (int used = 0; used < place.batches(); used++) {
        cursor.next();
      }
      Iterator<Batch> epoch = Timing.ofWaits(cursor, training);
      while (!steps.areSpent() && epoch.hasNext()) {
        Batch batch = epoch.next();
        Timing stepTime = Timing.ofStep(batch);
        workspace.run(() -> {
          step(batch, tally);
          return tally;
        });
        stepTime.end(training);
        training.advance(tally);
        bar.advance(tally);
        report(order, tally, start);
      }
    }
    if (tally.records() == 0) {
      throw new ArgumentException(
          "fit: epoch %d has no batch; look at the files and filters of the pipeline"
              .formatted(place.epoch()));
    }
    steps.finish();
    report(order, tally, start);
  }

  private void step(Batch batch, Tally tally) {
    Philox.State before = passRandom.state();
    Tensor prediction = model.forward(batch.features(), pass);
    Tensor batchLoss = loss.of(prediction, batch);
    double number = batchLoss.item();
    Gradients gradients = steps.penalised(batchLoss).backward();
    if (!settings.callbacks().isEmpty()) {
      var backward =
          new BackwardPass(
              batch,
              number,
              gradients,
              () -> {
                Pass again = Pass.training(new Philox(before));
                return steps.penalised(loss.of(model.forward(batch.features(), again), batch));
              });
      settings.callbacks().forEach(callback -> callback.differentiated(training, backward));
    }
    steps.add(gradients, batch.size());
    tally.add(batch, prediction, number);
  }

  /** Tells the callbacks of a step, if one was taken. */
  private void report(Philox.State order, Tally tally, long start) {
    if (steps.taken() > training.steps()) {
      training.stepped(steps.taken());
      settings.callbacks().forEach(callback -> callback.stepped(training));
      training.settle(() ->
          state.capture(
              training,
              order,
              passRandom.state(),
              TrainingState.within(training.batches(), secondsSince(start), tally)));
    }
  }

  private Evaluation validate(Dataset records) {
    WeightAverage average = settings.average();
    return average == null
        ? trainer.evaluate(records, settings.batchSize())
        : average.during(() -> trainer.evaluate(records, settings.batchSize()));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
