package io.github.nolabel.data.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Image files made on the spot. */
public final class TestFiles {

  private TestFiles() {}

  /** One colour, {@code 0xRRGGBB}. */
  public static byte[] flat(String format, int width, int height, int colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour);
      }
    }
    return encode(format, image);
  }

  public static byte[] png(int colour) {
    return flat("png", 3, 2, colour);
  }

  static byte[] encode(String format, BufferedImage image) {
    try {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, output)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
      return output.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
