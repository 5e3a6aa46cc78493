package org.lawu.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.lawu.error.LawuException;
import org.lawu.random.Philox;

class WorkspaceTest {
  private static final int SIZE = 64;
  private static final String GONE = "tensor: its memory was used again: ";

  private final Workspace workspace = new Workspace();

  private static Tensor random(int seed) {
    return Tensor.uniform(new Philox(seed), -1, 1, SIZE, SIZE);
  }

  private static Parameter parameter() {
    return new Parameter("weight", random(1));
  }

  /** One step of gradient descent on the squared distance to 1 of a matrix product. */
  private static double step(Parameter weight, Tensor x) {
    Tensor loss = x.matmul(weight.value()).tanh().sub(1).square().mean();
    weight.update(
        loss.backward().of(weight),
        (value, gradient, from, to) -> {
          for (int i = from; i < to; i++) {
            value[i] -= gradient[i];
          }
        });
    return loss.item();
  }

  @Test
  void computesTheSameToTheBit() {
    Parameter plain = parameter();
    Parameter recycled = parameter();
    for (int i = 0; i < 5; i++) {
      Tensor x = random(i);
      double expected = step(plain, x);
      assertThat(workspace.run(() -> step(recycled, x))).isEqualTo(expected);
    }
    assertThat(recycled.value()).isEqualTo(plain.value());
  }

  @Test
  void theResultOfARunStays() {
    Tensor x = random(1);
    Tensor first = workspace.run(() -> x.add(1));
    Tensor second = workspace.run(() -> x.add(2));
    assertThat(first).isEqualTo(x.add(1));
    assertThat(second).isEqualTo(x.add(2));
  }

  @Test
  void aViewThatIsTheResultStays() {
    Tensor x = random(1);
    Tensor row = workspace.run(() -> x.add(1).slice(0, 3, 4));
    Tensor _ = workspace.run(() -> x.add(2));
    assertThat(row).isEqualTo(x.add(1).slice(0, 3, 4));
  }

  @Test
  void whatEndedWithItsRunCannotBeRead() {
    List<Tensor> leaked = new ArrayList<>();
    Tensor x = random(1);
    workspace.run(() -> leaked.add(x.exp()));
    assertThatThrownBy(() -> leaked.getFirst().sum())
        .isInstanceOf(LawuException.class)
        .hasMessageStartingWith(GONE);
    assertThatThrownBy(() -> leaked.getFirst().transpose().toFloatArray())
        .hasMessageStartingWith(GONE);
  }

  @Test
  void whatWasThereBeforeARunIsNotRecycled() {
    Tensor x = random(1);
    Tensor _ = workspace.run(() -> x.exp());
    assertThat(x).isEqualTo(random(1));
  }

  @Test
  void endsARunThatFails() {
    List<Tensor> leaked = new ArrayList<>();
    assertThatThrownBy(() ->
            workspace.run(() -> {
              leaked.add(random(1).exp());
              return leaked.getFirst().matmul(Tensor.zeros(3, 3));
            }))
        .hasMessageStartingWith("matmul: inner sizes differ");
    assertThatThrownBy(() -> leaked.getFirst().sum()).hasMessageStartingWith(GONE);
    assertThat(workspace.run(() -> 1)).isEqualTo(1);
  }

  @Test
  void aRunWithinARunIsPartOfIt() {
    Tensor x = random(1);
    Tensor sum =
        workspace.run(() -> {
          Tensor inner = x.exp();
          double _ = workspace.run(() -> x.tanh().sum().item());
          return inner.add(x);
        });
    assertThat(sum).isEqualTo(x.exp().add(x));
  }

  /** Products keep weights in another order; what they keep must not outlive an update. */
  @Test
  void predictionsFollowTheWeightsThroughTraining() {
    Parameter weight = parameter();
    Tensor x = random(2);
    for (int i = 0; i < 4; i++) {
      Tensor expected = x.matmul(Tensor.of(weight.value().toFloatArray(), SIZE, SIZE).transpose());
      for (int run = 0; run < 4; run++) {
        Tensor y = workspace.run(() -> Autograd.noGrad(() -> x.linear(weight.value())));
        assertThat(y).isEqualTo(expected);
      }
      double _ = workspace.run(() -> step(weight, x) + step(weight, x));
    }
  }

  /** As above, but nobody asks for the value between the updates, which happen in place. */
  @Test
  void predictionsFollowTheWeightsThroughUpdatesInPlace() {
    Parameter weight = parameter();
    Parameter plain = parameter();
    Tensor x = random(2);
    for (int i = 0; i < 4; i++) {
      double _ = step(plain, x);
      double _ = workspace.run(() -> step(weight, x));
      for (int run = 0; run < 4; run++) {
        Tensor y = workspace.run(() -> Autograd.noGrad(() -> x.linear(weight.value())));
        assertThat(y).isEqualTo(x.linear(plain.value()));
      }
    }
  }

  @Test
  void servesOneThreadAtATime() throws InterruptedException {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    Thread other =
        Thread.ofVirtual()
            .name("other")
            .start(() ->
                workspace.run(() -> {
                  entered.countDown();
                  try {
                    leave.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return 0;
                }));
    entered.await();
    try {
      assertThatThrownBy(() -> workspace.run(() -> 1))
          .hasMessage(
              "workspace: is in use by the thread other; give each thread a workspace of its own");
    } finally {
      leave.countDown();
      other.join();
    }
    assertThat(workspace.run(() -> 1)).isEqualTo(1);
  }

  // ---- parameters

  @Test
  void aValueTakenOutsideStaysWhatItWas() {
    Parameter weight = parameter();
    Tensor before = weight.value();
    for (int i = 0; i < 3; i++) {
      double _ = workspace.run(() -> step(weight, random(2)));
    }
    assertThat(before).isEqualTo(random(1));
    assertThat(weight.value()).isNotEqualTo(before);
  }

  @Test
  void aValueTakenInARunEndsWithTheUpdate() {
    Parameter weight = parameter();
    workspace.run(() -> step(weight, random(2)));
    workspace.run(() -> {
      Tensor value = weight.value();
      double _ = step(weight, random(2));
      assertThatThrownBy(() -> value.sum()).hasMessageStartingWith(GONE);
      assertThat(weight.value().sum().item()).isFinite();
      return 0;
    });
  }

  @Test
  void aValueReturnedFromARunIsACopy() {
    Parameter weight = parameter();
    workspace.run(() -> step(weight, random(2)));
    Tensor value = workspace.run(weight::value);
    Tensor copy = Tensor.of(value.toFloatArray(), SIZE, SIZE);
    workspace.run(() -> step(weight, random(2)));
    assertThat(value).isEqualTo(copy);
  }

  @Test
  void aValueSetInARunStays() {
    Parameter weight = parameter();
    workspace.run(() -> {
      weight.set(random(5).add(1));
      return 0;
    });
    workspace.run(() -> random(6).add(1).sum().item());
    assertThat(weight.value()).isEqualTo(random(5).add(1));
  }

  @Test
  void oneParameterSetToAnotherIsIndependent() {
    Parameter weight = parameter();
    Parameter copy = parameter();
    workspace.run(() -> step(weight, random(2)));
    workspace.run(() -> {
      copy.set(weight.value());
      return 0;
    });
    Tensor before = Tensor.of(copy.value().toFloatArray(), SIZE, SIZE);
    workspace.run(() -> step(weight, random(2)));
    assertThat(copy.value()).isEqualTo(before);
  }

  @Test
  void otherThreadsNeverSeeAMixture() throws InterruptedException {
    updatesWhileRead(weight -> isMixed(weight.value()));
  }

  @Test
  void otherThreadsNeverSeeAMixtureInRunsOfTheirOwn() throws InterruptedException {
    var own = new Workspace();
    updatesWhileRead(weight -> own.run(() -> isMixed(weight.value())));
  }

  private static boolean isMixed(Tensor value) {
    return value.min().item() != value.max().item();
  }

  /** All elements count up together, and another thread looks. */
  private void updatesWhileRead(Predicate<Parameter> isMixed) throws InterruptedException {
    var weight = new Parameter("weight", Tensor.zeros(1 << 16));
    var done = new AtomicBoolean();
    var fault = new AtomicBoolean();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get() && !fault.get()) {
                fault.set(isMixed.test(weight));
              }
            });
    for (int i = 0; i < 300; i++) {
      workspace.run(() -> {
        weight.update(
            weight.value(),
            (value, gradient, from, to) -> {
              for (int j = from; j < to; j++) {
                value[j] += 1;
              }
            });
        return 0;
      });
    }
    done.set(true);
    reader.join();
    assertThat(fault).isFalse();
    assertThat(weight.value().min().item()).isEqualTo(300);
  }
}
