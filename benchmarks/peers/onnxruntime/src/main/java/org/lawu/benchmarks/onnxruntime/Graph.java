package org.lawu.benchmarks.onnxruntime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.lawu.benchmarks.workload.Weights;

/**
 * A model in the ONNX format, of FLOAT32 tensors; onnx.proto of github.com/onnx/onnx has the
 * numbers of the fields.
 */
final class Graph {
  private static final int OPSET = 20;
  private static final int IR_VERSION = 9;
  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  /** The domain of what ONNX Runtime has beyond the standard. */
  static final String MICROSOFT = "com.microsoft";

  private final Message graph = new Message().text(2, "benchmark");
  private int values;

  /** An input, by name. */
  String input(String name, long... sizes) {
    graph.message(11, valueInfo(name, sizes));
    return name;
  }

  /** Makes a value the output, called {@code y}. */
  void output(String value, long... sizes) {
    graph.message(1, new Message().text(1, value).text(2, "y").text(4, "Identity"));
    graph.message(12, valueInfo("y", sizes));
  }

  private static Message valueInfo(String name, long... sizes) {
    var shape = new Message();
    for (long size : sizes) {
      shape.message(1, new Message().integer(1, size));
    }
    var tensor = new Message().integer(1, FLOAT).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A constant with the values that a parameter begins with. */
  String weight(String name, int... sizes) {
    return constant(name, Weights.of(name, sizes), sizes);
  }

  /** A parameter {@code [out, in]}, as a constant {@code [in, out]}. */
  String transposedWeight(String name, int out, int in) {
    float[] stored = Weights.of(name, out, in);
    float[] transposed = new float[stored.length];
    for (int i = 0; i < out; i++) {
      for (int j = 0; j < in; j++) {
        transposed[j * out + i] = stored[i * in + j];
      }
    }
    return constant(name, transposed, in, out);
  }

  private String constant(String name, float[] numbers, int... sizes) {
    var tensor = new Message();
    for (int size : sizes) {
      tensor.integer(1, size);
    }
    ByteBuffer raw =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(numbers);
    graph.message(5, tensor.integer(2, FLOAT).text(8, name).bytes(9, raw.array()));
    return name;
  }

  /** Applies an operator of the standard and returns its result. */
  String node(String operator, Map<String, Object> attributes, String... inputs) {
    return node("", operator, attributes, List.of(inputs));
  }

  /** Applies an operator; an attribute is a Long, a Float or a long[]. */
  String node(String domain, String operator, Map<String, Object> attributes, List<String> inputs) {
    var node = new Message();
    inputs.forEach(input -> node.text(1, input));
    String result = "value" + values++;
    node.text(2, result).text(4, operator);
    attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
    graph.message(1, node.text(7, domain));
    return result;
  }

  private static Message attribute(String name, Object value) {
    var attribute = new Message().text(1, name);
    switch (value) {
      case Long integer -> attribute.integer(3, integer).integer(20, ATTRIBUTE_INT);
      case Float real -> attribute.real(2, real).integer(20, ATTRIBUTE_FLOAT);
      case long[] integers -> {
        for (long integer : integers) {
          attribute.integer(8, integer);
        }
        attribute.integer(20, ATTRIBUTE_INTS);
      }
      default -> throw new IllegalArgumentException("attribute " + name + ": " + value);
    }
    return attribute;
  }

  /** The bytes of the model. */
  byte[] toBytes() {
    return new Message()
        .integer(1, IR_VERSION)
        .message(7, graph)
        .message(8, new Message().text(1, "").integer(2, OPSET))
        .message(8, new Message().text(1, MICROSOFT).integer(2, 1))
        .toBytes();
  }
}
