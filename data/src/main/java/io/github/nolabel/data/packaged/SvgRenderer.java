package io.github.nolabel.data.packaged;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.ViewBox;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.data.packaged.IconSet.Icon;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Draws SVG icons on white squares. One per thread. */
final class SvgRenderer {

  /** Held, because the log manager forgets loggers that nobody holds. */
  private static final Logger CHATTER = Logger.getLogger("com.github.weisj.jsvg");

  private final int size;
  private final SVGLoader loader;
  private final BufferedImage canvas;

  SvgRenderer(int size) {
    CHATTER.setLevel(Level.OFF);
    this.size = size;
    this.loader = new SVGLoader();
    this.canvas = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
  }

  /** Interleaved RGB, size x size. */
  byte[] draw(String name, Icon icon) {
    SVGDocument document =
        loader.load(
            new ByteArrayInputStream(icon.svg().getBytes(StandardCharsets.UTF_8)),
            null,
            LoaderContext.createDefault());
    if (document == null) {
      throw new NolabelException("The drawing '%s' is no valid SVG.".formatted(name));
    }
    Graphics2D graphics = canvas.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, size, size);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      document.renderWithPlatform(NullPlatformSupport.INSTANCE, graphics, new ViewBox(size, size));
    } finally {
      graphics.dispose();
    }
    return pixels();
  }

  private byte[] pixels() {
    byte[] bgr = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
    byte[] rgb = new byte[bgr.length];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
    return rgb;
  }
}
