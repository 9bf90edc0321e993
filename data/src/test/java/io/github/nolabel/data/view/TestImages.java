package io.github.nolabel.data.view;

/** Small images with known content. */
final class TestImages {

  private TestImages() {}

  /** The pattern that the golden pixels start from. */
  static byte[] pattern(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++, i++) {
          rgb[i] = (byte) ((37 * x + 59 * y + 83 * c + 11 * x * y) % 256);
        }
      }
    }
    return rgb;
  }

  static Pixels pixels(int width, int height) {
    return pixels(pattern(width, height), width, height);
  }

  static Pixels pixels(byte[] rgb, int width, int height) {
    Pixels pixels = new Pixels();
    pixels.load(rgb, width, new Region().set(0, 0, width, height));
    return pixels;
  }

  /** One colour everywhere. */
  static Pixels flat(int width, int height, float red, float green, float blue) {
    Pixels pixels = new Pixels().reshape(width, height);
    int area = pixels.area();
    for (int i = 0; i < area; i++) {
      pixels.values()[i] = red;
      pixels.values()[area + i] = green;
      pixels.values()[2 * area + i] = blue;
    }
    return pixels;
  }

  static float[] values(Pixels pixels) {
    return java.util.Arrays.copyOf(pixels.values(), 3 * pixels.area());
  }
}
