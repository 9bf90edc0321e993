package io.github.nolabel.data.decode;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.ImageReader;

/** The colours of a GIF's first picture. */
final class GifColours {

  private GifColours() {}

  /**
   * The picture without transparency if the file calls a colour transparent that the palette does
   * not have: the reader takes the palette's last one for it.
   *
   * @throws IOException if the file is damaged
   */
  static BufferedImage of(ImageReader reader, BufferedImage picture) throws IOException {
    return picture.getColorModel() instanceof IndexColorModel palette
            && Screen.transparent(reader) >= palette.getMapSize()
        ? new BufferedImage(opaque(palette), picture.getRaster(), false, null)
        : picture;
  }

  private static IndexColorModel opaque(IndexColorModel palette) {
    int[] rgb = new int[palette.getMapSize()];
    palette.getRGBs(rgb);
    return new IndexColorModel(
        palette.getPixelSize(), rgb.length, rgb, 0, false, -1, palette.getTransferType());
  }
}
