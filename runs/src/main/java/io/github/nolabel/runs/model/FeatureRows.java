package io.github.nolabel.runs.model;

import java.io.IOException;
import java.util.List;

/** Takes the rows of a {@link FeatureTable} one at a time, in order. */
@FunctionalInterface
public interface FeatureRows {

  /**
   * The next image that can be read.
   *
   * @param vector its features, as many as of all others
   */
  void row(Image image, float[] vector) throws IOException;

  /** Writes what comes after the last row. */
  default void end() throws IOException {}

  /**
   * What is known of an image.
   *
   * @param path of the image relative to its source
   * @param label empty if nobody said what it is
   * @param captions none, one or several
   */
  record Image(String path, String label, List<String> captions) {

    /** The captions, one a line; empty if there are none. */
    String caption() {
      return String.join("\n", captions);
    }
  }
}
