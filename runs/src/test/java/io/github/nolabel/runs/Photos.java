package io.github.nolabel.runs;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures of noise in two classes, one reddish, one bluish. */
public final class Photos {

  private Photos() {}

  /** Writes {@code count} pictures of each class; returns how a plan names them. */
  public static String of(Path folder, int count) {
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      write(folder.resolve("red/" + i + ".png"), random, 0xFF0000);
      write(folder.resolve("blue/" + i + ".png"), random, 0x0000FF);
    }
    return "folder:" + folder;
  }

  private static void write(Path file, Random random, int tint) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 256; pixel++) {
      image.setRGB(pixel % 16, pixel / 16, random.nextInt(1 << 24) | tint);
    }
    try {
      Files.createDirectories(file.resolveSibling("."));
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
