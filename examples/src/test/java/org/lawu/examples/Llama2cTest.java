package org.lawu.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.nn.model.Gpt;
import org.lawu.nn.model.Sampling;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/** Reading checkpoints of llama2.c, and writing what others write with them. */
class Llama2cTest {
  private static final int HEADER = 28;

  @TempDir private Path folder;

  private static Path bundled(String name) {
    return TestData.find("llama2c-260k").resolve(name);
  }

  @Test
  void writesTheTokensThatOtherProgramsWrite() throws IOException {
    Gpt model = Llama2cCheckpoint.read(bundled("model.bin"));
    int[] expected =
        Stream.of(Files.readString(bundled("golden_greedy_ids.txt")).strip().split(" "))
            .mapToInt(Integer::parseInt)
            .toArray();
    assertThat(expected).hasSize(128);
    assertThat(model.generate(new int[] {1}, 128, Sampling.greedy())).isEqualTo(expected);
  }

  @Test
  void readsAllTokensAtOnceAsOneByOne() throws IOException {
    Gpt model = Llama2cCheckpoint.read(bundled("model.bin"));
    int[] text = new int[128];
    text[0] = 1;
    int[] written = model.generate(new int[] {1}, 128, Sampling.greedy());
    System.arraycopy(written, 0, text, 1, 127);
    int[] best = model.predict(Tensor.of(text, 1, 128)).argMax(-1).toIntArray();
    assertThat(best).isEqualTo(written);
  }

  @Test
  void spellsTokens() throws IOException {
    var tokenizer = Llama2cTokenizer.read(bundled("tok512.bin"), 512);
    assertThat(tokenizer.decode(5, 13)).isEqualTo(new byte[] {'\n'});
    byte[] word = tokenizer.decode(5, 275);
    assertThat(new String(word, StandardCharsets.UTF_8)).isEqualTo(" of");
    assertThat(tokenizer.decode(1, 275)).isEqualTo(Arrays.copyOfRange(word, 1, word.length));
  }

  /** Weights that count upwards, in a model whose heads share keys and whose scores are its own. */
  @Test
  void putsEveryWeightInItsPlace() throws IOException {
    int dim = 8;
    int hidden = 3;
    int vocabulary = 5;
    int context = 6;
    int keyValueDim = 4;
    int layer = 2 * dim + 2 * dim * dim + 2 * dim * keyValueDim + 3 * dim * hidden;
    int floats = 2 * vocabulary * dim + 2 * layer + dim + context * 2;
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + 4 * floats).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(header(dim, hidden, 2, 4, 2, -vocabulary, context));
    for (int i = 0; i < floats; i++) {
      bytes.putFloat(i);
    }
    Gpt model = Llama2cCheckpoint.read(write(bytes.array()));
    assertThat(model.options().keyValueHeads()).isEqualTo(2);
    int at = vocabulary * dim;
    assertBegins(model, "wte.weight", 0, 1);
    assertBegins(model, "h.1.ln_1.weight", at + dim, at + dim + 1);
    at += 2 * dim;
    Tensor in = value(model, "h.1.attn.in_proj_weight");
    assertThat(in.shape()).isEqualTo(Shape.of(dim + 2 * keyValueDim, dim));
    assertThat(in.get(0, 0)).isEqualTo(at + dim * dim);
    at += 2 * dim * dim;
    assertThat(in.get(dim, 0)).isEqualTo(at + keyValueDim * dim);
    at += 2 * keyValueDim * dim;
    assertThat(in.get(dim + keyValueDim, 1)).isEqualTo(at + keyValueDim * dim + 1);
    at += 2 * keyValueDim * dim;
    assertBegins(model, "h.0.attn.out_proj.weight", at, at + 1);
    at += 2 * dim * dim;
    assertBegins(model, "h.0.ln_2.weight", at, at + 1);
    at += 2 * dim;
    for (String name : new String[] {"w1", "w2", "w3"}) {
      assertBegins(model, "h.1.mlp." + name + ".weight", at + hidden * dim, at + hidden * dim + 1);
      at += 2 * hidden * dim;
    }
    assertBegins(model, "ln_f.weight", at, at + 1);
    at += dim + 2 * context;
    assertBegins(model, "lm_head.weight", at, at + 1);
    assertThat(value(model, "lm_head.weight").get(vocabulary - 1, dim - 1)).isEqualTo(floats - 1);
  }

  private static Tensor value(Gpt model, String name) {
    var parameter = model.namedParameters().get(name);
    assertThat(parameter).as(name).isNotNull();
    return parameter.value();
  }

  private static void assertBegins(Gpt model, String name, float... expected) {
    assertThat(Arrays.copyOf(value(model, name).toFloatArray(), expected.length))
        .as(name)
        .containsExactly(expected);
  }

  private static byte[] header(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes.array();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.bin"), bytes);
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = write(bytes);
    assertThatThrownBy(() -> Llama2cCheckpoint.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void refusesDamagedCheckpoints() throws IOException {
    byte[] whole = Files.readAllBytes(bundled("model.bin"));
    assertRefused(
        Arrays.copyOf(whole, whole.length - 1),
        "the header announces 932124 bytes, the file has 932123; fetch the file again");
    assertRefused(
        Arrays.copyOf(whole, whole.length + 4),
        "the header announces 932124 bytes, the file has 932128; fetch the file again");
    assertRefused(new byte[0], "a checkpoint begins with a header of 28 bytes, the file has 0");
    assertRefused(header(64, 172, 0, 4, 4, 512, 128), "layers must be 1 to 524288, got 0");
    assertRefused(
        header(64, 172, 4, 4, 4, Integer.MIN_VALUE, 128),
        "vocabulary must be 1 to 524288, got -2147483648");
    assertRefused(
        header(Integer.MAX_VALUE, 172, 4, 4, 4, 512, 128),
        "dim must be 1 to 524288, got 2147483647");
    assertRefused(
        header(64, 172, 4, 6, 4, 512, 128),
        "heads must divide dim into even parts, and key/value heads divide heads; got dim 64, heads"
            + " 6, key/value heads 4");
    int most = 1 << 19;
    assertRefused(
        header(most, most, most, 1, 1, most, most),
        "the header announces 4035229664172572700 bytes, the file has 28; fetch the file again");
  }

  @Test
  void refusesDamagedTokenizers() throws IOException {
    byte[] whole = Files.readAllBytes(bundled("tok512.bin"));
    Path file = folder.resolve("tok.bin");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> Llama2cTokenizer.read(file, 512))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": token 511 has a length of 2, and 1 bytes are left; it is damaged");
    Files.write(file, Arrays.copyOf(whole, whole.length - 4));
    assertThatThrownBy(() -> Llama2cTokenizer.read(file, 512))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": ends within token 511 of 512; it is damaged, or for another model");
    Files.write(file, whole);
    assertThatThrownBy(() -> Llama2cTokenizer.read(file, 511))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ": goes on after the 511 tokens of the model; it is damaged, or for another"
                + " model");
    assertThatThrownBy(() -> Llama2cTokenizer.read(file, 513))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": ends within token 512 of 513; it is damaged, or for another model");
    whole[8] = -1;
    whole[11] = -1;
    Files.write(file, whole);
    assertThatThrownBy(() -> Llama2cTokenizer.read(file, 512))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": token 0 has a length of -");
  }
}
