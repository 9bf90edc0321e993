package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.Solarize;

/** Inverts bright values. */
record Solarizing(Solarize solarize) implements Transform {

  @Override
  public void apply(Pixels image, CounterRandom random) {
    if (random.chance(solarize.probability())) {
      Colours.solarize(image, (float) solarize.threshold());
    }
  }
}
