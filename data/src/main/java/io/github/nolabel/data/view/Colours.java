package io.github.nolabel.data.view;

/** The colour adjustments of torchvision's {@code adjust_*}, in place; results stay in [0, 1]. */
final class Colours {

  private static final float RED = 0.2989f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Colours() {}

  /** 0 is black, 1 changes nothing. */
  static void brightness(Pixels image, float factor) {
    blend(image, factor, 0);
  }

  /** 0 is the mean luminance everywhere, 1 changes nothing. */
  static void contrast(Pixels image, float factor) {
    blend(image, factor, (1 - factor) * meanLuminance(image));
  }

  /** 0 is grey, 1 changes nothing. */
  static void saturation(Pixels image, float factor) {
    Stretch.change(image, s -> saturate(s.red, s.green, s.blue, s.length(), factor));
  }

  /** Turns the colour circle by {@code turn} in [-0.5, 0.5]; 1/3 makes red green. */
  static void hue(Pixels image, float turn) {
    Stretch.change(image, new HueTurn(turn)::apply);
  }

  /** Luminance on all three channels. */
  static void grayscale(Pixels image) {
    float[] v = image.values();
    int area = image.area();
    for (int r = 0, g = area, b = 2 * area; r < area; r++, g++, b++) {
      float grey = RED * v[r] + GREEN * v[g] + BLUE * v[b];
      v[r] = grey;
      v[g] = grey;
      v[b] = grey;
    }
  }

  /** Inverts every value at or above the threshold. */
  static void solarize(Pixels image, float threshold) {
    float[] v = image.values();
    for (int i = 0; i < 3 * image.area(); i++) {
      v[i] = v[i] >= threshold ? 1 - v[i] : v[i];
    }
  }

  private static void blend(Pixels image, float factor, float offset) {
    float[] v = image.values();
    for (int i = 0; i < 3 * image.area(); i++) {
      v[i] = unit(factor * v[i] + offset);
    }
  }

  private static void saturate(float[] red, float[] green, float[] blue, int length, float factor) {
    float rest = 1 - factor;
    for (int i = 0; i < length; i++) {
      float r = red[i];
      float g = green[i];
      float b = blue[i];
      float grey = rest * (RED * r + GREEN * g + BLUE * b);
      red[i] = unit(factor * r + grey);
      green[i] = unit(factor * g + grey);
      blue[i] = unit(factor * b + grey);
    }
  }

  /** Sums every so many pixels first, which is quick and keeps sums small. */
  private static float meanLuminance(Pixels image) {
    float[] sums = new float[Stretch.LONGEST];
    Stretch.read(image, s -> addLuminance(s.red, s.green, s.blue, s.length(), sums));
    double sum = 0;
    for (float part : sums) {
      sum += part;
    }
    return (float) (sum / image.area());
  }

  private static void addLuminance(
      float[] red, float[] green, float[] blue, int length, float[] sums) {
    for (int i = 0; i < length; i++) {
      sums[i] += RED * red[i] + GREEN * green[i] + BLUE * blue[i];
    }
  }

  private static float unit(float value) {
    return Math.min(1, Math.max(0, value));
  }
}
