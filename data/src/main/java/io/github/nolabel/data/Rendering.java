package io.github.nolabel.data;

import io.github.nolabel.data.view.CounterRandom;
import io.github.nolabel.data.view.Picture;
import io.github.nolabel.data.view.ViewRenderer;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** Carries out views, so that an image that is too much for one counts as broken. */
public final class Rendering {

  private Rendering() {}

  /**
   * Writes the view of one image as {@link ViewRenderer#render} does.
   *
   * @param name of the image, for messages
   * @throws BrokenImageException if there is no memory for it, or its size leads out of the range
   *     of numbers; something of the view may have been written
   */
  public static void render(
      ViewRenderer renderer,
      String name,
      RgbImage image,
      CounterRandom random,
      FloatBuffer target,
      int offset) {
    use(name, image, picture -> renderer.render(picture, random, target, offset));
  }

  /**
   * Makes something of one image.
   *
   * @param name of the image, for messages
   * @throws BrokenImageException as {@link #render} does
   */
  public static void use(String name, RgbImage image, Consumer<Picture> use) {
    try {
      use.accept(new Picture(image.rgb(), image.width(), image.height(), image.scale()));
    } catch (OutOfMemoryError
        | ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      throw new BrokenImageException(
          "'%s' of %d x %d pixels cannot be cropped or resized: %s."
              .formatted(name, image.width(), image.height(), e),
          e);
    }
  }
}
