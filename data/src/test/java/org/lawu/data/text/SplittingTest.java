package org.lawu.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplittingTest {

  @Test
  void wordsAreLettersAndDigits() {
    assertThat(Splitting.WORDS.split("What a film! (1997) - \"fun\"..."))
        .containsExactly("What", "a", "film", "1997", "fun");
    assertThat(Splitting.WORDS.split("don't can’t 'tis dogs' a_b x2"))
        .containsExactly("don't", "can’t", "tis", "dogs", "a_b", "x2");
    assertThat(Splitting.WORDS.split("3.14 1,000;5 2. 4,a e.g. 10:30"))
        .containsExactly("3.14", "1,000;5", "2", "4", "a", "e.g", "10", "30");
    assertThat(Splitting.WORDS.split(" ?! \n 😀")).isEmpty();
  }

  @Test
  void wordsOfOtherScripts() {
    assertThat(Splitting.WORDS.split("Привет, мир")).containsExactly("Привет", "мир");
    assertThat(Splitting.WORDS.split("漢字かなカタカナ 한국어"))
        .containsExactly("漢", "字", "か", "な", "カタカナ", "한국어");
    assertThat(Splitting.WORDS.split("नमस्ते e\u0301te\u0301"))
        .containsExactly("नमस्ते", "e\u0301te\u0301");
  }

  @Test
  void charactersAreCodePoints() {
    assertThat(Splitting.CHARACTERS.split("a 😀")).containsExactly("a", " ", "😀");
    assertThat(Splitting.CHARACTERS.split("")).isEmpty();
  }

  @Test
  void whitespaceLeavesAllElse() {
    assertThat(Splitting.WHITESPACE.split("  a, b\t\nc! ")).containsExactly("a,", "b", "c!");
    assertThat(Splitting.WHITESPACE.split("  ")).isEmpty();
  }
}
