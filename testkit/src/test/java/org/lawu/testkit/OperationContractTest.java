package org.lawu.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lawu.error.ArgumentException;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.CustomOperation;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** The contract finds the faults that it is there for. */
class OperationContractTest {
  private static final List<List<Shape>> PAIR = List.of(List.of(Shape.of(2)));

  private static void run(OperationSpecification specification, String check) {
    OperationContract.of(specification).checks().stream()
        .filter(candidate -> candidate.name().equals(check))
        .findFirst()
        .orElseThrow()
        .body()
        .run();
  }

  private static void fails(OperationSpecification specification, String check, String pattern) {
    assertThatThrownBy(() -> run(specification, check))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(pattern);
  }

  private static OperationSpecification twice() {
    return OperationSpecification.of("twice", in -> in.getFirst().mul(2)).samples(PAIR);
  }

  private static List<String> checksOf(OperationSpecification specification) {
    return OperationContract.of(specification).checks().stream()
        .map(OperationContract.Check::name)
        .toList();
  }

  @Test
  void derivativesDecideWhatIsChecked() {
    assertThat(checksOf(twice()))
        .containsExactly(
            "agrees with the reference",
            "leaves inputs and results alone",
            "takes any memory layout",
            "has the numeric gradient",
            "has equal gradients in FLOAT32",
            "takes gradients of any layout",
            "has the numeric second gradient",
            "refuses bad inputs");
    assertThat(checksOf(twice().derivatives(1)))
        .contains("has the numeric gradient")
        .doesNotContain("has the numeric second gradient");
    assertThat(checksOf(twice().derivatives(0))).noneMatch(name -> name.contains("gradient"));
  }

  @Test
  void soundOperationsPass() {
    for (var check : OperationContract.of(twice()).checks()) {
      assertThatCode(check.body()::run).doesNotThrowAnyException();
    }
  }

  @Test
  void wrongValuesFail() {
    fails(
        twice().reference(in -> in.getFirst().mul(2.001)),
        "agrees with the reference",
        "twice of \\[\\[2]]: FLOAT32 against the reference: \\S+ instead of \\S+ at \\[0];"
            + " they may differ by \\S+");
    fails(
        twice().reference(in -> in.getFirst().sum()),
        "agrees with the reference",
        "twice of \\[\\[2]]: FLOAT32 against the reference: shape \\[2], not \\[]");
  }

  @Test
  void extremesCount() {
    OperationSpecification zero = twice().reference(in -> in.getFirst().mul(2).minimum(100));
    run(zero, "agrees with the reference");
    fails(
        zero.extreme(Tensor.of(1f, Float.POSITIVE_INFINITY)),
        "agrees with the reference",
        "twice of .*: Infinity instead of 100.0 at \\[1].*");
    fails(
        zero.extreme(Tensor.of(1f, Float.NaN)).reference(in -> in.getFirst().mul(0).add(2)),
        "agrees with the reference",
        "twice of .*");
  }

  @Test
  void resultsThatChangeFail() {
    var calls = new AtomicInteger();
    fails(
        OperationSpecification.of("counting", in -> in.getFirst().add(calls.getAndIncrement()))
            .samples(PAIR),
        "leaves inputs and results alone",
        "(?s)counting of \\[\\[2]]: the result of the same call changed from .*");
  }

  /** {@code 2 x} whose gradient is right in FLOAT64 alone. */
  private record WrongInFloat() implements CustomOperation {
    @Override
    public String name() {
      return "wrongInFloat";
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.getFirst().mul(2);
    }

    @Override
    public List<@Nullable Tensor> gradients(List<Tensor> inputs, Tensor output, Tensor gradient) {
      return List.of(gradient.mul(gradient.dtype() == DType.FLOAT64 ? 2 : 2.5));
    }
  }

  @Test
  void wrongGradientsFail() {
    var specification =
        OperationSpecification.of("2x", in -> Autograd.apply(new WrongInFloat(), in.getFirst()))
            .samples(PAIR);
    run(specification, "has the numeric gradient");
    fails(
        specification,
        "has equal gradients in FLOAT32",
        "2x of \\[\\[2]]: gradient 0, FLOAT32 against FLOAT64: \\S+ instead of \\S+ at \\[0];.*");
    fails(
        OperationSpecification.of("cut", in -> in.getFirst().add(in.getFirst().square().detach()))
            .samples(PAIR),
        "has the numeric gradient",
        "cut of \\[\\[2]]: gradient of input 0 at \\[0]: analytic \\S+, numeric \\S+; .*");
  }

  @Test
  void refusalsNeedTheirExactMessage() {
    OperationSpecification refused =
        twice()
            .refuses(
                () -> Tensor.ones(2).reshape(3),
                "reshape: [2] (2 elements) cannot become [3] (3 elements); the number of elements"
                    + " must stay");
    run(refused, "refuses bad inputs");
    fails(
        refused.refuses(() -> Tensor.ones(2).squeeze(0), "squeeze: no"),
        "refuses bad inputs",
        "twice: the message should be\n  squeeze: no\nbut is\n  squeeze: axis 0 of .*");
    fails(
        refused.refuses(() -> Tensor.ones(2), "ones: no"),
        "refuses bad inputs",
        "twice: was not refused: ones: no");
  }

  @Test
  void samplesNeedAShapeForEachInput() {
    assertThatThrownBy(() ->
            run(twice().inputs(Domain.truths(), Domain.truths()), "agrees with the reference"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("twice: the sample [[2]] must have a shape for each of 2 inputs");
  }
}
