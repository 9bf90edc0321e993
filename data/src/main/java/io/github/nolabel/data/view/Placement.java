package io.github.nolabel.data.view;

/**
 * Where a part of a picture lies on a canvas, whose upper left corner it fills.
 *
 * @param part in pixels of the picture
 * @param width on the canvas
 */
record Placement(Box part, int width, int height) {

  /** A box of the picture in pixels of the canvas. */
  Box moved(Box box) {
    double across = width / part.width();
    double down = height / part.height();
    return new Box(
        (box.left() - part.left()) * across,
        (box.top() - part.top()) * down,
        box.width() * across,
        box.height() * down);
  }
}
