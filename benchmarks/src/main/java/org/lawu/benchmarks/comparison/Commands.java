package org.lawu.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command lines of the processes. All are the JVM that runs the comparison, with a heap of
 * fixed size that is touched in advance; the peers keep their numbers outside of it and need less.
 */
final class Commands {
  private static final String LAWU = "org.lawu.benchmarks.lawu.Lawu";
  private static final String LAWU_COLD_START = "org.lawu.benchmarks.lawu.ColdStart";
  private static final String LAWU_HEAP = "4g";
  private static final String PEER_HEAP = "1g";
  private static final String PEAK_HEAP = "2g";
  private static final String PEAK_YOUNG = "2m";
  private static final String PEAK_PEER_HEAP = "256m";

  private final Path root;

  Commands(Path root) {
    this.root = root;
  }

  ProcessBuilder lawu(int threads) {
    List<String> command = java(fixedHeap(LAWU_HEAP));
    command.addAll(lawuOptions(threads));
    command.add(LAWU);
    return new ProcessBuilder(command);
  }

  /**
   * With more heap than a step needs, little of it for what is young, and the collector that needs
   * none for itself.
   */
  ProcessBuilder lawuPeak(int threads) {
    List<String> command =
        java(
            List.of(
                "-Xms" + PEAK_HEAP, "-Xmx" + PEAK_HEAP, "-Xmn" + PEAK_YOUNG, "-XX:+UseSerialGC"));
    command.addAll(lawuOptions(threads));
    command.add(LAWU);
    return new ProcessBuilder(command);
  }

  ProcessBuilder lawuColdStart(int threads, Path model) {
    List<String> command = java(List.of());
    command.addAll(lawuOptions(threads));
    command.addAll(List.of(LAWU_COLD_START, model.toString()));
    return new ProcessBuilder(command);
  }

  /** Runs all operations or a few of them, as {@link OrderSweep} wants it. */
  ProcessBuilder lawuOrder(int process) {
    List<String> command = java(List.of());
    command.addAll(lawuOptions(1));
    command.addAll(List.of(OrderedRun.class.getName(), Integer.toString(process)));
    return new ProcessBuilder(command);
  }

  private static List<String> lawuOptions(int threads) {
    List<String> options = new ArrayList<>();
    options.add("--add-modules=jdk.incubator.vector");
    options.add("-Dlawu.threads=" + threads);
    String more = System.getenv("LAWU_JAVA_OPTS");
    if (more != null && !more.isBlank()) {
      options.addAll(List.of(more.strip().split("\\s+", -1)));
    }
    options.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return options;
  }

  ProcessBuilder peer(Peer peer, int threads) throws IOException {
    List<String> command = java(fixedHeap(PEER_HEAP));
    command.addAll(peerOptions(peer));
    command.addAll(List.of(peer.mainClass(), Integer.toString(threads)));
    command.addAll(peer.arguments());
    return withEnvironment(new ProcessBuilder(command), threads);
  }

  /**
   * Interpreted, so that the JIT compiler takes no memory in between; and the C library maps large
   * blocks one by one and unmaps them at once, MKL keeps no buffers, so that what is resident is
   * what is in use.
   */
  ProcessBuilder peerPeak(Peer peer, int threads) throws IOException {
    List<String> command =
        java(
            List.of(
                "-Xms" + PEAK_PEER_HEAP,
                "-Xmx" + PEAK_PEER_HEAP,
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-Xint"));
    command.addAll(peerOptions(peer));
    command.addAll(List.of(peer.mainClass(), Integer.toString(threads)));
    ProcessBuilder builder = withThreads(new ProcessBuilder(command), threads);
    Map<String, String> environment = builder.environment();
    environment.put("MKL_DISABLE_FAST_MM", "1");
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_THRESHOLD_", "65536");
    environment.put("MALLOC_TRIM_THRESHOLD_", "0");
    return builder;
  }

  ProcessBuilder peerColdStart(Peer peer, int threads, Path model) throws IOException {
    List<String> command = java(List.of());
    command.addAll(peerOptions(peer));
    command.addAll(List.of(peer.coldStartClass(), Integer.toString(threads), model.toString()));
    return withEnvironment(new ProcessBuilder(command), threads);
  }

  private List<String> peerOptions(Peer peer) throws IOException {
    Path target = root.resolve("benchmarks/peers").resolve(peer.module()).resolve("target");
    Path classPath = target.resolve("classpath.txt");
    if (!Files.exists(classPath)) {
      throw new IOException(
          "bench: %s is not there; start the comparison with ./lawu bench, which downloads and"
                  .formatted(peer.module())
              + " builds what --peers names");
    }
    List<String> options = new ArrayList<>(peer.jvmOptions());
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("--sun-misc-unsafe-memory-access=allow");
    // JavaCPP takes PyTorch's BLAS from here, and would else limit memory by the size of the heap.
    options.add("-Dorg.bytedeco.openblas.load=mkl");
    options.add("-Dorg.bytedeco.javacpp.maxbytes=0");
    options.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    options.add("-Dlawu.root=" + root);
    options.add("-cp");
    options.add(
        String.join(
            File.pathSeparator,
            target.resolve("classes").toString(),
            ownClasses(),
            Files.readString(classPath).strip()));
    return options;
  }

  /** Where this project's benchmark classes are: the workloads, for the peers. */
  private static String ownClasses() {
    return Path.of(
            URI.create(
                Commands.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static ProcessBuilder withThreads(ProcessBuilder builder, int threads) {
    Map<String, String> environment = builder.environment();
    // MKL and OpenMP have a thread pool each, which must not fight over the processors.
    environment.put("MKL_NUM_THREADS", Integer.toString(threads));
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    return builder;
  }

  private static ProcessBuilder withEnvironment(ProcessBuilder builder, int threads) {
    Map<String, String> environment = withThreads(builder, threads).environment();
    // The C library gives large blocks back to the system at once and then pays for touching new
    // ones; with these it keeps them, in large pages, as the heaps of the JVMs do.
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_MAX_", "0");
    environment.put("MALLOC_TRIM_THRESHOLD_", "17179869184");
    environment.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    return builder;
  }

  private static List<String> java(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    return command;
  }

  private static List<String> fixedHeap(String size) {
    return List.of(
        "-Xms" + size, "-Xmx" + size, "-XX:+AlwaysPreTouch", "-XX:+UseTransparentHugePages");
  }
}
