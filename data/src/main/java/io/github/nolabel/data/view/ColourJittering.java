package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.ColorJitter;

/** Brightness, contrast, saturation and hue by random amounts, in random order. */
final class ColourJittering implements Transform {

  private final ColorJitter jitter;
  private final int[] order = new int[4];

  ColourJittering(ColorJitter jitter) {
    this.jitter = jitter;
  }

  @Override
  public void apply(Pixels image, CounterRandom random) {
    if (!random.chance(jitter.probability())) {
      return;
    }
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    random.shuffle(order);
    float brightness = factor(jitter.brightness(), random);
    float contrast = factor(jitter.contrast(), random);
    float saturation = factor(jitter.saturation(), random);
    float turn = (float) random.uniform(-jitter.hue(), jitter.hue());
    for (int adjustment : order) {
      adjust(image, adjustment, brightness, contrast, saturation, turn);
    }
  }

  private static float factor(double strength, CounterRandom random) {
    return (float) random.uniform(Math.max(0, 1 - strength), 1 + strength);
  }

  private void adjust(
      Pixels image, int which, float brightness, float contrast, float saturation, float turn) {
    if (which == 0 && jitter.brightness() > 0) {
      Colours.brightness(image, brightness);
    } else if (which == 1 && jitter.contrast() > 0) {
      Colours.contrast(image, contrast);
    } else if (which == 2 && jitter.saturation() > 0) {
      Colours.saturation(image, saturation);
    } else if (which == 3 && jitter.hue() > 0) {
      Colours.hue(image, turn);
    }
  }
}
