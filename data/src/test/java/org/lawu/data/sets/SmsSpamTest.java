package org.lawu.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.data.text.LabelledTexts;
import org.lawu.error.FormatException;
import org.lawu.tensor.Tensor;

class SmsSpamTest {
  @TempDir private Path folder;

  @Test
  void readsMessagesWithOrWithoutHeader() throws IOException {
    String messages = "ham\tOk lar...\nspam\tFREE entry\nham\tSee you\n";
    Path plain = Files.writeString(folder.resolve("plain"), messages);
    Path withHeader = Files.writeString(folder.resolve("header"), "Label\tSMS\n" + messages);
    for (Path file : new Path[] {plain, withHeader}) {
      LabelledTexts read = SmsSpam.read(file);
      assertThat(read.texts()).containsExactly("Ok lar...", "FREE entry", "See you");
      assertThat(read.labels()).isEqualTo(Tensor.of(new int[] {0, 1, 0}, 3));
      assertThat(read.classes()).containsExactly("ham", "spam");
    }
  }

  @Test
  void readsTheOfficialArchive() throws IOException {
    Path archive = folder.resolve("sms.zip");
    ZipFiles.write(archive, "SMSSpamCollection", "ham\tOk lar...\nspam\tFREE £100\n");
    assertThat(SmsSpam.packed(archive).texts()).containsExactly("Ok lar...", "FREE £100");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path file = Files.writeString(folder.resolve("other"), "Label\tSMS\nham\tx\neggs\ty\n");
    assertThatThrownBy(() -> SmsSpam.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": labels must be ham and spam, got [eggs, ham]");
  }
}
