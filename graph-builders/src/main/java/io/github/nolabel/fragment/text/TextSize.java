package io.github.nolabel.fragment.text;

/**
 * How large a text transformer is.
 *
 * @param heads 0 where they are not known
 */
record TextSize(int width, int depth, int heads) {

  private static final int HEAD = 64;

  /** The same, but for what users set. */
  TextSize with(TextConfig config) {
    return new TextSize(
        config.width() > 0 ? config.width() : width,
        config.depth() > 0 ? config.depth() : depth,
        config.heads() > 0 ? config.heads() : heads);
  }

  /** With a head for every 64 features, where heads are not known. */
  TextSize completed() {
    return heads > 0 ? this : new TextSize(width, depth, Math.max(1, width / HEAD));
  }
}
