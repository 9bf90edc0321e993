package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Grayscale;

/** Takes the colour away. */
record Greying(Grayscale grayscale) implements Transform {

  @Override
  public void apply(Pixels image, CounterRandom random) {
    if (random.chance(grayscale.probability())) {
      Colours.grayscale(image);
    }
  }
}
