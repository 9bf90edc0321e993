package io.github.nolabel.data.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files of every ordinary kind, of pictures with slopes, edges and noise. */
public final class JpegFiles {

  private JpegFiles() {}

  /**
   * A file in colours.
   *
   * @param luma sampling factors of the luma, such as 22 for chroma at half of both sides
   * @param restart blocks between restart markers; 0 for none
   */
  public static byte[] colours(int width, int height, int luma, boolean progressive, int restart) {
    return encode(
        photo(width, height, BufferedImage.TYPE_INT_RGB, width), luma, progressive, restart);
  }

  static byte[] grey(int width, int height, boolean progressive) {
    return encode(photo(width, height, BufferedImage.TYPE_BYTE_GRAY, width), 11, progressive, 0);
  }

  /** Slopes and waves in every channel, a dark disc, and noise over all of it. */
  public static BufferedImage photo(int width, int height, int type, long seed) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(seed);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double shade = Math.hypot(x - width / 2.0, y - height / 2.0) < height / 4.0 ? 0.3 : 1;
        double wave = 40 * Math.sin(x / 9.0) * Math.cos(y / 13.0) + 12 * random.nextGaussian();
        int red = level(shade * (60 + 150.0 * x / width + wave));
        int green = level(shade * (200 - 120.0 * y / height - wave));
        int blue = level(shade * (90 + 60 * Math.sin((x + 2.0 * y) / 31) + wave));
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  private static int level(double value) {
    return (int) Math.max(0, Math.min(255, value));
  }

  private static byte[] encode(BufferedImage image, int luma, boolean progressive, int restart) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(0.9f);
      IIOMetadata facts =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), how);
      IIOMetadataNode tree = (IIOMetadataNode) facts.getAsTree(facts.getNativeMetadataFormatName());
      sample((IIOMetadataNode) tree.getElementsByTagName("componentSpec").item(0), luma);
      if (restart > 0) {
        IIOMetadataNode interval = new IIOMetadataNode("dri");
        interval.setAttribute("interval", Integer.toString(restart));
        tree.getElementsByTagName("markerSequence").item(0).appendChild(interval);
      }
      facts.setFromTree(facts.getNativeMetadataFormatName(), tree);
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, facts), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void sample(IIOMetadataNode luma, int factors) {
    luma.setAttribute("HsamplingFactor", Integer.toString(factors / 10));
    luma.setAttribute("VsamplingFactor", Integer.toString(factors % 10));
  }
}
