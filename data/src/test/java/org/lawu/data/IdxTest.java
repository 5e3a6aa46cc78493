package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lawu.data.IdxFile.gzip;
import static org.lawu.data.IdxFile.sizes;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;
import org.lawu.error.IndexException;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class IdxTest {
  private static final int UNSIGNED_BYTE = 0x08;

  @TempDir Path folder;

  private Path file(byte... bytes) throws IOException {
    return Files.write(folder.resolve("data.idx"), bytes);
  }

  private Idx read(byte... bytes) throws IOException {
    return Idx.read(file(bytes));
  }

  private void assertFault(String message, byte... bytes) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> Idx.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
  }

  private static byte[] cube() {
    return IdxFile.of(UNSIGNED_BYTE, sizes(2, 1, 3), new byte[] {0, 1, 127, -128, -2, -1});
  }

  @Test
  void unsignedBytes() throws IOException {
    Idx idx = read(cube());

    assertThat(idx.toTensor()).isEqualTo(Tensor.of(new int[] {0, 1, 127, 128, 254, 255}, 2, 1, 3));
    assertThat(idx.floats()).isEqualTo(Tensor.of(new float[] {0, 1, 127, 128, 254, 255}, 2, 1, 3));
    assertThat(idx.size()).isEqualTo(2);
    assertThat(idx.isInteger()).isTrue();
    assertThat(idx).hasToString("Idx [2, 1, 3] of unsigned byte");
  }

  @Test
  void signedBytes() throws IOException {
    Idx idx = read(IdxFile.of(0x09, sizes(3), new byte[] {1, -1, -128}));

    assertThat(idx.toTensor()).isEqualTo(Tensor.of(1, -1, -128));
  }

  @Test
  void shorts() throws IOException {
    Idx idx = read(IdxFile.of(0x0B, sizes(2), new byte[] {1, 0, -1, -2}));

    assertThat(idx.toTensor()).isEqualTo(Tensor.of(256, -2));
  }

  @Test
  void ints() throws IOException {
    byte[] elements = ByteBuffer.allocate(8).putInt(123456789).putInt(Integer.MIN_VALUE).array();
    Idx idx = read(IdxFile.of(0x0C, sizes(2), elements));

    assertThat(idx.toTensor()).isEqualTo(Tensor.of(123456789, Integer.MIN_VALUE));
    assertThat(idx.floats(0.5)).isEqualTo(Tensor.of(61728396f, -0x1p30f));
  }

  @Test
  void floats() throws IOException {
    byte[] elements = ByteBuffer.allocate(8).putFloat(0.1f).putFloat(Float.NaN).array();
    Idx idx = read(IdxFile.of(0x0D, sizes(2), elements));

    assertThat(idx.toTensor()).isEqualTo(Tensor.of(0.1f, Float.NaN));
    assertThat(idx.isInteger()).isFalse();
  }

  @Test
  void doubles() throws IOException {
    byte[] elements = ByteBuffer.allocate(16).putDouble(0.1).putDouble(-1e300).array();
    Idx idx = read(IdxFile.of(0x0E, sizes(2, 1), elements));

    assertThat(idx.toTensor()).isEqualTo(Tensor.of(new double[] {0.1, -1e300}, 2, 1));
    assertThat(idx.floats()).isEqualTo(Tensor.of(new float[] {0.1f, -1f / 0f}, 2, 1));
  }

  @Test
  void gzipIsToldByItsBytesAndNotByItsName() throws IOException {
    assertThat(read(gzip(cube())).toTensor()).isEqualTo(read(cube()).toTensor());
  }

  @Test
  void aLargePackedFile() throws IOException {
    byte[] elements = new byte[300_000];
    new Random(1).nextBytes(elements);
    Idx idx = read(gzip(IdxFile.of(UNSIGNED_BYTE, sizes(300, 1000), elements)));

    assertThat(idx.toTensor().get(299, 999)).isEqualTo(elements[299_999] & 0xFF);
    assertThat(idx.toTensor())
        .isEqualTo(read(gzip(IdxFile.of(8, sizes(300, 1000), elements))).toTensor());
  }

  @Test
  void scalesLikeADivision() throws IOException {
    byte[] elements = new byte[256];
    for (int i = 0; i < 256; i++) {
      elements[i] = (byte) i;
    }
    Tensor scaled = read(IdxFile.of(UNSIGNED_BYTE, sizes(256), elements)).floats(1.0 / 255);

    assertThat(scaled).isEqualTo(Tensor.arange(256).to(DType.FLOAT32).div(255));
  }

  @Test
  void givesSomeRecords() throws IOException {
    Idx idx = read(cube());

    assertThat(idx.floats(2, new int[] {1, 0, 1}))
        .isEqualTo(Tensor.of(new float[] {256, 508, 510, 0, 2, 254, 256, 508, 510}, 3, 1, 3));
    assertThat(idx.floats(2, new int[0]).shape().toArray()).containsExactly(0, 1, 3);
    assertThatThrownBy(() -> idx.floats(1, new int[] {2}))
        .isInstanceOf(IndexException.class)
        .hasMessage("floats: there is no record 2; the data set has 2, counted from 0");
  }

  @Test
  void noElements() throws IOException {
    Idx idx = read(IdxFile.of(UNSIGNED_BYTE, sizes(0, 2147483647, 2147483647)));

    assertThat(idx.toTensor().shape().elements()).isZero();
    assertThat(idx.size()).isZero();
  }

  @Test
  void refusesABadMagicNumber() throws IOException {
    assertFault(
        ", byte 0: an IDX file begins with two zero bytes, found 0x89 0x50",
        new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    assertFault(
        ", byte 2: unknown element type 0x07; IDX has 0x08 unsigned byte, 0x09 signed byte, 0x0B"
            + " short, 0x0C int, 0x0D float, 0x0E double",
        IdxFile.of(0x07, sizes(1), new byte[1]));
    assertFault(
        ", byte 3: the number of dimensions is 0, and must be at least 1",
        IdxFile.of(UNSIGNED_BYTE, sizes(), new byte[1]));
  }

  @Test
  void refusesAnEarlyEnd() throws IOException {
    assertFault(
        ", byte 0: the file ends 4 bytes too early for the magic number; fetch the file again");
    assertFault(
        ", byte 2: the file ends 2 bytes too early for the magic number; fetch the file again",
        new byte[2]);
    assertFault(
        ", byte 13: the file ends 3 bytes too early for the header's sizes; fetch the file again",
        Arrays.copyOf(cube(), 13));
    assertFault(
        ", byte 20: the file ends 2 bytes too early for [2, 1, 3] elements (unsigned byte); fetch"
            + " the file again",
        Arrays.copyOf(cube(), 20));
    assertFault(
        ", unpacked byte 20: the file ends 2 bytes too early for [2, 1, 3] elements (unsigned"
            + " byte); fetch the file again",
        gzip(Arrays.copyOf(cube(), 20)));
  }

  @Test
  void refusesBytesThatAreTooMany() throws IOException {
    assertFault(
        ", byte 22: the file goes on after its [2, 1, 3] elements (unsigned byte); fetch the file"
            + " again",
        Arrays.copyOf(cube(), 23));
    assertFault(
        ", unpacked byte 22: the file goes on after its [2, 1, 3] elements (unsigned byte); fetch"
            + " the file again",
        gzip(Arrays.copyOf(cube(), 23)));
  }

  @Test
  void refusesSizesThatOverflow() throws IOException {
    assertFault(
        ", byte 8: size 4294967295 of dimension 1 is above 2147483647",
        IdxFile.of(UNSIGNED_BYTE, sizes(1, -1)));
    assertFault(
        ", byte 4: sizes [65536, 65536] of unsigned byte elements are more than an array can hold"
            + " (2 GB); split the file",
        IdxFile.of(UNSIGNED_BYTE, sizes(65536, 65536)));
    assertFault(
        ", byte 4: sizes [300000000] of double elements are more than an array can hold (2 GB);"
            + " split the file",
        IdxFile.of(0x0E, sizes(300_000_000)));
  }

  @Test
  void takesNoMemoryForElementsThatAreNotThere() throws IOException {
    byte[] claim = IdxFile.of(UNSIGNED_BYTE, sizes(2_000_000_000), new byte[3]);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertFault(
        ", byte 11: the file ends 1999999997 bytes too early for [2000000000] elements (unsigned"
            + " byte); fetch the file again",
        claim);
    assertFault(
        ", unpacked byte 11: the file ends 1999999997 bytes too early for [2000000000] elements"
            + " (unsigned byte); fetch the file again",
        gzip(claim));

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000_000);
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    byte[] packed = gzip(cube());
    assertFault(
        ", unpacked byte 0: the gzip data is damaged (Unsupported compression method); fetch the"
            + " file again",
        new byte[] {0x1F, (byte) 0x8B, 0, 0, 0, 0, 0, 0, 0, 0});
    assertFault(
        ", unpacked byte 0: the gzip data is damaged (Unexpected end of ZLIB input stream); fetch"
            + " the file again",
        Arrays.copyOf(packed, 10));
    packed[packed.length - 8]++;
    assertFault(
        ", unpacked byte 22: the gzip data is damaged (Corrupt GZIP trailer); fetch the file again",
        packed);
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> Idx.read(folder.resolve("no.idx")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whateverTheBytesItIsATensorOrAFault() throws IOException {
    Random random = new Random(1);
    byte[][] seeds = {
      cube(),
      gzip(cube()),
      IdxFile.of(0x0E, sizes(2), new byte[16]),
      IdxFile.of(0x0B, sizes(2, 1, 1, 2), new byte[8]),
      gzip(IdxFile.of(0x0D, sizes(0, 5)))
    };
    int read = 0;
    int faults = 0;
    for (int i = 0; i < 3_000; i++) {
      Path file = file(mutated(seeds[i % seeds.length], random));
      try {
        Idx idx = Idx.read(file);
        assertThat(idx.toTensor().shape()).isEqualTo(idx.floats(0.5).shape());
        read++;
      } catch (FormatException e) {
        assertThat(e).hasMessageMatching("(?s).*data\\.idx, (unpacked )?byte [0-9]+: .*");
        faults++;
      } catch (IOException e) {
        faults++;
      }
    }
    assertThat(read).isGreaterThan(150);
    assertThat(faults).isGreaterThan(1500);
  }

  /** With one to three bytes changed, taken out or put in, half of them within the header. */
  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] result = bytes;
    for (int changes = 1 + random.nextInt(3); changes > 0 && result.length > 1; changes--) {
      int reach = random.nextBoolean() ? result.length : Math.min(16, result.length);
      int at = random.nextInt(reach);
      byte value = (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt());
      result = result.clone();
      switch (random.nextInt(4)) {
        case 0 -> result = Arrays.copyOf(result, at);
        case 1 -> {
          byte[] longer = Arrays.copyOf(result, result.length + 1);
          System.arraycopy(result, at, longer, at + 1, result.length - at);
          longer[at] = value;
          result = longer;
        }
        default -> result[at] = value;
      }
    }
    return result;
  }
}
