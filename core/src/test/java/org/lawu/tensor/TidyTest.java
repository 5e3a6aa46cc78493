package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lawu.error.LawuException;
import org.lawu.random.Philox;

class TidyTest {
  private static final int SIZE = 64;
  private static final long BYTES = Float.BYTES * SIZE * SIZE;

  private final Workspace workspace = new Workspace();
  private final Tensor x = random(1);
  private final Parameter weight = new Parameter("weight", random(2));

  private static Tensor random(int seed) {
    return Tensor.uniform(new Philox(seed), -1, 1, SIZE, SIZE);
  }

  private static void assertGone(Tensor tensor) {
    assertThatThrownBy(tensor::sum)
        .isInstanceOf(LawuException.class)
        .hasMessage(
            "tensor: its memory was used again: the run of the workspace or the step of the trainer"
                + " in which it was computed has ended, or it is the value of a parameter that was"
                + " updated since, or it was computed on the way in a part of a run that is tidy,"
                + " such as a layer of a Sequential; keep it with Workspace.keep before");
  }

  // ---- what stays and what does not

  @Test
  void theResultStaysAndTheRestIsGivenBack() {
    List<Tensor> inside = new ArrayList<>();
    Tensor result =
        workspace.run(() -> {
          Tensor y =
              Workspace.tidy(() -> {
                inside.add(x.exp());
                return inside.getFirst().add(1);
              });
          assertGone(inside.getFirst());
          Tensor _ = x.tanh();
          return y;
        });
    assertThat(result).isEqualTo(x.exp().add(1));
    assertThat(workspace.bytes()).isEqualTo(BYTES);
  }

  @Test
  void aViewThatIsTheResultStays() {
    workspace.run(() -> {
      Tensor row = Workspace.tidy(() -> x.exp().transpose().slice(0, 3, 4));
      Tensor _ = x.tanh();
      assertThat(row).isEqualTo(random(1).exp().transpose().slice(0, 3, 4));
      return 0;
    });
  }

  @Test
  void whatIsKeptStays() {
    List<Tensor> kept = new ArrayList<>();
    workspace.run(() -> {
      Tensor _ =
          Workspace.tidy(() -> {
            kept.add(Workspace.keep(x.exp()));
            return kept.getFirst().add(1);
          });
      Tensor _ = x.tanh();
      assertThat(kept.getFirst()).isEqualTo(random(1).exp());
      return 0;
    });
    workspace.run(() -> x.tanh().sum().item());
    assertThat(kept.getFirst()).isEqualTo(x.exp());
  }

  @Test
  void whatWasThereBeforeStays() {
    workspace.run(() -> {
      Tensor before = x.exp();
      Tensor same = Workspace.tidy(() -> before);
      Tensor _ = Workspace.tidy(() -> before.add(1));
      Tensor _ = x.tanh();
      assertThat(before).isEqualTo(random(1).exp());
      assertThat(same).isEqualTo(before);
      return 0;
    });
  }

  @Test
  void aFailureGivesNothingBackBeforeTheRunEnds() {
    List<Tensor> inside = new ArrayList<>();
    workspace.run(() -> {
      assertThatThrownBy(() ->
              Workspace.tidy(() -> {
                inside.add(x.exp());
                return inside.getFirst().matmul(Tensor.zeros(3, 3));
              }))
          .hasMessageStartingWith("matmul: inner sizes differ");
      Tensor _ = x.tanh();
      assertThat(inside.getFirst()).isEqualTo(random(1).exp());
      return 0;
    });
    assertGone(inside.getFirst());
  }

  @Test
  void nests() {
    Supplier<Tensor> nested =
        () ->
            Workspace.tidy(() -> {
              Tensor a = x.exp();
              Tensor b = Workspace.tidy(() -> a.add(1).mul(2));
              Tensor c = Workspace.tidy(() -> b.add(1).mul(a));
              return c.add(b);
            });
    workspace.run(() -> {
      Tensor y = nested.get();
      Tensor _ = x.tanh();
      Tensor b = random(1).exp().add(1).mul(2);
      assertThat(y).isEqualTo(b.add(1).mul(random(1).exp()).add(b));
      return 0;
    });
    var other = new Workspace();
    other.run(() -> nested.get().sum().item());
    assertThat(other.bytes()).isEqualTo(4 * BYTES);
  }

  @Test
  void outsideOfARunNothingIsGivenBack() {
    List<Tensor> inside = new ArrayList<>();
    Tensor y =
        Workspace.tidy(() -> {
          inside.add(x.exp());
          return inside.getFirst().add(1);
        });
    assertThat(y).isEqualTo(inside.getFirst().add(1));
  }

  @Test
  void otherThreadsAreNotInTheRun() throws InterruptedException {
    List<Tensor> inside = Collections.synchronizedList(new ArrayList<>());
    workspace.run(() -> {
      Thread other =
          Thread.ofVirtual()
              .start(() ->
                  inside.add(
                      Workspace.tidy(() -> {
                        inside.add(x.exp());
                        return inside.getFirst().add(1);
                      })));
      try {
        other.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return 0;
    });
    assertThat(inside.getLast()).isEqualTo(inside.getFirst().add(1));
  }

  @Test
  void aRunOfAnotherWorkspaceInsideEndsByItself() {
    var other = new Workspace();
    workspace.run(() -> {
      Tensor y = Workspace.tidy(() -> other.run(() -> x.exp().add(1)).mul(2));
      assertThat(y).isEqualTo(random(1).exp().add(1).mul(2));
      return 0;
    });
  }

  // ---- steps

  @Test
  void stepsHoldWhatTheyReadAndWrite() {
    Tensor y =
        workspace.run(() -> Workspace.tidy(x, List.of(1, 2, 3, 4, 5), (a, b) -> a.add(b).tanh()));
    Tensor expected = x;
    for (int i = 1; i <= 5; i++) {
      expected = expected.add(i).tanh();
    }
    assertThat(y).isEqualTo(expected);
    workspace.run(
        () -> Workspace.tidy(x, List.of(1, 2, 3, 4, 5), (a, b) -> a.add(b).tanh()).sum().item());
    // What a step reads, the sum and its tanh.
    assertThat(workspace.bytes()).isEqualTo(3 * BYTES);
  }

  @Test
  void withoutStepsTheInputIsTheResult() {
    assertThat(workspace.run(() -> Workspace.tidy(x, List.<Integer>of(), (a, b) -> a)))
        .isEqualTo(x);
  }

  @Test
  void stepsThatGiveViewsOrNothingNewKeepTheArray() {
    workspace.run(() -> {
      Tensor y =
          Workspace.tidy(
              x, List.of(0, 1, 2, 3), (a, i) -> i == 0 ? a.exp() : i == 1 ? a : a.flatten(0));
      Tensor _ = x.tanh();
      assertThat(y).isEqualTo(random(1).exp().flatten(0));
      return 0;
    });
  }

  // ---- backpropagation

  /** The gradient of the weight in a run in which memory is used again, and as it is. */
  private void assertSameGradient(Supplier<Tensor> loss) {
    Tensor expected = loss.get().backward().of(weight);
    for (int i = 0; i < 2; i++) {
      workspace.run(() -> {
        Tensor result = loss.get();
        for (int j = 0; j < 5; j++) {
          Tensor _ = Tensor.full(7, Shape.of(SIZE, SIZE), DType.FLOAT32);
        }
        assertThat(result.backward().of(weight)).isEqualTo(expected);
        // The graph is still there.
        assertThat(result.backward().of(weight)).isEqualTo(expected);
        return 0;
      });
    }
  }

  @Test
  void inputsThatAGraphSavedStay() {
    assertSameGradient(() ->
        Workspace.tidy(() -> x.matmul(weight.value().mul(2)).square().add(1).mul(weight.value()))
            .mean());
  }

  @Test
  void outputsThatAGraphSavedStay() {
    assertSameGradient(() ->
        Workspace.tidy(() -> weight.value().exp().add(1).tanh().add(1).softmax(-1).mul(3)).mean());
  }

  @Test
  void whatFusedOperationsKeptStays() {
    Tensor one = Tensor.ones(SIZE);
    assertSameGradient(() ->
        Workspace.tidy(() ->
                x.matmul(weight.value()).layerNorm(one, one.mul(0), 1e-5).add(1).relu().add(1))
            .square()
            .mean());
  }

  @Test
  void whatNoGraphSavedIsGivenBack() {
    workspace.run(() -> {
      Tensor y =
          Workspace.tidy(x, List.of(1, 2, 3, 4, 5, 6), (a, b) -> a.add(weight.value()).add(b));
      return y.sum().backward().of(weight).sum().item();
    });
    // What a step reads and the two sums that it makes.
    assertThat(workspace.bytes()).isEqualTo(3 * BYTES);
  }

  /** A square whose gradient reads what the forward pass left in a field. */
  private static final class Cached implements CustomOperation {
    private @Nullable Tensor doubled;

    @Override
    public String name() {
      return "cached";
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      doubled = inputs.getFirst().mul(2);
      return inputs.getFirst().square();
    }

    @Override
    public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
      return Collections.singletonList(gradient.mul(doubled == null ? inputs.getFirst() : doubled));
    }
  }

  @Test
  void whatACustomOperationComputedStaysForItsGradient() {
    assertSameGradient(() ->
        Workspace.tidy(() -> Autograd.apply(new Cached(), x.matmul(weight.value())).add(1)).mean());
  }

  @Test
  void inputsOfACheckpointStay() {
    assertSameGradient(() ->
        Workspace.tidy(() ->
                Autograd.checkpoint(
                        inputs -> inputs.getFirst().tanh().square(),
                        x.matmul(weight.value()).add(1))
                    .add(1))
            .mean());
  }

  @Test
  void gradientsOfGradientsStay() {
    assertSameGradient(() ->
        Workspace.tidy(
                () -> {
                  Tensor y = x.matmul(weight.value()).tanh().square().sum();
                  return Autograd.grad(y, weight.value(), true).square().add(1);
                })
            .mean());
  }

  @Test
  void sumsOfGradientsUseMemoryAgain() {
    Supplier<Tensor> loss =
        () -> {
          Tensor y = weight.value();
          for (int i = 0; i < 20; i++) {
            Tensor before = y;
            y = Workspace.tidy(() -> before.add(before.mul(0.5).add(1)));
          }
          return y.sum();
        };
    Tensor expected = loss.get().backward().of(weight);
    assertThat(workspace.run(() -> loss.get().backward().of(weight))).isEqualTo(expected);
    double _ = workspace.run(() -> loss.get().backward().of(weight).sum().item());
    // Each product saves its input; gradients of one step alone are there at a time.
    assertThat(workspace.bytes()).isEqualTo(23 * BYTES);
  }

  @Test
  void gradientsThatSeveralNeedAreNotOverwritten() {
    assertSameGradient(() -> {
      Tensor a = weight.value().mul(2);
      Tensor b = a.relu().add(a.tanh());
      Tensor c = b.add(b).sigmoid().add(a.sigmoid().add(b.gelu()));
      return Tensor.concat(0, c.add(c.relu().tanh()), c).silu().mean();
    });
  }

  /** What it is given comes out again, and its gradient is looked at. */
  private record Looking(List<Tensor> seen, Runnable look) implements CustomOperation {
    @Override
    public String name() {
      return "looking";
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.getFirst();
    }

    @Override
    public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
      seen.add(gradient);
      look.run();
      return Collections.singletonList(gradient);
    }
  }

  @Test
  void gradientsThatUsersHaveSeenAreNotOverwritten() {
    List<Tensor> seen = new ArrayList<>();
    Tensor expected = weight.value().detach().mul(2).relu().sign();
    workspace.run(() -> {
      var first = new Looking(seen, () -> {});
      var second = new Looking(seen, () -> assertGone(seen.getFirst()));
      Tensor y = weight.value().mul(2);
      y = Autograd.apply(second, y).relu();
      y = Autograd.apply(first, y.relu().relu());
      Tensor gradient = y.mul(Tensor.ones(SIZE, SIZE)).sum().backward().of(weight);
      assertThat(gradient).isEqualTo(expected.mul(2));
      return 0;
    });
    assertThat(seen).hasSize(2);
  }

  @Test
  void activationsWriteTheirGradientOverTheOneTheyGet() {
    workspace.run(() -> {
      Tensor y = weight.value();
      for (int i = 0; i < 10; i++) {
        y = y.tanh();
      }
      return y.sum().backward().of(weight).sum().item();
    });
    // Ten outputs, and one gradient for all of them.
    assertThat(workspace.bytes()).isEqualTo(11 * BYTES);
  }

  // ---- several names for one array

  @Test
  void theOutputOfARecurrenceIsKept() {
    var weights =
        new Recurrence.Weights(
            Tensor.uniform(new Philox(1), -1, 1, 4 * 32, 16),
            Tensor.uniform(new Philox(2), -1, 1, 4 * 32, 32),
            Tensor.zeros(4 * 32),
            Tensor.zeros(4 * 32));
    Tensor input = Tensor.uniform(new Philox(3), -1, 1, 20, 8, 16);
    Tensor state = Tensor.zeros(8, 32);
    Supplier<Tensor> run =
        () -> new Recurrence(false, null).lstm(input, weights, state, state).sequence();
    Tensor kept = workspace.run(run);
    workspace.run(() -> {
      Tensor tidy = Workspace.tidy(run);
      Tensor _ = Tensor.full(7, Shape.of(22, 8, 32), DType.FLOAT32);
      Tensor _ = Tensor.full(7, Shape.of(22, 8, 32), DType.FLOAT32);
      assertThat(tidy).isEqualTo(run.get());
      return 0;
    });
    assertThat(kept).isEqualTo(run.get());
  }
}
