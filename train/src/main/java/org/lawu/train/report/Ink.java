package org.lawu.train.report;

/**
 * What something is drawn with. On a page the colour comes from the style sheet by the name, so
 * that it suits light and dark pages; in a picture it is the one given here.
 *
 * @param name the class in the style sheet
 * @param rgb the colour on white paper
 */
record Ink(String name, int rgb) {
  static final Ink GRID = new Ink("grid", 0xe3e6ea);
  static final Ink AXIS = new Ink("axis", 0x8a929c);
  static final Ink LABEL = new Ink("label", 0x57606a);

  /** Told apart by people who are colour-blind too: Okabe and Ito's, a little darkened. */
  private static final int[] SERIES = {
    0x0b6bcb, 0xc8510b, 0x00805e, 0x9a4d8e, 0x8a6d00, 0x2a8fb8, 0xb3261e, 0x5f6b76, 0x5b4bb5,
    0x3f7d20
  };

  /** The ink of a curve; they come again after ten. */
  static Ink series(int number) {
    int index = number % SERIES.length;
    return new Ink("series-" + index, SERIES[index]);
  }
}
