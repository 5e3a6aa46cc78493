package org.lawu.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lawu.error.ArgumentException;
import org.lawu.error.ShapeException;
import org.lawu.nn.Layer;
import org.lawu.nn.Pass;
import org.lawu.random.Philox;
import org.lawu.tensor.Parameter;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Recurrent layers on rows of different lengths: as if each row ran alone. */
class PaddedSequencesTest {
  private static final int[] LENGTHS = {3, 6, 1, 4};
  private static final Tensor INPUT = Tensor.normal(new Philox(1), 0, 1, 4, 6, 3);

  /**
   * A layer, a run from a state (the parts are put together along axis 2) with lengths or a mask,
   * and one of a whole input.
   */
  record Subject(Layer layer, Padded padded, Whole whole, int parts) {
    @Override
    public String toString() {
      return layer.toString();
    }
  }

  @FunctionalInterface
  interface Padded {
    List<Tensor> run(Tensor input, Tensor state, Tensor real);
  }

  @FunctionalInterface
  interface Whole {
    List<Tensor> run(Tensor input, Tensor state);
  }

  static Stream<Subject> subjects() {
    Pass pass = Pass.inference();
    var rnn = new Rnn(3, 2, Rnn.Nonlinearity.TANH, 2, true, 0).initialize(new Philox(2));
    var gru = new Gru(3, 2, 2, true, 0).initialize(new Philox(3));
    var lstm = new Lstm(3, 2, 2, true, 0).initialize(new Philox(4));
    return Stream.of(
        new Subject(
            rnn,
            (x, s, real) -> parts(rnn.runPadded(x, s, real, pass)),
            (x, s) -> parts(rnn.run(x, s, pass)),
            1),
        new Subject(
            gru,
            (x, s, real) -> parts(gru.runPadded(x, s, real, pass)),
            (x, s) -> parts(gru.run(x, s, pass)),
            1),
        new Subject(
            lstm,
            (x, s, real) -> parts(lstm.runPadded(x, state(s), real, pass)),
            (x, s) -> parts(lstm.run(x, state(s), pass)),
            2));
  }

  private static List<Tensor> parts(Rnn.Result result) {
    return List.of(result.sequence(), result.state());
  }

  private static List<Tensor> parts(Gru.Result result) {
    return List.of(result.sequence(), result.state());
  }

  private static List<Tensor> parts(Lstm.Result result) {
    return List.of(result.sequence(), result.state().h(), result.state().c());
  }

  private static Lstm.State state(Tensor both) {
    return new Lstm.State(both.slice(2, 0, 2), both.slice(2, 2, 4));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void areAsIfEachRowRanAlone(Subject subject) {
    Tensor state = Tensor.normal(new Philox(5), 0, 1, 4, 4, 2 * subject.parts());
    Tensor weights = Tensor.normal(new Philox(6), 0, 1, 4, 6, 4);
    List<Tensor> together = subject.padded().run(INPUT, state, lengths());
    Tensor loss = loss(together, weights);
    var gradients = loss.backward();

    List<List<Tensor>> rows = new ArrayList<>();
    Tensor lossOfRows = Tensor.scalar(0);
    for (int row = 0; row < LENGTHS.length; row++) {
      int length = LENGTHS[row];
      Tensor alone = INPUT.slice(0, row, row + 1).slice(1, 0, length);
      List<Tensor> result = subject.whole().run(alone, state.slice(1, row, row + 1));
      lossOfRows = lossOfRows.add(loss(result, weights.slice(0, row, row + 1).slice(1, 0, length)));
      List<Tensor> filled = new ArrayList<>(result);
      filled.set(0, result.getFirst().pad(new int[3], new int[] {0, 6 - length, 0}, 0));
      rows.add(filled);
    }
    var expected = lossOfRows.backward();
    for (int i = 0; i < together.size(); i++) {
      int part = i;
      Tensor joined = Tensor.concat(i == 0 ? 0 : 1, rows.stream().map(r -> r.get(part)).toList());
      assertThat(together.get(i).allClose(joined, 1e-6, 1e-6)).isTrue();
    }
    subject
        .layer()
        .parameters()
        .forEach(parameter ->
            assertThat(gradients.of(parameter).allClose(expected.of(parameter), 1e-5, 1e-5))
                .as(parameter.name())
                .isTrue());
  }

  private static Tensor lengths() {
    return Tensor.of(LENGTHS, LENGTHS.length);
  }

  private static Tensor loss(List<Tensor> result, Tensor weights) {
    Tensor loss = result.getFirst().mul(weights).sum();
    for (Tensor last : result.subList(1, result.size())) {
      loss = loss.add(last.square().sum());
    }
    return loss;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void takeAMaskForTheLengths(Subject subject) {
    Tensor state = Tensor.zeros(4, 4, 2 * subject.parts());
    Tensor mask = lengths().unsqueeze(1).greater(Tensor.arange(6));
    assertThat(subject.padded().run(INPUT, state, mask))
        .isEqualTo(subject.padded().run(INPUT, state, lengths()));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void doNotReadThePadding(Subject subject) {
    Tensor state = Tensor.zeros(4, 4, 2 * subject.parts());
    Tensor real = lengths().unsqueeze(1).greater(Tensor.arange(6)).unsqueeze(2);
    Tensor spoiled = Tensor.where(real, INPUT, Tensor.scalar(Float.NaN));
    List<Tensor> results = subject.padded().run(spoiled, state, lengths());
    assertThat(results).isEqualTo(subject.padded().run(INPUT, state, lengths()));
    var gradients = loss(results, Tensor.ones(4, 6, 4)).backward();
    for (Parameter parameter : subject.layer().parameters()) {
      assertThat(gradients.of(parameter).sum().item()).isFinite();
    }
  }

  @Test
  void mayBeEmpty() {
    var gru = new Gru(3, 2).initialize(new Philox(1));
    Tensor state = Tensor.normal(new Philox(2), 0, 1, 1, 4, 2);
    var result = gru.runPadded(INPUT, state, Tensor.of(new int[4], 4), Pass.inference());
    assertThat(result.sequence()).isEqualTo(Tensor.zeros(4, 6, 2));
    assertThat(result.state()).isEqualTo(state);
  }

  @Test
  void refuseLengthsThatDoNotFit() {
    var lstm = new Lstm(3, 2);
    assertThatThrownBy(
            () -> lstm.runPadded(INPUT, Tensor.of(new int[] {3, 6}, 2), Pass.inference()))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "lstm: for the input [4, 6, 3] give lengths INT32 [4], or a mask BOOL [4, 6] (true = a"
                + " real step), got INT32 [2]");
    assertThatThrownBy(() -> lstm.runPadded(INPUT, Tensor.ones(4), Pass.inference()))
        .isInstanceOf(ShapeException.class)
        .hasMessageEndingWith("got FLOAT32 [4]");
    assertThatThrownBy(
            () -> lstm.runPadded(INPUT, Tensor.of(new int[] {3, 6, 7, 1}, 4), Pass.inference()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("lstm: the length of row 2 must be from 0 to 6 for the input [4, 6, 3], got 7");
    Tensor mask = Tensor.arange(6).notEqual(2).expand(Shape.of(4, 6));
    assertThatThrownBy(() -> lstm.runPadded(INPUT, mask, Pass.inference()))
        .isInstanceOf(ArgumentException.class)
        .hasMessage(
            "lstm: the real steps of a row must come first; in row 0 of the mask step 2 is padding"
                + " and step 3 is real");
  }
}
