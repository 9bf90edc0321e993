package io.github.nolabel.text;

/** Makes any string fit for a tokenizer. */
final class Texts {

  /** How much of a text is read for each token that is wanted, and the least that is read. */
  private static final int CHARACTERS_PER_TOKEN = 64;

  private static final int LEAST = 4096;

  private Texts() {}

  /** Half a character becomes U+FFFD, as when such a text is written as UTF-8. */
  static String withoutLoneSurrogates(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(Texts::replaced).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /**
   * What of the text is enough for so many tokens: a long text ends after 64 characters a token, at
   * a white space if there is one in the last quarter. Only where tokens cover more than 64
   * characters on average, as in pages of blanks, does this lose some.
   */
  static String start(String text, int tokens) {
    long most = Math.max(LEAST, (long) tokens * CHARACTERS_PER_TOKEN);
    if (text.length() <= most) {
      return text;
    }
    int end = (int) most;
    while (end > most - most / 4 && !Character.isWhitespace(text.charAt(end))) {
      end--;
    }
    end = Character.isWhitespace(text.charAt(end)) ? end : (int) most;
    return text.substring(0, Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end);
  }

  private static int replaced(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE ? 0xFFFD : codePoint;
  }
}
