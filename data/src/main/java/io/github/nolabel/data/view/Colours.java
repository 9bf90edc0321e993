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
    float[] v = image.values();
    int area = image.area();
    float rest = 1 - factor;
    for (int r = 0, g = area, b = 2 * area; r < area; r++, g++, b++) {
      float grey = rest * (RED * v[r] + GREEN * v[g] + BLUE * v[b]);
      v[r] = unit(factor * v[r] + grey);
      v[g] = unit(factor * v[g] + grey);
      v[b] = unit(factor * v[b] + grey);
    }
  }

  /** Turns the colour circle by {@code turn} in [-0.5, 0.5]; 1/3 makes red green. */
  static void hue(Pixels image, float turn) {
    int area = image.area();
    float sixths = 6 * (turn + 1);
    for (int pixel = 0; pixel < area; pixel++) {
      turnHue(image.values(), pixel, area, sixths);
    }
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

  private static float meanLuminance(Pixels image) {
    return (float) (RED * sum(image, 0) + GREEN * sum(image, 1) + BLUE * sum(image, 2))
        / image.area();
  }

  private static double sum(Pixels image, int channel) {
    double sum = 0;
    int start = channel * image.area();
    for (int i = start; i < start + image.area(); i++) {
      sum += image.values()[i];
    }
    return sum;
  }

  private static void turnHue(float[] v, int r, int area, float sixths) {
    int g = r + area;
    int b = g + area;
    float max = Math.max(v[r], Math.max(v[g], v[b]));
    float min = Math.min(v[r], Math.min(v[g], v[b]));
    if (max == min) {
      return;
    }
    float range = max - min;
    float hue = (hueSixths(v[r], v[g], v[b], max, range) + sixths) % 6;
    int sector = (int) hue;
    float part = (hue - sector) * range;
    float falling = max - part;
    float rising = min + part;
    switch (sector) {
      case 0 -> put(v, r, g, b, max, rising, min);
      case 1 -> put(v, r, g, b, falling, max, min);
      case 2 -> put(v, r, g, b, min, max, rising);
      case 3 -> put(v, r, g, b, min, falling, max);
      case 4 -> put(v, r, g, b, rising, min, max);
      default -> put(v, r, g, b, max, min, falling);
    }
  }

  /** In [-1, 5]: 0 is red, 2 green, 4 blue. */
  private static float hueSixths(float r, float g, float b, float max, float range) {
    if (max == r) {
      return (g - b) / range;
    }
    return max == g ? 2 + (b - r) / range : 4 + (r - g) / range;
  }

  private static void put(float[] v, int r, int g, int b, float red, float green, float blue) {
    v[r] = red;
    v[g] = green;
    v[b] = blue;
  }

  private static float unit(float value) {
    return Math.min(1, Math.max(0, value));
  }
}
