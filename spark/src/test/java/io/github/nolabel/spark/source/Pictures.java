package io.github.nolabel.spark.source;

import io.github.nolabel.data.ImageDataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Pictures of one grey each, by which they are known again. */
final class Pictures {

  private static final int SIDE = 16;

  private Pictures() {}

  static byte[] png(int grey) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, grey * 0x010101);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** Writes a picture under each name below the folder, the first of grey 0, the next of 1. */
  static void write(Path folder, List<String> names) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      Path file = folder.resolve(names.get(i));
      Files.createDirectories(file.resolveSibling(""));
      Files.write(file, png(i));
    }
  }

  static List<String> names(ImageDataset images) {
    return IntStream.range(0, images.size()).mapToObj(images::name).toList();
  }

  static List<Integer> greys(ImageDataset images) {
    return IntStream.range(0, images.size()).mapToObj(i -> grey(images, i)).toList();
  }

  static int grey(ImageDataset images, int index) {
    return images.image(index).rgb()[0] & 0xff;
  }

  /** The name of every image's class, a dash where it has none. */
  static List<String> labels(ImageDataset images) {
    return IntStream.range(0, images.size())
        .mapToObj(
            i ->
                images.label(i).isEmpty()
                    ? "-"
                    : images.labelNames().get(images.label(i).getAsInt()))
        .toList();
  }
}
