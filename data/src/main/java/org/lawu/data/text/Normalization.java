package org.lawu.data.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.lawu.error.FormatException;
import org.lawu.io.Config;

/**
 * Makes texts that mean the same equal, by steps that follow one another in the order in which they
 * were added.
 *
 * <pre>{@code
 * var normalization = Normalization.none().htmlBreaks().nfkc().lowerCase().stripAccents();
 * normalization.apply("Ｃafé<br />au LAIT"); // "cafe\nau lait"
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Normalization {
  private static final Pattern BREAK = Pattern.compile("<br\\s*/?>", Pattern.CASE_INSENSITIVE);
  private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");
  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");

  private final List<Step> steps;

  private enum Step {
    NFC,
    NFKC,
    LOWER_CASE,
    STRIP_ACCENTS,
    HTML_BREAKS,
    ZERO_DIGITS
  }

  private Normalization(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Texts as they are. */
  public static Normalization none() {
    return new Normalization(List.of());
  }

  private Normalization with(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Normalization(longer);
  }

  /** Then characters in composed form, Unicode's NFC: e and an accent become é. */
  public Normalization nfc() {
    return with(Step.NFC);
  }

  /**
   * Then characters in their plain composed form too, Unicode's NFKC: ﬁ becomes fi, Ａ becomes A.
   */
  public Normalization nfkc() {
    return with(Step.NFKC);
  }

  /** Then lower case, by the rules of no particular language. */
  public Normalization lowerCase() {
    return with(Step.LOWER_CASE);
  }

  /** Then letters without accents: é becomes e. What is left is in composed form. */
  public Normalization stripAccents() {
    return with(Step.STRIP_ACCENTS);
  }

  /** Then a line feed for each line break of HTML, as in the IMDB reviews: {@code <br />}. */
  public Normalization htmlBreaks() {
    return with(Step.HTML_BREAKS);
  }

  /** Then 0 for each digit, so that numbers of one length are alike: 0871-4 becomes 0000-0. */
  public Normalization zeroDigits() {
    return with(Step.ZERO_DIGITS);
  }

  /** The text after all steps. */
  public String apply(String text) {
    String result = text;
    for (Step step : steps) {
      result =
          switch (step) {
            case NFC -> Normalizer.normalize(result, Normalizer.Form.NFC);
            case NFKC -> Normalizer.normalize(result, Normalizer.Form.NFKC);
            case LOWER_CASE -> result.toLowerCase(Locale.ROOT);
            case STRIP_ACCENTS -> withoutAccents(result);
            case HTML_BREAKS ->
                result.indexOf('<') < 0 ? result : BREAK.matcher(result).replaceAll("\n");
            case ZERO_DIGITS -> DIGIT.matcher(result).replaceAll("0");
          };
    }
    return result;
  }

  private static String withoutAccents(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    return Normalizer.normalize(MARKS.matcher(decomposed).replaceAll(""), Normalizer.Form.NFC);
  }

  /** The names of the steps. */
  public Config config() {
    return Config.empty().withStrings("steps", steps.stream().map(Names::write).toList());
  }

  /**
   * The same again.
   *
   * @throws FormatException if it is not what {@link #config} gives
   */
  public static Normalization of(Config config) {
    List<Step> steps = new ArrayList<>();
    for (String name : config.strings("steps")) {
      steps.add(Names.read(Step.class, "normalization step", name));
    }
    return new Normalization(steps);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization normalization && steps.equals(normalization.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  /** Such as {@code Normalization[NFKC, LOWER_CASE]}. */
  @Override
  public String toString() {
    return "Normalization" + steps;
  }
}
