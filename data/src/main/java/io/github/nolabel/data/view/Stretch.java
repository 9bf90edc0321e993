package io.github.nolabel.data.view;

import java.util.function.Consumer;

/**
 * Some neighbouring pixels with arrays of their own for red, green and blue: loops over arrays that
 * have the same index run many times as fast as loops over places of one array.
 */
final class Stretch {

  /** So many that all arrays of a loop stay in the processor's first cache. */
  static final int LONGEST = 512;

  final float[] red = new float[LONGEST];
  final float[] green = new float[LONGEST];
  final float[] blue = new float[LONGEST];
  private int length;

  /** Changes an image piece by piece. */
  static void change(Pixels image, Consumer<Stretch> change) {
    Stretch stretch = new Stretch();
    for (int from = 0; from < image.area(); from += LONGEST) {
      stretch.load(image, from);
      change.accept(stretch);
      stretch.store(image, from);
    }
  }

  /** Shows an image piece by piece. */
  static void read(Pixels image, Consumer<Stretch> reader) {
    Stretch stretch = new Stretch();
    for (int from = 0; from < image.area(); from += LONGEST) {
      stretch.load(image, from);
      reader.accept(stretch);
    }
  }

  /** How many pixels there are. */
  int length() {
    return length;
  }

  private void load(Pixels image, int from) {
    length = Math.min(LONGEST, image.area() - from);
    System.arraycopy(image.values(), from, red, 0, length);
    System.arraycopy(image.values(), from + image.area(), green, 0, length);
    System.arraycopy(image.values(), from + 2 * image.area(), blue, 0, length);
  }

  private void store(Pixels image, int from) {
    System.arraycopy(red, 0, image.values(), from, length);
    System.arraycopy(green, 0, image.values(), from + image.area(), length);
    System.arraycopy(blue, 0, image.values(), from + 2 * image.area(), length);
  }
}
