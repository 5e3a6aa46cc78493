package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.io.Config;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Uniform;
import org.lawu.tensor.DType;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Recurrence;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * What recurrent layers share: parameters under PyTorch's names, layers on top of each other, two
 * directions, dropout between layers, rows of different lengths.
 */
abstract sealed class Recurrent extends Layer permits Rnn, Lstm, Gru {
  private final String kind;
  private final int in;
  private final int hidden;
  private final int layers;
  private final int directions;
  private final double rate;
  private final Dropout dropout;
  private final List<Track> tracks = new ArrayList<>();

  /** The parameters of one layer in one direction. */
  record Track(
      Parameter weightIh, Parameter weightHh, Parameter biasIh, Parameter biasHh, boolean reverse) {

    /** Their values. */
    Recurrence.Weights weights() {
      return new Recurrence.Weights(
          weightIh.value(), weightHh.value(), biasIh.value(), biasHh.value());
    }
  }

  /**
   * What all layers gave.
   *
   * @param sequence {@code [n, t, directions * hidden]}
   * @param last the parts of the last states, each {@code [layers * directions, n, hidden]}
   */
  record Outcome(Tensor sequence, List<Tensor> last) {}

  /**
   * Registers the parameters.
   *
   * @param gates the number of blocks of {@code hidden} rows in the weights
   */
  Recurrent(
      String kind, int gates, int in, int hidden, int layers, boolean bidirectional, double rate) {
    this.kind = kind;
    this.in = positive(kind, "in", in);
    this.hidden = positive(kind, "hidden", hidden);
    this.layers = positive(kind, "layers", layers);
    this.directions = bidirectional ? 2 : 1;
    this.rate = rate;
    this.dropout = new Dropout(rate);
    for (int layer = 0; layer < layers; layer++) {
      for (int direction = 0; direction < directions; direction++) {
        tracks.add(track(gates * hidden, layer, direction == 1));
      }
    }
  }

  private Track track(int rows, int layer, boolean reverse) {
    String suffix = "_l" + layer + (reverse ? "_reverse" : "");
    double bound = 1 / Math.sqrt(hidden);
    var initial = new Uniform(-bound, bound);
    int columns = layer == 0 ? in : directions * hidden;
    return new Track(
        parameter("weight_ih" + suffix, Shape.of(rows, columns), initial),
        parameter("weight_hh" + suffix, Shape.of(rows, hidden), initial),
        parameter("bias_ih" + suffix, Shape.of(rows), initial),
        parameter("bias_hh" + suffix, Shape.of(rows), initial),
        reverse);
  }

  /**
   * Runs one direction of one layer.
   *
   * @param input {@code [t, n, in]}
   * @param state the parts of the initial state, each {@code [n, hidden]}
   */
  abstract Recurrence.Result scan(
      Recurrence recurrence, Tensor input, Recurrence.Weights weights, List<Tensor> state);

  /** Runs all layers from an initial state, or from zeros; all steps, or those that are real. */
  final Outcome run(
      Tensor input, int parts, @Nullable List<Tensor> initial, @Nullable Tensor real, Pass pass) {
    check(input);
    Tensor lengths = real == null ? null : lengths(real, input);
    int batch = input.size(0);
    if (initial != null) {
      initial.forEach(part -> checkState(part, input));
    }
    Tensor zeros = Tensor.zeros(Shape.of(batch, hidden), input.dtype());
    List<List<Tensor>> lasts = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      lasts.add(new ArrayList<>());
    }
    Tensor sequence = input.transpose(0, 1);
    for (int layer = 0; layer < layers; layer++) {
      if (layer > 0) {
        sequence = dropout.forward(sequence, pass);
      }
      List<Tensor> sequences = new ArrayList<>();
      for (int direction = 0; direction < directions; direction++) {
        int index = layer * directions + direction;
        List<Tensor> state = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
          state.add(initial == null ? zeros : initial.get(part).select(0, index));
        }
        Track track = tracks.get(index);
        var recurrence = new Recurrence(track.reverse(), lengths);
        var result = scan(recurrence, sequence, track.weights(), state);
        sequences.add(result.sequence());
        for (int part = 0; part < parts; part++) {
          lasts.get(part).add(result.state().get(part));
        }
      }
      sequence = directions == 1 ? sequences.getFirst() : Tensor.concat(-1, sequences);
    }
    return new Outcome(
        sequence.transpose(0, 1), lasts.stream().map(last -> Tensor.stack(0, last)).toList());
  }

  private void check(Tensor input) {
    if (!input.dtype().isFloating()) {
      throw new DTypeException(
          "%s: needs FLOAT32 or FLOAT64, got %s %s; convert with .to(DType.FLOAT32)"
              .formatted(kind, input.dtype(), input.shape()));
    }
    if (input.rank() != 3 || input.size(2) != in) {
      throw new ShapeException(
          "%s: input must be [batch, time, %d], got %s".formatted(kind, in, input.shape()));
    }
    if (input.size(1) == 0) {
      throw new ArgumentException(
          "%s: needs at least one time step, got %s".formatted(kind, input.shape()));
    }
  }

  /** The lengths {@code [n]} that lengths or a mask say. */
  private Tensor lengths(Tensor real, Tensor input) {
    int batch = input.size(0);
    int steps = input.size(1);
    Shape expected = real.dtype() == DType.BOOL ? Shape.of(batch, steps) : Shape.of(batch);
    boolean known = real.dtype() == DType.BOOL || real.dtype() == DType.INT32;
    if (!known || !real.shape().equals(expected)) {
      throw new ShapeException(
          "%s: for the input %s give lengths INT32 [%d], or a mask BOOL [%d, %d] (true = a real"
                  .formatted(kind, input.shape(), batch, batch, steps)
              + " step), got %s %s".formatted(real.dtype(), real.shape()));
    }
    if (real.dtype() == DType.BOOL) {
      return lengthsOf(real);
    }
    for (int row = 0; row < batch; row++) {
      int length = (int) real.get(row);
      if (length < 0 || length > steps) {
        throw new ArgumentException(
            "%s: the length of row %d must be from 0 to %d for the input %s, got %d"
                .formatted(kind, row, steps, input.shape(), length));
      }
    }
    return real;
  }

  private Tensor lengthsOf(Tensor mask) {
    int batch = mask.size(0);
    int[] lengths = new int[batch];
    for (int row = 0; row < batch; row++) {
      for (int step = 0; step < mask.size(1); step++) {
        boolean isReal = mask.get(row, step) != 0;
        if (isReal && lengths[row] < step) {
          throw new ArgumentException(
              "%s: the real steps of a row must come first; in row %d of the mask step %d is padding"
                      .formatted(kind, row, lengths[row])
                  + " and step %d is real".formatted(step));
        }
        lengths[row] += isReal ? 1 : 0;
      }
    }
    return Tensor.of(lengths, batch);
  }

  private void checkState(Tensor part, Tensor input) {
    Shape expected = Shape.of(layers * directions, input.size(0), hidden);
    if (!part.shape().equals(expected)) {
      throw new ShapeException(
          "%s: the state must be [layers * directions, batch, hidden] = %s for the input %s, got %s"
              .formatted(kind, expected, input.shape(), part.shape()));
    }
    if (part.dtype() != input.dtype()) {
      throw new DTypeException(
          "%s: the state must be %s as the input is, got %s"
              .formatted(kind, input.dtype(), part.dtype()));
    }
  }

  @Override
  protected String description() {
    return "%s(%d, %d%s%s%s)"
        .formatted(
            getClass().getSimpleName(),
            in,
            hidden,
            layers == 1 ? "" : ", layers " + layers,
            directions == 1 ? "" : ", bidirectional",
            rate == 0 ? "" : ", dropout " + rate);
  }

  @Override
  public Config config() {
    return Config.of("kind", getClass().getSimpleName())
        .with("inputs", in)
        .with("hidden", hidden)
        .with("layers", layers)
        .with("bidirectional", directions == 2)
        .with("dropout", rate);
  }
}
