package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Grayscale;
import java.nio.FloatBuffer;

/** Takes the colour away. */
record Greying(Grayscale grayscale) implements Drawing {

  @Override
  public void apply(Pixels image, CounterRandom random) {
    if (random.chance(grayscale.probability())) {
      Colours.grayscale(image);
    }
  }

  @Override
  public void draw(CounterRandom random, FloatBuffer target, int offset) {
    target.put(offset, random.chance(grayscale.probability()) ? 1 : 0);
  }
}
