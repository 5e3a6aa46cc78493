package org.lawu.nn.layer;

import static org.lawu.nn.layer.Setting.positive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lawu.error.ArgumentException;
import org.lawu.error.DTypeException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.nn.initializer.Uniform;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * What recurrent layers share: parameters under PyTorch's names, layers on top of each other, two
 * directions, dropout between layers. The product of the input with its weights is one matrix
 * product for all time steps; a step computes only the product of the state.
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
      Parameter weightIh,
      Parameter weightHh,
      Parameter biasIh,
      Parameter biasHh,
      boolean reverse) {}

  /**
   * What one direction of one layer gave.
   *
   * @param sequence its states {@code h} in the order of time, {@code [t, n, hidden]}
   * @param last the parts of its last state, each {@code [n, hidden]}
   */
  record Scan(Tensor sequence, List<Tensor> last) {}

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
  abstract Scan scan(Tensor input, List<Tensor> state, Track track);

  /** Runs all layers from an initial state, or from zeros. */
  final Outcome run(Tensor input, int parts, @Nullable List<Tensor> initial, Pass pass) {
    check(input);
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
        Scan scan = scan(sequence, state, tracks.get(index));
        sequences.add(scan.sequence());
        for (int part = 0; part < parts; part++) {
          lasts.get(part).add(scan.last().get(part));
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

  /** The number of elements of one state. */
  final int hidden() {
    return hidden;
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
}
