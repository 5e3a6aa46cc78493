package org.lawu.benchmarks.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lawu.benchmarks.workload.Workload;

/** A library to compare with, each in a Maven module of its own below {@code benchmarks/peers}. */
public enum Peer {
  /** PyTorch through its Java binding, with MKL. */
  PYTORCH("pytorch", "PyTorch"),
  /** The same flushing subnormal numbers to zero, which matters to long LSTMs alone. */
  PYTORCH_FTZ("pytorch", "PyTorch") {
    @Override
    boolean takes(Workload workload) {
      return workload instanceof Workload.TextLstmStep;
    }

    @Override
    List<String> arguments() {
      return List.of("flush-to-zero");
    }
  },
  /** TensorFlow Java. */
  TENSORFLOW("tensorflow", "TensorFlowJava"),
  /** ONNX Runtime; inference only. */
  ONNXRUNTIME("onnxruntime", "OnnxRuntime"),
  /** Deeplearning4j and ND4J. */
  DL4J("dl4j", "Deeplearning4j"),
  /** VectorBLAS, Java too; one thread. */
  NETLIB("netlib", "VectorBlas") {
    @Override
    List<String> jvmOptions() {
      return List.of("--add-modules=jdk.incubator.vector");
    }
  };

  private final String module;
  private final String mainClass;

  Peer(String module, String mainClass) {
    this.module = module;
    this.mainClass = mainClass;
  }

  /** The peers of a name on the command line. */
  static List<Peer> named(String name) {
    if (name.equals("none")) {
      return List.of();
    }
    List<Peer> peers = Arrays.stream(values()).filter(p -> p.module.equals(name)).toList();
    if (peers.isEmpty()) {
      throw new IllegalArgumentException(
          "bench: there is no peer '%s'; the peers are %s, or none"
              .formatted(
                  name,
                  String.join(
                      ", ", Arrays.stream(values()).map(p -> p.module).distinct().toList())));
    }
    return peers;
  }

  /** Whether it is worth asking for a workload. */
  boolean takes(Workload workload) {
    return true;
  }

  /** The folder and Maven module. */
  String module() {
    return module;
  }

  /** The package and class whose main method serves. */
  String mainClass() {
    return "org.lawu.benchmarks." + module + "." + mainClass;
  }

  /** The class whose main method predicts once. */
  String coldStartClass() {
    return "org.lawu.benchmarks." + module + ".ColdStart";
  }

  /** What follows the number of threads on the command line. */
  List<String> arguments() {
    return List.of();
  }

  /** What the JVM needs besides. */
  List<String> jvmOptions() {
    return List.of();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
