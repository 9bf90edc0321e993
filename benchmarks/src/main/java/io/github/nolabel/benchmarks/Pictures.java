package io.github.nolabel.benchmarks;

import io.github.nolabel.api.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** JPEG files for loaders to read, the same on every machine. */
final class Pictures {

  private Pictures() {}

  /** Writes {@code count} files of {@code size} pixels, in a folder per kind. */
  static void write(Path folder, int count, int size) {
    Gratings drawn = new Gratings(1, size, count);
    try {
      for (int i = 0; i < count; i++) {
        Path kind = Files.createDirectories(folder.resolve("kind-" + i % Gratings.KINDS));
        ImageIO.write(picture(drawn.images(i, 1), size), "jpg", kind.resolve(i + ".jpg").toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage picture(Tensor image, int size) {
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    float[] values = image.toFloats();
    int plane = size * size;
    for (int p = 0; p < plane; p++) {
      int colour =
          level(values[p]) << 16 | level(values[plane + p]) << 8 | level(values[2 * plane + p]);
      picture.setRGB(p % size, p / size, colour);
    }
    return picture;
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, Math.round(127.5f + 100 * value)));
  }
}
