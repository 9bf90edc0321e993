package io.github.nolabel.runs.model;

import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.decode.SmallPicture;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Small pictures in rows, each with a line of words below it, as one PNG. */
public final class ContactSheet {

  private static final int PICTURE = 128;
  private static final int GAP = 12;
  private static final int LINE = 18;
  private static final int COLUMNS = 5;

  private final List<RgbImage> pictures = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final String title;

  /**
   * @param title above the pictures
   */
  public ContactSheet(String title) {
    this.title = title;
  }

  /** Appends a picture; what does not fit below it is cut. */
  public void add(RgbImage picture, String line) {
    pictures.add(picture);
    lines.add(line);
  }

  public void write(OutputStream out) throws IOException {
    int columns = Math.max(1, Math.min(COLUMNS, pictures.size()));
    int rows = (pictures.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(
            GAP + columns * (PICTURE + GAP),
            LINE + 2 * GAP + rows * (PICTURE + LINE + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setColor(Color.DARK_GRAY);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    graphics.drawString(cut(graphics, title, sheet.getWidth() - 2 * GAP), GAP, GAP + LINE - 5);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int i = 0; i < pictures.size(); i++) {
      draw(graphics, i, GAP + i % columns * (PICTURE + GAP), rowTop(i / columns));
    }
    graphics.dispose();
    ImageIO.write(sheet, "png", out);
  }

  private static int rowTop(int row) {
    return LINE + 2 * GAP + row * (PICTURE + LINE + GAP);
  }

  private void draw(Graphics2D graphics, int number, int left, int top) {
    BufferedImage picture = SmallPicture.buffered(pictures.get(number));
    double scale = (double) PICTURE / Math.max(picture.getWidth(), picture.getHeight());
    int width = (int) Math.max(1, Math.round(picture.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(picture.getHeight() * scale));
    graphics.drawImage(
        picture, left + (PICTURE - width) / 2, top + (PICTURE - height) / 2, width, height, null);
    graphics.drawString(cut(graphics, lines.get(number), PICTURE), left, top + PICTURE + LINE - 5);
  }

  private static String cut(Graphics2D graphics, String line, int width) {
    FontMetrics metrics = graphics.getFontMetrics();
    String kept = line;
    while (metrics.stringWidth(kept) > width && kept.length() > 1) {
      kept = kept.substring(0, kept.length() - 2) + "…";
    }
    return kept;
  }
}
