package org.lawu.examples;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.lawu.error.FormatException;
import org.lawu.nn.model.Gpt;
import org.lawu.nn.model.GptOptions;
import org.lawu.tensor.Tensor;

/**
 * Reads a model in the first format of llama2.c's checkpoints (Karpathy, <a
 * href="https://github.com/karpathy/llama2.c">llama2.c</a>, 2023): seven little-endian int32
 * numbers and then the weights as float32, each kind for all layers together.
 */
final class Llama2cCheckpoint {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final List<String> NUMBERS =
      List.of("dim", "hidden", "layers", "heads", "key/value heads", "vocabulary", "context");
  private static final int HEADER_BYTES = NUMBERS.size() * Integer.BYTES;

  /** More than any such model has; products of three stay within a long. */
  private static final int LARGEST = 1 << 19;

  private final Path file;
  private final MemorySegment content;
  private final GptOptions options;
  private long position = HEADER_BYTES;

  private Llama2cCheckpoint(Path file, MemorySegment content) {
    this.file = file;
    this.content = content;
    this.options = header();
    checkSize();
  }

  /**
   * Reads a file.
   *
   * @throws FormatException if it is no such checkpoint, or longer or shorter than its header says
   * @throws IOException if it cannot be read
   */
  static Gpt read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      MemorySegment content = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return new Llama2cCheckpoint(file, content).model();
    }
  }

  private GptOptions header() {
    if (content.byteSize() < HEADER_BYTES) {
      throw fault(
          "a checkpoint begins with a header of %d bytes, the file has %d"
              .formatted(HEADER_BYTES, content.byteSize()));
    }
    int[] numbers = new int[NUMBERS.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = content.get(INT, (long) i * Integer.BYTES);
      // A negative vocabulary says that the scores have weights of their own.
      int size = NUMBERS.get(i).equals("vocabulary") ? Math.abs(numbers[i]) : numbers[i];
      if (size < 1 || size > LARGEST) {
        throw fault("%s must be 1 to %d, got %d".formatted(NUMBERS.get(i), LARGEST, numbers[i]));
      }
    }
    int dim = numbers[0];
    int heads = numbers[3];
    int keyValueHeads = numbers[4];
    if (dim % heads != 0 || dim / heads % 2 != 0 || heads % keyValueHeads != 0) {
      throw fault(
          ("heads must divide dim into even parts, and key/value heads divide heads; got dim %d,"
                  + " heads %d, key/value heads %d")
              .formatted(dim, heads, keyValueHeads));
    }
    GptOptions shared =
        GptOptions.llama(Math.abs(numbers[5]), numbers[6], dim, heads, numbers[2], numbers[1])
            .keyValueHeads(keyValueHeads);
    return numbers[5] > 0 ? shared : shared.untied();
  }

  private void checkSize() {
    long dim = options.dim();
    long layer = 2 * dim + 2 * dim * dim + 2 * dim * keyValueDim() + 3 * dim * options.hidden();
    long tables = (long) options.context() * headDim();
    long words = (long) options.vocabulary() * dim;
    long floats = options.layers() * layer + dim + tables + (options.isTied() ? words : 2 * words);
    long expected = HEADER_BYTES + floats * Float.BYTES;
    if (content.byteSize() != expected) {
      throw fault(
          "the header announces %d bytes, the file has %d; fetch the file again"
              .formatted(expected, content.byteSize()));
    }
  }

  private int headDim() {
    return options.dim() / options.heads();
  }

  private int keyValueDim() {
    return headDim() * options.keyValueHeads();
  }

  private Gpt model() {
    int dim = options.dim();
    int hidden = options.hidden();
    var model = new Gpt(options);
    set(model, "wte.weight", next(options.vocabulary(), dim));
    setEach(model, "ln_1.weight", each(dim));
    List<Tensor> queries = each(dim, dim);
    List<Tensor> keys = each(keyValueDim(), dim);
    List<Tensor> values = each(keyValueDim(), dim);
    for (int i = 0; i < options.layers(); i++) {
      Tensor all = Tensor.concat(0, queries.get(i), keys.get(i), values.get(i));
      set(model, "h." + i + ".attn.in_proj_weight", all);
    }
    setEach(model, "attn.out_proj.weight", each(dim, dim));
    setEach(model, "ln_2.weight", each(dim));
    setEach(model, "mlp.w1.weight", each(hidden, dim));
    setEach(model, "mlp.w2.weight", each(dim, hidden));
    setEach(model, "mlp.w3.weight", each(hidden, dim));
    set(model, "ln_f.weight", next(dim));
    if (!options.isTied()) {
      // Two tables of rotary angles, which are computed here.
      position += (long) options.context() * headDim() * Float.BYTES;
      set(model, "lm_head.weight", next(options.vocabulary(), dim));
    }
    return model;
  }

  /** A tensor of the given sizes for each layer. */
  private List<Tensor> each(int... sizes) {
    return Stream.generate(() -> next(sizes)).limit(options.layers()).toList();
  }

  private Tensor next(int... sizes) {
    long count = 1;
    for (int size : sizes) {
      count *= size;
    }
    float[] values = content.asSlice(position, count * Float.BYTES).toArray(FLOAT);
    position += count * Float.BYTES;
    return Tensor.of(values, sizes);
  }

  private static void setEach(Gpt model, String name, List<Tensor> values) {
    for (int i = 0; i < values.size(); i++) {
      set(model, "h." + i + "." + name, values.get(i));
    }
  }

  private static void set(Gpt model, String name, Tensor value) {
    var parameter = model.namedParameters().get(name);
    if (parameter == null) {
      throw new IllegalStateException("the model has no " + name);
    }
    parameter.set(value);
  }

  private FormatException fault(String message) {
    return new FormatException("%s: %s".formatted(file, message));
  }
}
