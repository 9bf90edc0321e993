package io.github.nolabel.data.view;

/**
 * Turns the colour circle without asking where on it a colour lies, so that many pixels are turned
 * at once.
 *
 * <p>On a circle of 6 with red, green and blue at 0, 2 and 4, a channel is at its highest within 1
 * of its own place, at its lowest from 2 on, and falls evenly between. How far a colour is from
 * each of the three follows from its channels by sums alone. The distance from any other place is
 * the greatest difference between the colour's and the place's distances from the three, wherever
 * it is below 2. All distances are multiplied by the colour's range, so that grey needs no care.
 */
final class HueTurn {

  private final float own;
  private final float next;
  private final float last;
  private final float[] lowest = new float[Stretch.LONGEST];
  private final float[] range = new float[Stretch.LONGEST];
  private final float[] red = new float[Stretch.LONGEST];
  private final float[] green = new float[Stretch.LONGEST];
  private final float[] blue = new float[Stretch.LONGEST];

  /**
   * @param turn in circles
   */
  HueTurn(float turn) {
    own = fromZero(6 * turn);
    next = fromZero(6 * turn + 2);
    last = fromZero(6 * turn - 2);
  }

  private static float fromZero(float place) {
    return Math.abs((float) Math.IEEEremainder(place, 6));
  }

  void apply(Stretch pixels) {
    int length = pixels.length();
    measure(pixels.red, pixels.green, pixels.blue, lowest, range, length);
    channel(pixels.red, pixels.green, pixels.blue, red, length);
    channel(pixels.green, pixels.blue, pixels.red, green, length);
    channel(pixels.blue, pixels.red, pixels.green, blue, length);
    System.arraycopy(red, 0, pixels.red, 0, length);
    System.arraycopy(green, 0, pixels.green, 0, length);
    System.arraycopy(blue, 0, pixels.blue, 0, length);
  }

  /** Puts distances from red, green and blue in their place: more arrays would be much slower. */
  private static void measure(
      float[] red, float[] green, float[] blue, float[] lowest, float[] range, int length) {
    for (int i = 0; i < length; i++) {
      float r = red[i];
      float g = green[i];
      float b = blue[i];
      float least = Math.min(r, Math.min(g, b));
      float most = Math.max(r, Math.max(g, b));
      float sum = r + g + b + most - 2 * least;
      lowest[i] = least;
      range[i] = most - least;
      red[i] = sum - 2 * r;
      green[i] = sum - 2 * g;
      blue[i] = sum - 2 * b;
    }
  }

  /** The channel from whose place distances come first; the others follow around the circle. */
  private void channel(float[] first, float[] second, float[] third, float[] target, int length) {
    for (int i = 0; i < length; i++) {
      float all = range[i];
      float one = Math.abs(first[i] - own * all);
      float two = Math.abs(second[i] - next * all);
      float three = Math.abs(third[i] - last * all);
      float away = Math.max(one, Math.max(two, three));
      target[i] = lowest[i] + Math.max(0, Math.min(all, 2 * all - away));
    }
  }
}
