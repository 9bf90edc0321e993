package io.github.nolabel.data.view;

/** Arrays of one length that are used again and again. */
final class Rows {

  /** Numbers up to which room for the most and for the longest rows so far is kept. */
  private static final int KEPT = 1 << 22;

  private Rows() {}

  /** What is there if it suffices, else new arrays: at least so many, at least so long. */
  static float[][] room(float[][] there, int count, int length) {
    int before = there.length == 0 ? 0 : there[0].length;
    if (there.length >= count && before >= length) {
      return there;
    }
    int most = Math.max(count, there.length);
    int longest = Math.max(length, before);
    return (long) most * longest <= KEPT ? new float[most][longest] : new float[count][length];
  }
}
