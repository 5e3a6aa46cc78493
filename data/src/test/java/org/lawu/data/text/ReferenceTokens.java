package org.lawu.data.text;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lawu.io.Config;

/** What another implementation made of texts; see the README beside the files. */
record ReferenceTokens(String text, int[] bytePairs, int[] wordPieces) {

  static Path file(String name) {
    try {
      return Path.of(ReferenceTokens.class.getResource(name).toURI());
    } catch (URISyntaxException fault) {
      throw new IllegalStateException(fault);
    }
  }

  static List<ReferenceTokens> all() throws IOException {
    String json = "{\"cases\":" + Files.readString(file("expected.json")) + "}";
    return Config.parse("expected.json", json).configs("cases").stream()
        .map(each ->
            new ReferenceTokens(
                each.string("text"), each.integers("bpe"), each.integers("wordpiece")))
        .toList();
  }
}
