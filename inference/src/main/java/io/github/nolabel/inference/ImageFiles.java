package io.github.nolabel.inference;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.decode.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Image files of the caller. */
public final class ImageFiles {

  private ImageFiles() {}

  /**
   * The pixels of a PNG, JPEG, WebP, BMP or GIF.
   *
   * @throws UserMistake if it cannot be read or decoded
   */
  public static RgbImage read(Path file) {
    try {
      return ImageDecoder.decode(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new UserMistake("There is no file '%s'; name an image.".formatted(file), e);
    } catch (IOException e) {
      throw new UserMistake("'%s' cannot be read: %s.".formatted(file, e.getMessage()), e);
    } catch (BrokenImageException e) {
      throw e.asMistake();
    }
  }
}
