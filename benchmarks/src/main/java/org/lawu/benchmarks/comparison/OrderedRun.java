package org.lawu.benchmarks.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Convolution;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;
import org.lawu.tensor.Workspace;

/** One process of {@link OrderSweep}: operations in an order that its number says. */
public final class OrderedRun {
  /** Processes that run all operations come first. */
  static final int WITH_ALL = 4;

  private static final int FEW = 3;
  private static final long WARM_UP_NANOSECONDS = 1_000_000_000;
  private static final long FEW_WARM_UP_NANOSECONDS = 3_000_000_000L;
  private static final long MEASURED_NANOSECONDS = 300_000_000;

  private final Map<String, Supplier<Tensor>> operations = new LinkedHashMap<>();
  private final Philox random = new Philox(1);
  private final Workspace workspace = new Workspace();

  private OrderedRun() {
    elementwise();
    rows();
    products();
    images();
    gradients();
  }

  /** Prints the name and the microseconds of each operation of the process of this number. */
  public static void main(String[] args) {
    new OrderedRun().run(Integer.parseInt(args[0]));
  }

  private void run(int process) {
    if (process < WITH_ALL) {
      run(shuffled(process), WARM_UP_NANOSECONDS);
    } else {
      run(few(process - WITH_ALL), FEW_WARM_UP_NANOSECONDS);
    }
  }

  private List<String> shuffled(long seed) {
    List<String> order = new ArrayList<>(operations.keySet());
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  /**
   * Those that come next: first neighbours, which have most code in common, and when all have had
   * their turn by chance.
   */
  private List<String> few(int turn) {
    List<String> few = new ArrayList<>();
    for (int i = turn * FEW; i < (turn + 1) * FEW; i++) {
      int round = i / operations.size();
      List<String> order = round == 0 ? List.copyOf(operations.keySet()) : shuffled(round);
      few.add(order.get(i % operations.size()));
    }
    return few;
  }

  private void run(List<String> order, long warmUp) {
    order.forEach(name -> microseconds(name, warmUp));
    for (String name : order) {
      System.out.println(
          String.format(Locale.ROOT, "%s %.3f", name, microseconds(name, MEASURED_NANOSECONDS)));
    }
  }

  /** The least time of those that fit. */
  private double microseconds(String name, long nanoseconds) {
    Supplier<Tensor> operation = Objects.requireNonNull(operations.get(name));
    long end = System.nanoTime() + nanoseconds;
    long least = Long.MAX_VALUE;
    do {
      long start = System.nanoTime();
      Object _ = workspace.run(() -> operation.get().shape());
      least = Math.min(least, System.nanoTime() - start);
    } while (System.nanoTime() < end);
    return least / 1e3;
  }

  private Tensor normal(int... sizes) {
    return Tensor.normal(random, 0, 1, sizes);
  }

  private void elementwise() {
    Tensor x = normal(16, 1024);
    Tensor y = normal(16, 1024);
    Tensor row = normal(1024);
    Tensor positive = x.abs().add(0.1f);
    operations.put("neg", x::neg);
    operations.put("abs", x::abs);
    operations.put("square", x::square);
    operations.put("sqrt", positive::sqrt);
    operations.put("exp", x::exp);
    operations.put("log", positive::log);
    operations.put("tanh", x::tanh);
    operations.put("sigmoid", x::sigmoid);
    operations.put("relu", x::relu);
    operations.put("gelu", x::gelu);
    operations.put("silu", x::silu);
    operations.put("softplus", x::softplus);
    operations.put("add", () -> x.add(y));
    operations.put("sub", () -> x.sub(y));
    operations.put("mul", () -> x.mul(y));
    operations.put("div", () -> x.div(positive));
    operations.put("maximum", () -> x.maximum(y));
    operations.put("mulAdd", () -> x.mulAdd(y, positive));
    operations.put("add-a-row", () -> x.add(row));
    operations.put("mul-by-a-number", () -> x.mul(2));
  }

  private void rows() {
    Tensor x = normal(16, 1024);
    Tensor row = normal(1024);
    Tensor narrow = normal(256, 64);
    operations.put("sum", x::sum);
    operations.put("sum-of-rows", () -> x.sum(1));
    operations.put("sum-of-columns", () -> x.sum(0));
    operations.put("max-of-rows", () -> x.max(1));
    operations.put("max-of-columns", () -> x.max(0));
    operations.put("argMax", () -> x.argMax(1));
    operations.put("softmax", () -> x.softmax(-1));
    operations.put("softmax-narrow", () -> narrow.softmax(-1));
    operations.put("logSoftmax", () -> x.logSoftmax(-1));
    operations.put("layerNorm", () -> x.layerNorm(row, row, 1e-5));
  }

  private void products() {
    Tensor a = normal(128, 128);
    Tensor b = normal(128, 128);
    Tensor odd = normal(127, 127);
    Tensor vector = normal(128);
    Tensor batch = normal(32, 784);
    Tensor weight = normal(128, 784);
    Tensor many = normal(16, 32, 32);
    operations.put("matmul", () -> a.matmul(b));
    operations.put("matmul-odd", () -> odd.matmul(odd));
    operations.put("matmul-transposed", () -> a.matmul(b.transpose(0, 1)));
    operations.put("matmul-first-transposed", () -> a.transpose(0, 1).matmul(b));
    operations.put("matmul-dense", () -> batch.matmul(weight.transpose(0, 1)));
    operations.put("matmul-vector", () -> a.matmul(vector));
    operations.put("matmul-batch", () -> many.matmul(many));
  }

  private void images() {
    Tensor images = normal(4, 8, 16, 16);
    Tensor weight = normal(8, 8, 3, 3);
    Tensor wide = normal(8, 16, 22, 22);
    Tensor filters = normal(16, 16, 3, 3);
    Tensor bias = normal(16);
    Tensor single = normal(16, 1, 3, 3);
    Convolution depthwise = Convolution.DEFAULT.groups(16);
    operations.put("conv2d", () -> images.conv2d(weight));
    operations.put("conv2d-wide", () -> wide.conv2d(filters));
    operations.put("conv2d-depthwise", () -> wide.conv2d(single, depthwise));
    operations.put("conv2dRelu", () -> wide.conv2dRelu(filters, bias, Convolution.DEFAULT));
    operations.put("maxPool2d", () -> images.maxPool2d(Window.of(2)));
  }

  private void gradients() {
    Tensor row = normal(1024);
    Tensor weights = normal(16, 1024);
    gradient("relu", Tensor::relu);
    gradient("tanh", Tensor::tanh);
    gradient("sigmoid", Tensor::sigmoid);
    gradient("gelu", Tensor::gelu);
    gradient("silu", Tensor::silu);
    gradient("softmax", x -> x.softmax(-1).mul(weights));
    gradient("layerNorm", x -> x.layerNorm(row, row, 1e-5).mul(weights));
  }

  private void gradient(String name, Function<Tensor, Tensor> function) {
    Tensor x = normal(16, 1024).withGradient();
    operations.put(name + "-gradient", () -> Autograd.grad(function.apply(x).sum(), x, false));
  }
}
