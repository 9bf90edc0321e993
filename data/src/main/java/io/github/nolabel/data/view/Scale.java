package io.github.nolabel.data.view;

/**
 * Where the pixels of a picture that was decoded at a fraction of its size lie in the whole one.
 * Each covers {@code divisor} x {@code divisor} pixels; the outermost may reach beyond the edge.
 *
 * @param divisor 1 for a whole picture
 * @param beyondLeft how far the first column reaches beyond the left edge, in pixels of the whole
 * @param beyondTop how far the first row reaches beyond the upper edge
 * @param width of the whole picture, by which parts of it are chosen
 */
public record Scale(int divisor, int beyondLeft, int beyondTop, int width, int height) {

  /** That of a picture that has all its pixels. */
  public static Scale whole(int width, int height) {
    return new Scale(1, 0, 0, width, height);
  }

  /** Where a part of the whole picture lies among the pixels that there are. */
  Box box(int x, int y, int partWidth, int partHeight) {
    double part = divisor;
    return new Box(
        (x + beyondLeft) / part, (y + beyondTop) / part, partWidth / part, partHeight / part);
  }
}
