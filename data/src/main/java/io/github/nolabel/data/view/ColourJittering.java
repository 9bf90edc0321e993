package io.github.nolabel.data.view;

import io.github.nolabel.api.view.DrawnView;
import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import java.nio.FloatBuffer;

/** Brightness, contrast, saturation and hue by random amounts, in random order. */
final class ColourJittering implements Drawing {

  private static final int HUE = 3;

  private final ColorJitter jitter;
  private final int[] order = new int[4];
  private float brightness;
  private float contrast;
  private float saturation;
  private float turn;

  ColourJittering(ColorJitter jitter) {
    this.jitter = jitter;
  }

  @Override
  public void apply(Pixels image, CounterRandom random) {
    if (!happens(random)) {
      return;
    }
    for (int adjustment : order) {
      if (changes(adjustment)) {
        adjust(image, adjustment);
      }
    }
  }

  @Override
  public void draw(CounterRandom random, FloatBuffer target, int offset) {
    boolean happens = happens(random);
    int blends = DrawnView.blends(jitter);
    int turnAt = offset + DrawnView.BLEND * blends;
    writeNothing(blends, target, offset);
    if (jitter.hue() > 0) {
      target.put(turnAt, happens ? sixths() : 6);
      writeNothing(blends, target, turnAt + 1);
    }
    if (happens) {
      writeOrder(target, offset, turnAt + 1);
    }
  }

  /** Blends that keep the colour. */
  private static void writeNothing(int blends, FloatBuffer target, int offset) {
    for (int i = 0; i < DrawnView.BLEND * blends; i++) {
      target.put(offset + i, i % DrawnView.BLEND == 0 ? 1 : 0);
    }
  }

  /** The blends before hue, then those behind it. */
  private void writeOrder(FloatBuffer target, int offset, int after) {
    int to = offset;
    for (int adjustment : order) {
      if (adjustment == HUE && jitter.hue() > 0) {
        to = after;
      } else if (changes(adjustment)) {
        writeBlend(adjustment, target, to);
        to += DrawnView.BLEND;
      }
    }
  }

  private void writeBlend(int adjustment, FloatBuffer target, int to) {
    float own = adjustment == 0 ? brightness : adjustment == 1 ? contrast : saturation;
    target.put(to, own);
    target.put(to + 1, adjustment == 2 ? 1 - own : 0);
    target.put(to + 2, adjustment == 1 ? 1 - own : 0);
  }

  /** Draws all that there is to draw. */
  private boolean happens(CounterRandom random) {
    if (!random.chance(jitter.probability())) {
      return false;
    }
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    random.shuffle(order);
    brightness = factor(jitter.brightness(), random);
    contrast = factor(jitter.contrast(), random);
    saturation = factor(jitter.saturation(), random);
    turn = (float) random.uniform(-jitter.hue(), jitter.hue());
    return true;
  }

  private static float factor(double strength, CounterRandom random) {
    return (float) random.uniform(Math.max(0, 1 - strength), 1 + strength);
  }

  private float sixths() {
    return 6 * (turn + 1);
  }

  private boolean changes(int adjustment) {
    return switch (adjustment) {
      case 0 -> jitter.brightness() > 0;
      case 1 -> jitter.contrast() > 0;
      case 2 -> jitter.saturation() > 0;
      default -> jitter.hue() > 0;
    };
  }

  private void adjust(Pixels image, int adjustment) {
    switch (adjustment) {
      case 0 -> Colours.brightness(image, brightness);
      case 1 -> Colours.contrast(image, contrast);
      case 2 -> Colours.saturation(image, saturation);
      default -> Colours.hue(image, turn);
    }
  }
}
