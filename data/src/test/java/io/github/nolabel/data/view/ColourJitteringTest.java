package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColourJitteringTest {

  @Test
  void jitterAppliesAllFourInTheDrawnOrder() {
    ColorJitter jitter = new ColorJitter(0.4, 0.4, 0.4, 0.1, 1);
    CounterRandom random = new CounterRandom();
    Set<List<Integer>> orders = new HashSet<>();
    for (int key = 0; key < 300; key++) {
      Pixels actual = TestImages.pixels(5, 4);
      new ColourJittering(jitter).apply(actual, random.restart(key, 0, 0, 0));
      random.restart(key, 0, 0, 0);
      random.chance(1);
      int[] order = {0, 1, 2, 3};
      random.shuffle(order);
      Pixels expected = TestImages.pixels(5, 4);
      applyInOrder(expected, order, random);
      assertThat(TestImages.values(actual)).isEqualTo(TestImages.values(expected));
      orders.add(List.of(order[0], order[1], order[2], order[3]));
    }
    assertThat(orders).hasSize(24);
  }

  /** White times the factor, for factors below one, tells the factor: uniform in [0.6, 1]. */
  @Test
  void brightnessFactorsFillTheirRange() {
    ColourJittering jittering = new ColourJittering(new ColorJitter(0.4, 0, 0, 0, 1));
    CounterRandom random = new CounterRandom();
    double sum = 0;
    float lowest = 1;
    for (int index = 0; index < 2000; index++) {
      Pixels image = TestImages.flat(1, 1, 0.5f, 0.5f, 0.5f);
      jittering.apply(image, random.restart(3, 0, index, 0));
      sum += image.values()[0] / 0.5;
      lowest = Math.min(lowest, image.values()[0] / 0.5f);
    }
    assertThat(lowest).isBetween(0.6f, 0.61f);
    assertThat(sum / 2000).isCloseTo(1, within(5 * 0.8 / Math.sqrt(12 * 2000)));
  }

  private static void applyInOrder(Pixels image, int[] order, CounterRandom random) {
    float brightness = (float) random.uniform(0.6, 1.4);
    float contrast = (float) random.uniform(0.6, 1.4);
    float saturation = (float) random.uniform(0.6, 1.4);
    float hue = (float) random.uniform(-0.1, 0.1);
    for (int which : order) {
      switch (which) {
        case 0 -> Colours.brightness(image, brightness);
        case 1 -> Colours.contrast(image, contrast);
        case 2 -> Colours.saturation(image, saturation);
        default -> Colours.hue(image, hue);
      }
    }
  }
}
