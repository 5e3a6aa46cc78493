package org.lawu.data.text;

/** What a text's number for a word is in a {@link BagOfWords}. */
public enum Weighting {
  /** 1 if the text has the word, and 0 if not. */
  BINARY,

  /** How often the text has the word. */
  COUNT,

  /** How often the text has the word, divided by the number of its known words. */
  FREQUENCY,

  /**
   * Term frequency times inverse document frequency: {@code count * (ln((1 + n) / (1 + d)) + 1)}
   * for a word that {@code d} of the {@code n} training texts have, divided by the text's Euclidean
   * norm, so that common words count little and long texts no more than short ones; scikit-learn's
   * {@code TfidfVectorizer}. Spärck Jones, "A statistical interpretation of term specificity and
   * its application in retrieval" (Journal of Documentation 1972).
   */
  TF_IDF
}
