package com.example.quickstart;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures of noise, in one folder per class. */
public final class Photos {

  private Photos() {}

  /** Writes {@code count} reddish and as many bluish ones. */
  public static Path twoClasses(Path folder, int count) {
    noise(folder.resolve("red"), count, 0xFF0000);
    noise(folder.resolve("blue"), count, 0x0000FF);
    return folder;
  }

  /** Writes {@code count} of one tint. */
  public static Path noise(Path folder, int count, int tint) {
    Random random = new Random(tint);
    for (int i = 0; i < count; i++) {
      write(folder.resolve(i + ".png"), random, tint);
    }
    return folder;
  }

  private static void write(Path file, Random random, int tint) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 256; pixel++) {
      image.setRGB(pixel % 16, pixel / 16, random.nextInt(1 << 24) | tint);
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
