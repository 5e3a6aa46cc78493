package org.lawu.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

class StoredTensorsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("model.safetensors");
  }

  private void writeTwo() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.arange(6).reshape(2, 3));
    tensors.put("a", Tensor.ones(4));
    Safetensors.write(file, tensors, Map.of("format", "pt"));
  }

  /** A file of a header and zeros, which take no space where the system knows sparse files. */
  private FileChannel sparse(String header, long dataSize) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    channel.write(
        ByteBuffer.allocate(8 + json.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .flip());
    channel.write(ByteBuffer.allocate(1), 8 + json.length + dataSize - 1);
    return channel;
  }

  @Test
  void readsSingleTensors() throws IOException {
    writeTwo();
    try (var stored = Safetensors.open(file)) {
      assertThat(stored.names()).containsExactly("b", "a");
      assertThat(stored.metadata()).isEqualTo(Map.of("format", "pt"));
      assertThat(stored.shape("b")).isEqualTo(Shape.of(2, 3));
      assertThat(stored.dtype("b")).isEqualTo(DType.INT32);
      assertThat(stored.dtype("a")).isEqualTo(DType.FLOAT32);
      assertThat(stored.tensor("a")).isEqualTo(Tensor.ones(4));
      assertThat(stored.tensor("b")).isEqualTo(Tensor.arange(6).reshape(2, 3));
    }
  }

  @Test
  void readsFilesOfMoreThanTwoGigabytes() throws IOException {
    long padding = 2_147_483_000L;
    String header =
        """
        {"p":{"dtype":"U8","shape":[%1$d],"data_offsets":[0,%1$d]},\
        "q":{"dtype":"F64","shape":[%1$d],"data_offsets":[%1$d,%2$d]},\
        "x":{"dtype":"F32","shape":[2],"data_offsets":[%2$d,%3$d]}}\
        """
            .formatted(padding, 9 * padding, 9 * padding + 8);
    try (var channel = sparse(header, 9 * padding + 8)) {
      var x = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2);
      channel.write(x.flip(), channel.size() - 8);
    }
    assertThat(Files.size(file)).isGreaterThan(19_000_000_000L);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (var stored = Safetensors.open(file)) {
      assertThat(stored.shape("q")).isEqualTo(Shape.of(2_147_483_000));
      assertThat(stored.tensor("x")).isEqualTo(Tensor.of(1.5f, -2));
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
    Files.delete(file);
  }

  @Test
  void refusesTensorsThatNoArrayHolds() throws IOException {
    sparse(
            "{\"x\":{\"dtype\":\"U8\",\"shape\":[2,1073741824],\"data_offsets\":[0,2147483648]}}",
            1L << 31)
        .close();
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file
                + ", tensor \"x\": shape: too many elements: [2, 1073741824] exceeds 2147483647;"
                + " split the tensor");
    Files.delete(file);
  }

  @Test
  void refusesNamesThatAreNotThere() throws IOException {
    writeTwo();
    try (var stored = Safetensors.open(file)) {
      assertThatThrownBy(() -> stored.tensor("c"))
          .isInstanceOf(ArgumentException.class)
          .hasMessage("tensor: " + file + " holds no \"c\"; ask names()");
      assertThatThrownBy(() -> stored.shape("c"))
          .hasMessage("shape: " + file + " holds no \"c\"; ask names()");
      assertThatThrownBy(() -> stored.dtype("c"))
          .hasMessage("dtype: " + file + " holds no \"c\"; ask names()");
    }
  }

  @Test
  void refusesToReadWhenClosed() throws IOException {
    writeTwo();
    var stored = Safetensors.open(file);
    stored.close();
    stored.close();
    assertThatThrownBy(() -> stored.tensor("a"))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("tensor: " + file + " is closed; read before closing it");
  }

  @Test
  void noticesThatTheFileWasCutOff() throws IOException {
    writeTwo();
    try (var stored = Safetensors.open(file);
        var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
      assertThat(stored.tensor("b")).isEqualTo(Tensor.arange(6).reshape(2, 3));
      assertThatThrownBy(() -> stored.tensor("a"))
          .isInstanceOf(IOException.class)
          .hasMessage(file + ", tensor \"a\": the file was cut off after it was opened");
    }
  }

  @Test
  void readsFromSeveralThreads() throws IOException {
    writeTwo();
    try (var stored = Safetensors.open(file)) {
      var sums =
          IntStream.range(0, 64)
              .parallel()
              .mapToObj(i -> read(stored, i % 2 == 0 ? "a" : "b"))
              .mapToDouble(tensor -> tensor.sum().item())
              .sum();
      assertThat(sums).isEqualTo(32 * (4 + 15));
    }
  }

  private static Tensor read(StoredTensors stored, String name) {
    try {
      return stored.tensor(name);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }
}
