package io.github.nolabel.runs.report;

import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.decode.SmallPicture;
import java.util.Base64;

/** Small pictures that are part of the page. */
final class Thumbnail {

  private Thumbnail() {}

  /** The address of the picture itself, its longer side at most {@code side} pixels. */
  static String address(RgbImage image, int side) {
    return "data:image/jpeg;base64,"
        + Base64.getEncoder().encodeToString(SmallPicture.jpeg(image, side));
  }
}
