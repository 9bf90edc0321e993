package io.github.nolabel.data.decode;

import io.github.nolabel.data.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * From whatever a reader delivers to RGB bytes. Samples are taken as they are stored: Java's own
 * conversion would brighten grey and CMYK images, whose colour spaces it takes for linear.
 */
final class RgbPixels {

  private RgbPixels() {}

  static RgbImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    if (isPlainBgr(image)) {
      fromBgr(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), rgb);
    } else if (isInk(image.getColorModel())) {
      InkPixels.fill(image, rgb);
    } else if (hasStoredSamples(image.getColorModel())) {
      fromSamples(image, rgb);
    } else {
      fromColours(image, rgb);
    }
    return RgbImage.of(width, height, rgb);
  }

  private static boolean isPlainBgr(BufferedImage image) {
    return image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && ((DataBufferByte) image.getRaster().getDataBuffer()).getData().length
            == 3 * image.getWidth() * image.getHeight();
  }

  private static void fromBgr(byte[] bgr, byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
  }

  private static boolean isInk(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getColorSpace().getType() == ColorSpace.TYPE_CMYK
        && model.getComponentSize(0) == 8;
  }

  private static boolean hasStoredSamples(ColorModel model) {
    int space = model.getColorSpace().getType();
    return model instanceof ComponentColorModel
        && !model.isAlphaPremultiplied()
        && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB);
  }

  private static void fromSamples(BufferedImage image, byte[] rgb) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = raster.getNumBands();
    int colours = model.getNumColorComponents();
    int[] line = new int[bands * image.getWidth()];
    for (int y = 0, to = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, line);
      for (int from = 0; from < line.length; from += bands) {
        int alpha = bands > colours ? toByte(line[from + colours], model, colours) : 255;
        for (int channel = 0; channel < 3; channel++) {
          int band = colours == 1 ? 0 : channel;
          rgb[to++] = (byte) onWhite(toByte(line[from + band], model, band), alpha);
        }
      }
    }
  }

  private static int toByte(int sample, ColorModel model, int band) {
    int bits = model.getComponentSize(band);
    return bits == 8 ? sample : (int) (sample * 255L / ((1L << bits) - 1));
  }

  private static void fromColours(BufferedImage image, byte[] rgb) {
    int[] line = new int[image.getWidth()];
    for (int y = 0, to = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, line.length, 1, line, 0, line.length);
      for (int argb : line) {
        int alpha = argb >>> 24;
        rgb[to++] = (byte) onWhite((argb >> 16) & 0xff, alpha);
        rgb[to++] = (byte) onWhite((argb >> 8) & 0xff, alpha);
        rgb[to++] = (byte) onWhite(argb & 0xff, alpha);
      }
    }
  }

  private static int onWhite(int value, int alpha) {
    return alpha == 255 ? value : (value * alpha + 255 * (255 - alpha) + 127) / 255;
  }
}
