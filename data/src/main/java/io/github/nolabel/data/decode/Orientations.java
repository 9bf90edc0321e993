package io.github.nolabel.data.decode;

import io.github.nolabel.data.RgbImage;

/** Turns and mirrors images as EXIF says. */
final class Orientations {

  private Orientations() {}

  /**
   * @param orientation 1 to 8: 2 mirrored, 3 half a turn, 4 upside down and mirrored, 5 transposed,
   *     6 to be turned clockwise, 7 transposed about the other diagonal, 8 anticlockwise
   */
  static RgbImage upright(RgbImage image, int orientation) {
    if (orientation == ExifOrientation.UPRIGHT) {
      return image;
    }
    int width = orientation >= 5 ? image.height() : image.width();
    int height = orientation >= 5 ? image.width() : image.height();
    byte[] turned = new byte[image.rgb().length];
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++, to += 3) {
        System.arraycopy(image.rgb(), 3 * source(image, orientation, x, y), turned, to, 3);
      }
    }
    return RgbImage.of(width, height, turned);
  }

  /** Which pixel of the stored image is seen at (x, y). */
  private static int source(RgbImage image, int orientation, int x, int y) {
    int right = image.width() - 1;
    int bottom = image.height() - 1;
    return switch (orientation) {
      case 2 -> at(image, right - x, y);
      case 3 -> at(image, right - x, bottom - y);
      case 4 -> at(image, x, bottom - y);
      case 5 -> at(image, y, x);
      case 6 -> at(image, y, bottom - x);
      case 7 -> at(image, right - y, bottom - x);
      case 8 -> at(image, right - y, x);
      default -> at(image, x, y);
    };
  }

  private static int at(RgbImage image, int x, int y) {
    return y * image.width() + x;
  }
}
