package org.lawu.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Shape;
import org.lawu.tensor.Tensor;

/**
 * Whatever is in a file, it reads, or the fault is a FormatException that names it; and it takes
 * memory in proportion to the file's size, not to what the file declares. The property {@code
 * lawu.fuzz.cases} sets the number of files.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // For any number of cases; the usual takes seconds.
class SafetensorsFuzzTest {
  private static final int CASES = Integer.getInteger("lawu.fuzz.cases", 100_000);
  private static final String SOURCE = "case";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  private int read;
  private int refused;

  private byte[] sound() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.ones(2, 3));
    tensors.put("i", Tensor.of(1, 2));
    tensors.put("m", Tensor.of(true, false, true));
    tensors.put("e", Tensor.zeros(Shape.of(0, 4), DType.FLOAT64));
    Path file = folder.resolve("sound.safetensors");
    Safetensors.write(file, tensors, Map.of("format", "pt"));
    return Files.readAllBytes(file);
  }

  @Test
  void mutatedBytesReadOrAreRefused() throws IOException {
    byte[] sound = sound();
    var mutations = new Mutations(20260101);
    for (int i = 0; i < CASES / 2; i++) {
      check(mutations.bytes(sound), i);
    }
    assertThat(refused).isGreaterThan(CASES / 4);
    assertThat(read).isGreaterThan(CASES / 100);
  }

  @Test
  void mutatedHeadersReadOrAreRefused() {
    var mutations = new Mutations(20260102);
    for (int i = 0; i < CASES / 2; i++) {
      check(mutations.header(), i);
    }
    assertThat(refused).isGreaterThan(CASES / 8);
    assertThat(read).isGreaterThan(CASES / 20);
  }

  private void check(byte[] content, int round) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try (var stored = StoredTensors.of(Shard.of(SOURCE, content))) {
      stored.readAll();
      read++;
    } catch (FormatException fault) {
      checkMessage(fault);
      refused++;
    } catch (Exception | Error fault) {
      throw new AssertionError(
          "round %d: %s\n%s".formatted(round, fault, HexFormat.of().formatHex(content)), fault);
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as("bytes allocated in round %d", round)
        .isLessThan(500_000 + 100L * content.length);
  }

  private static void checkMessage(FormatException fault) {
    String message = String.valueOf(fault.getMessage());
    assertThat(message).startsWith(SOURCE).hasSizeLessThan(1000);
    assertThat(message.chars()).noneMatch(Character::isISOControl);
  }

  /** Files on disk fare as in memory. */
  @Test
  void mutatedFilesFareTheSame() throws IOException {
    var mutations = new Mutations(20260103);
    byte[] sound = sound();
    Path file = folder.resolve("mutated.safetensors");
    for (int i = 0; i < CASES / 100; i++) {
      byte[] content = mutations.below(2) == 0 ? mutations.bytes(sound) : mutations.header();
      Files.write(file, content);
      String inMemory;
      try (var stored = StoredTensors.of(Shard.of(file.toString(), content))) {
        inMemory = stored.readAll().toString();
      } catch (FormatException fault) {
        inMemory = fault.toString();
      }
      String onDisk;
      try {
        onDisk = Safetensors.read(file).toString();
      } catch (FormatException fault) {
        onDisk = fault.toString();
      }
      assertThat(onDisk).isEqualTo(inMemory);
    }
  }

  @Test
  void mutatedIndexesReadOrAreRefused() {
    byte[] sound =
        new ShardIndex(Map.of("a", "model-1.safetensors", "b", "model-2.safetensors"))
            .write(24)
            .getBytes(StandardCharsets.UTF_8);
    var mutations = new Mutations(20260104);
    for (int i = 0; i < CASES / 10; i++) {
      byte[] content = mutations.bytes(sound);
      try {
        for (String file : ShardIndex.read(SOURCE, content).files().values()) {
          assertThat(file).isNotEmpty().doesNotContain("/", "\\", "\0").isNotEqualTo("..");
        }
        read++;
      } catch (FormatException fault) {
        checkMessage(fault);
        refused++;
      } catch (RuntimeException fault) {
        throw new AssertionError(
            "round %d: %s".formatted(i, HexFormat.of().formatHex(content)), fault);
      }
    }
    assertThat(refused).isGreaterThan(CASES / 40);
    assertThat(read).isGreaterThan(CASES / 200);
  }
}
