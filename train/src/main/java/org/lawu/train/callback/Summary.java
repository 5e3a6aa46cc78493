package org.lawu.train.callback;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Named values of one moment, as TensorBoard shows them.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/framework/summary.proto">summary.proto</a>
 */
final class Summary {
  private static final int BUCKETS = 30;

  // Fields of Summary and of the Value inside.
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int HISTOGRAM = 5;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;

  // SummaryMetadata and the PluginData inside.
  private static final int PLUGIN_DATA = 1;
  private static final int PLUGIN_NAME = 1;

  // TensorProto.
  private static final int DTYPE = 1;
  private static final int SHAPE = 2;
  private static final int STRING_VALUES = 8;
  private static final int DT_STRING = 7;

  private final ProtobufMessage message = new ProtobufMessage();

  ProtobufMessage message() {
    return message;
  }

  Summary scalar(String tag, double value) {
    return value(tag, new ProtobufMessage().float32(SIMPLE_VALUE, (float) value));
  }

  /** Text in Markdown. */
  Summary text(String tag, String markdown) {
    var metadata =
        new ProtobufMessage()
            .message(PLUGIN_DATA, new ProtobufMessage().string(PLUGIN_NAME, "text"));
    var scalarString =
        new ProtobufMessage()
            .integer(DTYPE, DT_STRING)
            .message(SHAPE, new ProtobufMessage())
            .string(STRING_VALUES, markdown);
    return value(
        tag, new ProtobufMessage().message(METADATA, metadata).message(TENSOR, scalarString));
  }

  /** How the finite ones of some numbers are spread, in buckets of equal width; nothing of none. */
  Summary histogram(String tag, double[] numbers) {
    double[] finite = Arrays.stream(numbers).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return this;
    }
    double min = Arrays.stream(finite).min().getAsDouble();
    double max = Arrays.stream(finite).max().getAsDouble();
    int buckets = min == max ? 1 : BUCKETS;
    double width = (max - min) / buckets;
    double[] limits = new double[buckets];
    Arrays.setAll(limits, i -> i == buckets - 1 ? max : min + (i + 1) * width);
    double[] counts = new double[buckets];
    for (double number : finite) {
      int bucket = width == 0 ? 0 : (int) ((number - min) / width);
      counts[Math.min(buckets - 1, bucket)]++;
    }
    // HistogramProto: min, max, number, sum, sum of squares, limits and counts of the buckets.
    var histogram =
        new ProtobufMessage()
            .float64(1, min)
            .float64(2, max)
            .float64(3, finite.length)
            .float64(4, DoubleStream.of(finite).sum())
            .float64(5, DoubleStream.of(finite).map(number -> number * number).sum())
            .float64s(6, limits)
            .float64s(7, counts);
    return value(tag, new ProtobufMessage().message(HISTOGRAM, histogram));
  }

  private Summary value(String tag, ProtobufMessage value) {
    message.message(VALUE, value.string(TAG, tag));
    return this;
  }
}
