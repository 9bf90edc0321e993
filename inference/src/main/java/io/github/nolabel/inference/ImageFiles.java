package io.github.nolabel.inference;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.decode.ImageDecoder;
import io.github.nolabel.data.source.BoundedFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Images of the caller, in files or in memory. */
public final class ImageFiles {

  private ImageFiles() {}

  /**
   * The pixels of a PNG, JPEG, WebP, BMP or GIF.
   *
   * @throws UserMistake if it cannot be read or decoded
   */
  public static RgbImage read(Path file) {
    try {
      return ImageDecoder.decode(file.toString(), BoundedFiles.readAll(file));
    } catch (NoSuchFileException e) {
      throw new UserMistake("There is no file '%s'; name an image.".formatted(file), e);
    } catch (IOException e) {
      throw new UserMistake("'%s' cannot be read: %s.".formatted(file, e.getMessage()), e);
    } catch (BrokenImageException e) {
      throw e.asMistake();
    }
  }

  /**
   * float[1, 3, S, S]: an image file as a frozen backbone sees it.
   *
   * @throws UserMistake if it cannot be read, decoded or resized
   */
  public static Tensor prepared(Path file, Preprocessing preprocessing) {
    return prepared(file.toString(), read(file), preprocessing);
  }

  /** The same of a picture in memory. */
  static Tensor prepared(String name, BufferedImage picture, Preprocessing preprocessing) {
    try {
      return prepared(name, ImageDecoder.pixels(name, picture), preprocessing);
    } catch (BrokenImageException e) {
      throw e.asMistake();
    }
  }

  private static Tensor prepared(String name, RgbImage image, Preprocessing preprocessing) {
    try {
      return PreparedImages.one(name, image, preprocessing);
    } catch (BrokenImageException e) {
      throw e.asMistake();
    }
  }
}
