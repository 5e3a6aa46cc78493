package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lawu.error.FormatException;

class TokenizerJsonTest {
  @TempDir private Path folder;

  /** A file with a part that is another than the given one. */
  private void refuses(String name, String part, String other, String message) throws IOException {
    String text = Files.readString(ReferenceTokens.file(name));
    assertThat(text).contains(part);
    Path file = Files.writeString(folder.resolve("tokenizer.json"), text.replace(part, other));
    assertThatThrownBy(() -> TokenizerJson.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void refusesWhatItDoesNotKnowByName() throws IOException {
    String bpe = "bpe-tokenizer.json";
    refuses(
        bpe,
        "\"type\":\"BPE\"",
        "\"type\":\"Unigram\"",
        "model Unigram is not supported; known is [BPE, WordPiece]");
    refuses(
        bpe,
        "\"normalizer\":null",
        "\"normalizer\":{\"type\":\"NFC\"}",
        "normalizer NFC is not supported; known is none for BPE");
    refuses(
        bpe,
        "\"pre_tokenizer\":{\"type\":\"ByteLevel\"",
        "\"pre_tokenizer\":{\"type\":\"Metaspace\"",
        "pre_tokenizer Metaspace is not supported; known is ByteLevel");
    refuses(
        bpe,
        "\"byte_fallback\":false",
        "\"byte_fallback\":true",
        "model BPE with byte_fallback true is not supported; known is false");
    refuses(
        bpe,
        "\"end_of_word_suffix\":null",
        "\"end_of_word_suffix\":\"</w>\"",
        "model BPE with end_of_word_suffix \"</w>\" is not supported; known is none");
    refuses(
        bpe,
        "\"lstrip\":false",
        "\"lstrip\":true",
        "added token \"<|endoftext|>\" with lstrip true is not supported; known is false");
    String wordPiece = "wordpiece-tokenizer.json";
    refuses(
        wordPiece,
        "\"BertPreTokenizer\"",
        "\"Whitespace\"",
        "pre_tokenizer Whitespace is not supported; known is BertPreTokenizer");
    refuses(
        wordPiece,
        "\"normalized\":false",
        "\"normalized\":true",
        "added token \"[PAD]\" with normalized true is not supported; known is false");
    refuses(
        wordPiece,
        "\"TemplateProcessing\"",
        "\"Sequence\"",
        "post_processor Sequence is not supported; known is "
            + "[BertProcessing, ByteLevel, RobertaProcessing, TemplateProcessing]");
  }

  @Test
  void readsMergesAsTextsToo() throws IOException {
    String text = Files.readString(ReferenceTokens.file("bpe-tokenizer.json"));
    String older = text.replaceAll("\\[\"([^\"]+)\",\"([^\"]+)\"]", "\"$1 $2\"");
    assertThat(older).isNotEqualTo(text);
    Path file = Files.writeString(folder.resolve("tokenizer.json"), older);
    assertThat(TokenizerJson.read(file).config())
        .isEqualTo(TokenizerJson.read(ReferenceTokens.file("bpe-tokenizer.json")).config());
  }
}
