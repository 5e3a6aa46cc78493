package org.lawu.testkit.specification;

import static org.lawu.testkit.specification.Arguments.floats;
import static org.lawu.testkit.specification.Arguments.ints;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lawu.internal.operation.Gru;
import org.lawu.internal.operation.Lstm;
import org.lawu.internal.operation.Rnn;
import org.lawu.random.Philox;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Recurrence;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.Domain;
import org.lawu.testkit.OperationSpecification;

/**
 * Recurrent layers over a sequence, judged in FLOAT64 by the same step by step: the sequence and
 * the last state, from {@code x, weight_ih, weight_hh, bias_ih, bias_hh}, the state, and lengths.
 */
final class RecurrentSpecifications {
  private static final Domain REALS = Domain.reals(-1, 1);
  private static final int PARAMETERS = 5;

  private RecurrentSpecifications() {}

  /** What runs, with how many gates and parts of its state. */
  private record Kind(String name, int gates, int parts, Run run) {}

  @FunctionalInterface
  private interface Run {
    Recurrence.Result run(
        Recurrence recurrence, Tensor x, Recurrence.Weights weights, List<Tensor> state);
  }

  private static final Kind RNN =
      new Kind("rnn", 1, 1, (how, x, w, state) -> how.rnn(false, x, w, state.getFirst()));
  private static final Kind RELU =
      new Kind("rnn with relu", 1, 1, (how, x, w, state) -> how.rnn(true, x, w, state.getFirst()));
  private static final Kind LSTM =
      new Kind(
          "lstm", 4, 2, (how, x, w, state) -> how.lstm(x, w, state.getFirst(), state.getLast()));
  private static final Kind GRU =
      new Kind("gru", 3, 1, (how, x, w, state) -> how.gru(x, w, state.getFirst()));

  static Stream<OperationSpecification> all() {
    return Stream.concat(
        Stream.of(
            steps(RNN, REALS).covers(Rnn.class),
            // Of positive numbers, which stay away from the kink.
            steps(RELU, Domain.reals(0.1, 0.6)),
            refusing(steps(LSTM, REALS).covers(Lstm.class)),
            steps(GRU, REALS).covers(Gru.class)),
        Stream.of(RNN, RELU, LSTM, GRU)
            .flatMap(kind -> Stream.of(lengths(kind), many(kind), gradients(kind))));
  }

  private static Function<List<Tensor>, Tensor> function(Kind kind, boolean reverse) {
    return in -> {
      int end = PARAMETERS + kind.parts();
      var how = new Recurrence(reverse, in.size() > end ? in.get(end) : null);
      var weights = new Recurrence.Weights(in.get(1), in.get(2), in.get(3), in.get(4));
      var result = kind.run().run(how, in.get(0), weights, in.subList(PARAMETERS, end));
      return Tensor.concat(0, result.sequence(), Tensor.stack(0, result.state()));
    };
  }

  private static List<Shape> shapes(Kind kind, boolean lengths, int t, int n, int in, int hidden) {
    int rows = kind.gates() * hidden;
    List<Shape> shapes = new ArrayList<>();
    shapes.add(Shape.of(t, n, in));
    shapes.add(Shape.of(rows, in));
    shapes.add(Shape.of(rows, hidden));
    shapes.add(Shape.of(rows));
    shapes.add(Shape.of(rows));
    for (int part = 0; part < kind.parts(); part++) {
      shapes.add(Shape.of(n, hidden));
    }
    if (lengths) {
      shapes.add(Shape.of(n));
    }
    return shapes;
  }

  private static Domain[] domains(Kind kind, Domain reals) {
    return IntStream.range(0, PARAMETERS + kind.parts())
        .mapToObj(_ -> reals)
        .toArray(Domain[]::new);
  }

  private static OperationSpecification steps(Kind kind, Domain reals) {
    return OperationSpecification.of(kind.name(), function(kind, false))
        .inputs(domains(kind, reals))
        .samples(
            List.of(
                shapes(kind, false, 1, 1, 1, 1),
                shapes(kind, false, 3, 2, 2, 3),
                shapes(kind, false, 2, 0, 2, 2),
                shapes(kind, false, 0, 2, 2, 2)))
        .tolerance(1e-5);
  }

  /** Rows of 0 to 3 steps, backward in time. */
  private static OperationSpecification lengths(Kind kind) {
    Domain[] all = domains(kind, kind.equals(RELU) ? Domain.reals(0.1, 0.6) : REALS);
    Domain[] domains =
        Stream.concat(Stream.of(all), Stream.of(Domain.integers(0, 4))).toArray(Domain[]::new);
    return OperationSpecification.of(
            kind.name() + " of different lengths, backward", function(kind, true))
        .inputs(domains)
        .samples(List.of(shapes(kind, true, 3, 3, 1, 2)))
        .tolerance(1e-5);
  }

  /** Inputs of several blocks of steps and chunks of rows, and no whole number of vectors. */
  private static Tensor[] large(Kind kind, boolean lengths) {
    List<Shape> shapes = shapes(kind, false, 31, 70, 7, 41);
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(Tensor.uniform(new Philox(i), -0.3, 0.3, shapes.get(i).toArray()));
    }
    if (lengths) {
      inputs.add(Tensor.of(IntStream.range(0, 70).map(i -> i * 7 % 32).toArray(), 70));
    }
    return inputs.toArray(new Tensor[0]);
  }

  private static OperationSpecification many(Kind kind) {
    return OperationSpecification.of(kind.name() + " of many steps", function(kind, false))
        .inputs(domains(kind, REALS))
        .samples(List.of())
        .extreme(large(kind, false))
        .extreme(large(kind, true))
        .tolerance(1e-5);
  }

  private static OperationSpecification gradients(Kind kind) {
    return OperationSpecification.of(
            "the gradients of " + kind.name() + " of many steps",
            in -> Tensor.concat(0, gradients(kind, in, false), gradients(kind, in, true)))
        .inputs(domains(kind, REALS))
        .samples(List.of())
        .derivatives(0)
        .extreme(large(kind, false))
        .extreme(large(kind, true))
        .tolerance(1e-4);
  }

  /** The gradients of all inputs in a row, each by its number of terms. */
  private static Tensor gradients(Kind kind, List<Tensor> inputs, boolean reverse) {
    List<Tensor> leaves =
        inputs.stream().map(x -> x.dtype().isFloating() ? x.withGradient() : x).toList();
    Tensor y = function(kind, reverse).apply(leaves);
    Tensor weights = Tensor.uniform(new Philox(9), -1, 1, y.shape().toArray()).to(y.dtype());
    Gradients gradients = y.mul(weights).sum().backward();
    return Tensor.concat(
        0,
        leaves.stream().filter(Tensor::isTracked).map(x -> gradients.of(x).reshape(-1)).toList());
  }

  private static Tensor lstm(Tensor x, Tensor ih, Tensor hh, Tensor state) {
    var weights = new Recurrence.Weights(ih, hh, floats(8), floats(8));
    return Recurrence.direction(false).lstm(x, weights, state, floats(3, 2)).sequence();
  }

  private static Tensor lstm(Tensor lengths) {
    var weights = new Recurrence.Weights(floats(8, 5), floats(8, 2), floats(8), floats(8));
    return new Recurrence(false, lengths)
        .lstm(floats(4, 3, 5), weights, floats(3, 2), floats(3, 2))
        .sequence();
  }

  private static OperationSpecification refusing(OperationSpecification specification) {
    return specification
        .refuses(
            () -> lstm(floats(4, 5), floats(8, 5), floats(8, 2), floats(3, 2)),
            "lstm: the input must be [time, batch, in], got [4, 5]")
        .refuses(
            () -> lstm(floats(4, 3, 5), floats(8, 5), floats(8), floats(3, 2)),
            "lstm: weight_hh must be [4 * hidden, hidden], got [8]")
        .refuses(
            () -> lstm(floats(4, 3, 5), floats(8, 4), floats(8, 2), floats(3, 2)),
            "lstm: weight_ih must be [8, 5], got [8, 4] (input [4, 3, 5], weight_hh [8, 2])")
        .refuses(
            () -> lstm(floats(4, 3, 5), floats(8, 5), floats(8, 2), floats(2, 2)),
            "lstm: the state must be [3, 2], got [2, 2] (input [4, 3, 5], weight_hh [8, 2])")
        .refuses(
            () -> lstm(floats(4, 3, 5), ints(8, 5), floats(8, 2), floats(3, 2)),
            "lstm: element types differ: FLOAT32 [4, 3, 5] and INT32 [8, 5]; convert one with"
                + " .to(DType.FLOAT32)")
        .refuses(
            () -> lstm(floats(3)),
            "lstm: the lengths must be INT32, got FLOAT32 [3]; convert with .to(DType.INT32)")
        .refuses(
            () -> lstm(Tensor.of(new int[] {4, 5, 0}, 3)),
            "lstm: length 5 of row 1 must be from 0 to 4, the steps there are");
  }
}
