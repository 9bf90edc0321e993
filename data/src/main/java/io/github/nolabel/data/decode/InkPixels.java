package io.github.nolabel.data.decode;

import java.awt.image.BufferedImage;

/** Cyan, magenta, yellow and black ink to RGB: each ink takes its share of what black lets pass. */
final class InkPixels {

  private static final int INKS = 4;

  private InkPixels() {}

  /** Fills {@code rgb} from an image of four bands of 8 bits, 255 being full cover. */
  static void fill(BufferedImage image, byte[] rgb) {
    int[] line = new int[INKS * image.getWidth()];
    for (int y = 0, to = 0; y < image.getHeight(); y++) {
      image.getRaster().getPixels(0, y, image.getWidth(), 1, line);
      for (int from = 0; from < line.length; from += INKS) {
        int light = 255 - line[from + 3];
        for (int ink = 0; ink < 3; ink++) {
          rgb[to++] = (byte) (light - (line[from + ink] * light + 127) / 255);
        }
      }
    }
  }
}
