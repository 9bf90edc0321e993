package io.github.nolabel.data.decode;

import io.github.nolabel.data.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Node;

/**
 * The screen that the pictures of a GIF or an animated WebP file are laid on. Where the first one
 * does not cover it, it shows through, and so it is white.
 *
 * @param width at least so much that the picture fits
 */
record Screen(int width, int height, int left, int top) {

  /**
   * The screen around the first picture.
   *
   * @throws IOException if the file is damaged
   */
  static Screen ofGif(ImageReader reader) throws IOException {
    IIOMetadataNode screen = node(reader.getStreamMetadata(), "LogicalScreenDescriptor");
    IIOMetadataNode picture = node(reader.getImageMetadata(0), "ImageDescriptor");
    int left = number(picture, "imageLeftPosition");
    int top = number(picture, "imageTopPosition");
    return new Screen(
        Math.max(number(screen, "logicalScreenWidth"), left + reader.getWidth(0)),
        Math.max(number(screen, "logicalScreenHeight"), top + reader.getHeight(0)),
        left,
        top);
  }

  /** The canvas around the first picture of a WebP file; empty unless it is animated. */
  static Optional<Screen> ofWebp(byte[] file) {
    RiffChunks chunks = new RiffChunks(file);
    Optional<ByteBuffer> canvas = chunks.find("VP8X").filter(chunk -> chunk.limit() >= 10);
    Optional<ByteBuffer> frame = chunks.find("ANMF").filter(chunk -> chunk.limit() >= 16);
    return canvas.isEmpty() || frame.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Screen(
                1 + threeBytes(canvas.get(), 4),
                1 + threeBytes(canvas.get(), 7),
                2 * threeBytes(frame.get(), 0),
                2 * threeBytes(frame.get(), 3)));
  }

  private static int threeBytes(ByteBuffer chunk, int at) {
    return (chunk.getShort(at) & 0xffff) | (chunk.get(at + 2) & 0xff) << 16;
  }

  /**
   * @throws IOException if the picture does not fit on it
   */
  RgbImage around(RgbImage picture) throws IOException {
    if (picture.width() == width && picture.height() == height) {
      return picture;
    }
    if (left + picture.width() > width || top + picture.height() > height) {
      throw new IOException("its first picture lies outside of its canvas");
    }
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 0xff);
    int line = 3 * picture.width();
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(picture.rgb(), y * line, rgb, 3 * ((top + y) * width + left), line);
    }
    return RgbImage.of(width, height, rgb);
  }

  /** Which colour of the first picture is transparent; -1 if none is. */
  static int transparent(ImageReader reader) throws IOException {
    IIOMetadata metadata = reader.getImageMetadata(0);
    Node tree = metadata.getAsTree(metadata.getNativeMetadataFormatName());
    return ((IIOMetadataNode) tree).getElementsByTagName("GraphicControlExtension").item(0)
                instanceof IIOMetadataNode control
            && control.getAttribute("transparentColorFlag").equalsIgnoreCase("true")
        ? number(control, "transparentColorIndex")
        : -1;
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
