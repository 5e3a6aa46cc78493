package org.lawu.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lawu.benchmarks.workload.Numbers;
import org.lawu.benchmarks.workload.Step;

/** A session that writes its output {@code y} to a place that is there. */
final class Inference implements Step {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs;
  private final FloatBuffer result;
  private final OrtSession session;

  /** With the sizes of the output. */
  Inference(Graph graph, int threads, long... sizes) {
    try (var options = options(threads)) {
      session = environment.createSession(graph.toBytes(), options);
      result = buffer(new float[count(sizes)]);
      outputs = Map.of("y", OnnxTensor.createTensor(environment, result, sizes));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything that makes it fast. */
  static SessionOptions options(int threads) throws OrtException {
    var options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OptLevel.ALL_OPT);
    return options;
  }

  /** With an input. */
  Inference with(String name, float[] numbers, long... sizes) {
    try {
      inputs.put(name, OnnxTensor.createTensor(environment, buffer(numbers), sizes));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** With an input in {@code [-1, 1)}. */
  Inference with(String name, long seed, long... sizes) {
    return with(name, Numbers.symmetric(seed, count(sizes)), sizes);
  }

  private static int count(long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    return count;
  }

  /** Outside of the heap, where the library reads and writes it in place. */
  private static FloatBuffer buffer(float[] numbers) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(numbers.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    buffer.put(numbers).rewind();
    return buffer;
  }

  @Override
  public void run() {
    try (var _ = session.run(inputs, outputs)) {
      // The result is in its place.
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public double check() {
    run();
    float[] numbers = new float[result.capacity()];
    result.get(0, numbers);
    return Numbers.meanMagnitude(numbers);
  }

  @Override
  public void close() {
    try {
      session.close();
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
