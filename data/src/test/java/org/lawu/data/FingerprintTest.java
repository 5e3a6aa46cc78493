package org.lawu.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lawu.random.Philox;
import org.lawu.tensor.DType;
import org.lawu.tensor.Tensor;

class FingerprintTest {
  private final Tensor features = Tensor.normal(new Philox(1), 0, 1, 700, 3, 5);
  private final Tensor labels = Tensor.arange(700);
  private final String fingerprint = Fingerprint.of(Dataset.of(features, labels));

  /** The definition, step by step. */
  @Test
  void isTheDigestThatIsDescribed() throws Exception {
    Dataset dataset =
        Dataset.of(Tensor.of(new float[] {1.5f, -0f}, 1, 2), Tensor.of(7))
            .weighted(Tensor.of(true));
    ByteBuffer feature = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    feature
        .put("FLOAT32\0".getBytes(StandardCharsets.US_ASCII))
        .putInt(1)
        .putInt(2)
        .putFloat(1.5f)
        .putFloat(-0f);
    ByteBuffer label = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
    label.put("INT32\0".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(7);
    ByteBuffer weight = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    weight.put("BOOL\0".getBytes(StandardCharsets.US_ASCII)).putInt(0).put((byte) 1);
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    all.update(new byte[] {1, 0, 0, 0});
    for (byte[] part : List.of(feature.array(), label.array(), weight.array())) {
      all.update(MessageDigest.getInstance("SHA-256").digest(part));
    }

    assertThat(Fingerprint.of(dataset)).isEqualTo(HexFormat.of().formatHex(all.digest()));
  }

  @Test
  void doesNotDependOnHowTheDataIsKept() {
    Dataset strided = Dataset.of(features.transpose(1, 2).reshape(700, 5, 3), labels);
    Dataset back = strided.mapFeatures(x -> x.reshape(x.size(0), 5, 3).transpose(1, 2));

    assertThat(Fingerprint.of(back)).isEqualTo(fingerprint);
    assertThat(Fingerprint.of(Dataset.of(features, labels).subset(0, 700))).isEqualTo(fingerprint);
    assertThat(Fingerprint.of(Dataset.of(features, labels).augment((x, random) -> x.add(1))))
        .isEqualTo(fingerprint);
  }

  @Test
  void tellsEveryDifference() {
    Dataset dataset = Dataset.of(features, labels);
    Tensor one = Tensor.zeros(700, 3, 5).add(features);
    Set<String> all = new HashSet<>();
    all.add(fingerprint);
    all.add(Fingerprint.of(Dataset.of(features.reshape(700, 5, 3), labels)));
    all.add(Fingerprint.of(Dataset.of(features.reshape(700, 15), labels)));
    all.add(Fingerprint.of(Dataset.of(features.to(DType.FLOAT64), labels)));
    all.add(Fingerprint.of(Dataset.of(features, labels.reshape(700, 1))));
    all.add(Fingerprint.of(Dataset.of(features, labels.flip(0))));
    all.add(Fingerprint.of(Dataset.of(one.mul(1 + 1e-6), labels)));
    all.add(Fingerprint.of(dataset.weighted(Tensor.ones(700))));
    all.add(Fingerprint.of(dataset.subset(0, 699)));
    all.add(Fingerprint.of(dataset.subset(new Philox(1).permutation(700))));
    all.add(Fingerprint.of(dataset.subset(0, 0)));

    assertThat(all).hasSize(11).allMatch(text -> text.matches("[0-9a-f]{64}"));
  }
}
