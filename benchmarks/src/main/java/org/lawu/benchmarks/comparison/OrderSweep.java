package org.lawu.benchmarks.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lawu.random.Philox;
import org.lawu.tensor.Autograd;
import org.lawu.tensor.Tensor;
import org.lawu.tensor.Window;
import org.lawu.tensor.Workspace;

/**
 * Looks for operations whose speed depends on what ran before them in the same process: the JIT
 * compiler learns from all of it, and what it learned from one may spoil the code of another. Each
 * process runs operations for a while, in an order of its own, then times each again; an operation
 * is slow by the factor between its greatest and its least time. Some processes run all of them,
 * which C2 then compiles one by one; others only a few, as small programs do, which it inlines into
 * one another.
 */
public final class OrderSweep {
  private static final int WITH_ALL = 4;
  private static final int WITH_FEW = 32;
  private static final int PROCESSES = WITH_ALL + WITH_FEW;
  private static final int FEW = 3;
  private static final long WARM_UP_NANOSECONDS = 1_000_000_000;
  private static final long FEW_WARM_UP_NANOSECONDS = 3_000_000_000L;
  private static final long MEASURED_NANOSECONDS = 300_000_000;
  private static final double SLOW = 1.5;

  private final Map<String, Supplier<Tensor>> operations = new LinkedHashMap<>();
  private final Philox random = new Philox(1);
  private final Workspace workspace = new Workspace();

  private OrderSweep() {
    elementwise();
    rows();
    products();
    images();
    gradients();
  }

  /**
   * Starts processes and prints the operations that are slow in some; with a number, is such a
   * process.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0) {
      new OrderSweep().run(Integer.parseInt(args[0]));
      return;
    }
    var commands = new Commands(Path.of(System.getProperty("lawu.root", ".")));
    Map<String, List<Double>> times = new TreeMap<>();
    for (int process = 0; process < PROCESSES; process++) {
      read(commands.lawuOrder(process), times);
      System.err.println("process %d of %d is done".formatted(process + 1, PROCESSES));
    }
    report(times);
  }

  private static void read(ProcessBuilder command, Map<String, List<Double>> times)
      throws IOException, InterruptedException {
    Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          "bench: order: a process failed: " + String.join(" ", command.command()));
    }
    for (String line : output.lines().toList()) {
      int space = line.indexOf(' ');
      times
          .computeIfAbsent(line.substring(0, space), _ -> new ArrayList<>())
          .add(Double.parseDouble(line.substring(space + 1)));
    }
  }

  private static void report(Map<String, List<Double>> times) {
    System.out.println("| operation | factor | microseconds in each process |");
    System.out.println("| --- | --- | --- |");
    int slow = 0;
    for (var entry : times.entrySet()) {
      double factor = Collections.max(entry.getValue()) / Collections.min(entry.getValue());
      if (factor >= SLOW) {
        slow++;
        System.out.println(
            String.format(Locale.ROOT, "| %s | %.1f | ", entry.getKey(), factor)
                + String.join(
                    ", ",
                    entry.getValue().stream()
                        .map(x -> String.format(Locale.ROOT, "%.1f", x))
                        .toList())
                + " |");
      }
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "%d of %d operations took %.1f times their least time in one of %d processes",
            slow,
            times.size(),
            SLOW,
            PROCESSES));
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
    operations.put("conv2d", () -> images.conv2d(weight));
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
