package io.github.nolabel.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Folders of small noisy images, a colour per class. */
final class TinyPhotos {

  private static final int[] COLOURS = {0xc04040, 0x40c040, 0x4040c0};

  private TinyPhotos() {}

  /** Three classes of {@code perClass} images of 16 x 16 pixels. */
  static Path labelled(Path folder, int perClass) {
    return labelled(folder, perClass, COLOURS.length);
  }

  /** The first {@code classes} of them. */
  static Path labelled(Path folder, int perClass, int classes) {
    for (int label = 0; label < classes; label++) {
      images(folder.resolve("class-" + label), perClass, COLOURS[label]);
    }
    return folder;
  }

  /** {@code count} images without classes. */
  static Path unlabelled(Path folder, int count) {
    return images(folder, count, COLOURS[0]);
  }

  /** {@code count} images that are the same grey all over. */
  static Path grey(Path folder, int count) {
    return images(folder, count, 0x808080, 0);
  }

  /** Two classes of {@code count} images each of one scene; light and noise tell them apart. */
  static Path nearCopies(Path folder, int count) {
    Random random = new Random(2);
    for (int i = 0; i < 2 * count; i++) {
      double light = 1 + 0.02 * random.nextGaussian();
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 256; p++) {
        double scene = 120 + 60 * Math.sin(p % 16 / 2.0) * Math.cos(p / 48.0);
        int grey = (int) Math.min(255, Math.max(0, light * scene + 3 * random.nextGaussian()));
        image.setRGB(p % 16, p / 16, grey * 0x010101);
      }
      write(image, folder.resolve("half-" + i % 2).resolve("image-%03d.png".formatted(i)));
    }
    return folder;
  }

  private static void write(BufferedImage image, Path file) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path images(Path folder, int count, int colour) {
    return images(folder, count, colour, 0x3f3f3f);
  }

  private static Path images(Path folder, int count, int colour, int noise) {
    Random random = new Random(colour);
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 256; p++) {
        image.setRGB(p % 16, p / 16, colour ^ (random.nextInt() & noise));
      }
      write(image, folder.resolve("image-%02d.png".formatted(i)));
    }
    return folder;
  }
}
