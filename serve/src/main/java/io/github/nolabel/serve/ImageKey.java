package io.github.nolabel.serve;

import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Tells whether an image is still the one whose features are stored: by name, size and time of
 * change where it is a file, else by its pixels.
 */
final class ImageKey {

  private ImageKey() {}

  static String of(ImageDataset images, int index) {
    String name = images.name(index);
    Fingerprint key = new Fingerprint().add(name);
    try {
      Path file = Path.of(name);
      if (Files.isRegularFile(file)) {
        return key.add(Files.size(file)).add(Files.getLastModifiedTime(file).toMillis()).hex();
      }
    } catch (IOException | InvalidPathException noFile) {
      return pixels(key, images, index);
    }
    return pixels(key, images, index);
  }

  private static String pixels(Fingerprint key, ImageDataset images, int index) {
    try {
      RgbImage image = images.image(index);
      return key.add(image.width()).add(image.rgb()).hex();
    } catch (BrokenImageException e) {
      return key.add(String.valueOf(e.getMessage())).hex();
    }
  }
}
