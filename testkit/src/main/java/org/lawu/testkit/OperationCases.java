package org.lawu.testkit;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lawu.internal.json.JsonValue.JsonObject;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Gradients;
import org.lawu.tensor.Tensor;
import org.lawu.testkit.ReferenceResult.NotCovered;

/**
 * The reference cases of kind {@code op}: {@code out} is the operation's result for the inputs
 * {@code in.K}, and {@code grad.K} the gradient of {@code sum(out * cot)} with respect to each
 * floating one.
 */
public final class OperationCases implements ReferenceHandler {

  /** An operation with the arguments of a case. */
  @FunctionalInterface
  private interface Call {
    Tensor on(List<Tensor> inputs, JsonObject arguments);
  }

  private static final Map<String, Call> CALLS =
      Map.ofEntries(
          entry("abs", (in, a) -> in.getFirst().abs()),
          entry("add", (in, a) -> in.get(0).add(in.get(1))),
          entry("argMax", (in, a) -> in.getFirst().argMax(a.integer("axis"))),
          entry("attention", (in, a) -> attention(in.get(0), in.get(1), in.get(2))),
          entry("clamp", (in, a) -> in.getFirst().clamp(a.number("min"), a.number("max"))),
          entry("concat", (in, a) -> Tensor.concat(a.integer("axis"), in)),
          entry("conv2d", (in, a) -> conv2d(in, a)),
          entry("crossEntropyFused", (in, a) -> in.get(0).crossEntropy(in.get(1))),
          entry("div", (in, a) -> in.get(0).div(in.get(1))),
          entry("exp", (in, a) -> in.getFirst().exp()),
          entry("gather", (in, a) -> in.get(0).gather(a.integer("axis"), in.get(1))),
          entry("gelu", (in, a) -> gelu(in.getFirst(), a)),
          entry("indexSelect", (in, a) -> in.get(0).indexSelect(a.integer("axis"), in.get(1))),
          entry("leakyRelu", (in, a) -> in.getFirst().leakyRelu(a.number("slope"))),
          entry("log", (in, a) -> in.getFirst().log()),
          entry("logSoftmax", (in, a) -> in.getFirst().logSoftmax(a.integer("axis"))),
          entry("logSumExp", (in, a) -> in.getFirst().logSumExp(axes(a), keepDims(a))),
          entry("matmul", (in, a) -> matmul(in.get(0), in.get(1), a)),
          entry("max", (in, a) -> in.getFirst().max(a.integer("axis"))),
          entry("maximum", (in, a) -> in.get(0).maximum(in.get(1))),
          entry("mean", (in, a) -> in.getFirst().mean(axes(a), keepDims(a))),
          entry("min", (in, a) -> in.getFirst().min(a.integer("axis"))),
          entry("minimum", (in, a) -> in.get(0).minimum(in.get(1))),
          entry("mul", (in, a) -> in.get(0).mul(in.get(1))),
          entry("neg", (in, a) -> in.getFirst().neg()),
          entry("pow", (in, a) -> in.get(0).pow(in.get(1))),
          entry("relu", (in, a) -> in.getFirst().relu()),
          entry("reshape", (in, a) -> in.getFirst().reshape(a.integers("shape"))),
          entry("sigmoid", (in, a) -> in.getFirst().sigmoid()),
          entry("silu", (in, a) -> in.getFirst().silu()),
          entry("slice", (in, a) -> slice(in.getFirst(), a)),
          entry("softmax", (in, a) -> in.getFirst().softmax(a.integer("axis"))),
          entry("softplus", (in, a) -> in.getFirst().softplus()),
          entry("sqrt", (in, a) -> in.getFirst().sqrt()),
          entry("square", (in, a) -> in.getFirst().square()),
          entry("stack", (in, a) -> Tensor.stack(a.integer("axis"), in)),
          entry("sub", (in, a) -> in.get(0).sub(in.get(1))),
          entry("sum", (in, a) -> in.getFirst().sum(axes(a), keepDims(a))),
          entry("tanh", (in, a) -> in.getFirst().tanh()),
          entry("transpose", (in, a) -> in.getFirst().permute(axes(a))),
          entry("variance", (in, a) -> in.getFirst().variance(axes(a), keepDims(a))),
          entry("where", (in, a) -> Tensor.where(in.get(0), in.get(1), in.get(2))));

  /** The operations that it runs, by the names in the cases. */
  public SortedSet<String> operations() {
    return new TreeSet<>(CALLS.keySet());
  }

  @Override
  public ReferenceResult run(ReferenceCase reference) {
    String operation = reference.description().string("op");
    @Nullable Call call = CALLS.get(operation);
    if (call == null) {
      return new NotCovered("no operation " + operation);
    }
    List<Tensor> inputs =
        reference.tensors("in").stream()
            .map(x -> x.dtype().isFloating() ? x.withGradient() : x)
            .toList();
    Tensor out = call.on(inputs, reference.description().object("args"));
    var comparison = new ReferenceComparison(reference).agrees("out", out);
    if (reference.tensors().containsKey("cot")) {
      Gradients gradients = out.mul(reference.tensor("cot")).sum().backward();
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).isTracked()) {
          comparison.agrees("grad." + i, gradients.of(inputs.get(i)));
        }
      }
    }
    return comparison.result();
  }

  private static int[] axes(JsonObject arguments) {
    return arguments.integers("axes");
  }

  private static boolean keepDims(JsonObject arguments) {
    return arguments.truth("keepDims");
  }

  /** Scaled dot-product attention: {@code softmax(q k^T / sqrt(width)) v}. */
  private static Tensor attention(Tensor q, Tensor k, Tensor v) {
    return q.matmul(k.transpose()).div(Math.sqrt(q.size(-1))).softmax(-1).matmul(v);
  }

  private static Tensor conv2d(List<Tensor> in, JsonObject arguments) {
    int[] stride = pair(arguments, "stride", 1);
    int[] padding = pair(arguments, "padding", 0);
    int[] dilation = pair(arguments, "dilation", 1);
    var how =
        Convolution.DEFAULT
            .stride(stride[0], stride[1])
            .padding(padding[0], padding[1])
            .dilation(dilation[0], dilation[1])
            .groups(arguments.has("groups") ? arguments.integer("groups") : 1);
    return in.size() == 3
        ? in.get(0).conv2d(in.get(1), in.get(2), how)
        : in.get(0).conv2d(in.get(1), how);
  }

  private static int[] pair(JsonObject arguments, String name, int otherwise) {
    return arguments.has(name) ? arguments.integers(name) : new int[] {otherwise, otherwise};
  }

  private static Tensor gelu(Tensor x, JsonObject arguments) {
    return arguments.string("approximate").equals("tanh") ? x.geluTanh() : x.gelu();
  }

  /** The case with a note multiplies the transposed matrices. */
  private static Tensor matmul(Tensor x, Tensor y, JsonObject arguments) {
    return arguments.has("note") ? x.transpose().matmul(y.transpose()) : x.matmul(y);
  }

  private static Tensor slice(Tensor x, JsonObject arguments) {
    int[] starts = arguments.integers("starts");
    int[] ends = arguments.integers("ends");
    int[] steps = arguments.integers("steps");
    Tensor result = x;
    for (int axis = 0; axis < starts.length; axis++) {
      result = result.slice(axis, starts[axis], ends[axis], steps[axis]);
    }
    return result;
  }
}
