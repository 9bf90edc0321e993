package io.github.nolabel.data.decode;

import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.view.Scale;

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
    int width = isLying(orientation) ? image.height() : image.width();
    int height = isLying(orientation) ? image.width() : image.height();
    byte[] turned = new byte[image.rgb().length];
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++, to += 3) {
        System.arraycopy(image.rgb(), 3 * source(image, orientation, x, y), turned, to, 3);
      }
    }
    return RgbImage.of(width, height, turned);
  }

  /** Where the pixels of a picture lie when it was turned after it was decoded. */
  static Scale upright(Scale stored, int orientation) {
    int right = Math.floorMod(-stored.width(), stored.divisor());
    int bottom = Math.floorMod(-stored.height(), stored.divisor());
    return switch (orientation) {
      case 2 -> turned(stored, right, 0);
      case 3 -> turned(stored, right, bottom);
      case 4 -> turned(stored, 0, bottom);
      case 5 -> lying(stored, 0, 0);
      case 6 -> lying(stored, bottom, 0);
      case 7 -> lying(stored, bottom, right);
      case 8 -> lying(stored, 0, right);
      default -> stored;
    };
  }

  private static Scale turned(Scale stored, int left, int top) {
    return new Scale(stored.divisor(), left, top, stored.width(), stored.height());
  }

  private static Scale lying(Scale stored, int left, int top) {
    int width = stored.height();
    int height = stored.width();
    return new Scale(stored.divisor(), left, top, width, height);
  }

  /** Whether rows are stored as columns. */
  static boolean isLying(int orientation) {
    return orientation >= 5;
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
