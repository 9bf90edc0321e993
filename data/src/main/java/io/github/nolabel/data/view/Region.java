package io.github.nolabel.data.view;

/** A rectangle of whole pixels, rewritten for every image. */
final class Region {

  int x;
  int y;
  int width;
  int height;

  Region set(int newX, int newY, int newWidth, int newHeight) {
    x = newX;
    y = newY;
    width = newWidth;
    height = newHeight;
    return this;
  }
}
