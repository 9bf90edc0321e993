package io.github.nolabel.data.decode;

import io.github.nolabel.data.RgbImage;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/**
 * The screen that a GIF's pictures are laid on. Where the first one does not cover it, it shows
 * through, and so it is white.
 *
 * @param width at least so much that the picture fits
 */
record GifScreen(int width, int height, int left, int top) {

  /**
   * The screen around the first picture.
   *
   * @throws IOException if the file is damaged
   */
  static GifScreen of(ImageReader reader) throws IOException {
    IIOMetadataNode screen = node(reader.getStreamMetadata(), "LogicalScreenDescriptor");
    IIOMetadataNode picture = node(reader.getImageMetadata(0), "ImageDescriptor");
    int left = number(picture, "imageLeftPosition");
    int top = number(picture, "imageTopPosition");
    return new GifScreen(
        Math.max(number(screen, "logicalScreenWidth"), left + reader.getWidth(0)),
        Math.max(number(screen, "logicalScreenHeight"), top + reader.getHeight(0)),
        left,
        top);
  }

  RgbImage around(RgbImage picture) {
    if (picture.width() == width && picture.height() == height) {
      return picture;
    }
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 0xff);
    int line = 3 * picture.width();
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(picture.rgb(), y * line, rgb, 3 * ((top + y) * width + left), line);
    }
    return RgbImage.of(width, height, rgb);
  }

  private static IIOMetadataNode node(IIOMetadata metadata, String name) throws IOException {
    IIOMetadataNode tree =
        (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    if (tree.getElementsByTagName(name).item(0) instanceof IIOMetadataNode node) {
      return node;
    }
    throw new IOException("it has no " + name);
  }

  private static int number(IIOMetadataNode node, String attribute) {
    return Integer.parseInt(node.getAttribute(attribute));
  }
}
