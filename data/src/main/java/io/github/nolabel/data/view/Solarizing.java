package io.github.nolabel.data.view;

import io.github.nolabel.api.view.DrawnView;
import io.github.nolabel.api.view.ViewTransform.Solarize;
import java.nio.FloatBuffer;

/** Inverts bright values. */
record Solarizing(Solarize solarize) implements Drawing {

  @Override
  public void apply(Pixels image, CounterRandom random) {
    if (random.chance(solarize.probability())) {
      Colours.solarize(image, (float) solarize.threshold());
    }
  }

  @Override
  public void draw(CounterRandom random, FloatBuffer target, int offset) {
    boolean happens = random.chance(solarize.probability());
    target.put(offset, happens ? (float) solarize.threshold() : DrawnView.NEVER);
  }
}
