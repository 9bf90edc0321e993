package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import java.nio.FloatBuffer;

/** Mirrors left and right. */
record Flipping(HorizontalFlip flip) implements Drawing {

  @Override
  public void apply(Pixels image, CounterRandom random) {
    if (random.chance(flip.probability())) {
      mirror(image);
    }
  }

  @Override
  public void draw(CounterRandom random, FloatBuffer target, int offset) {
    target.put(offset, random.chance(flip.probability()) ? 1 : 0);
  }

  private static void mirror(Pixels image) {
    float[] values = image.values();
    int width = image.width();
    for (int line = 0; line < 3 * image.height(); line++) {
      for (int left = line * width, right = left + width - 1; left < right; left++, right--) {
        float moved = values[left];
        values[left] = values[right];
        values[right] = moved;
      }
    }
  }
}
