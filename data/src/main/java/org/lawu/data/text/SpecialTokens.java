package org.lawu.data.text;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tokens that are found in a text before all else and never divided, such as {@code <|endoftext|>};
 * the longest where several begin at one place.
 */
final class SpecialTokens {
  private final List<String> tokens;
  private final Pattern pattern;

  SpecialTokens(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    this.pattern =
        Pattern.compile(
            tokens.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  List<String> tokens() {
    return tokens;
  }

  boolean contains(String token) {
    return tokens.contains(token);
  }

  /**
   * Gives the parts of a text in order to who wants the special tokens and what is between them.
   */
  void split(String text, Consumer<String> special, Consumer<String> plain) {
    int from = 0;
    if (!tokens.isEmpty()) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        if (matcher.start() > from) {
          plain.accept(text.substring(from, matcher.start()));
        }
        special.accept(matcher.group());
        from = matcher.end();
      }
    }
    if (from < text.length()) {
      plain.accept(text.substring(from));
    }
  }
}
