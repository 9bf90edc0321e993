package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomResizedCroppingTest {

  private final CounterRandom random = new CounterRandom();

  @Test
  void partsLieInsideWithAreaAndShapeAsAskedFor() {
    RandomResizedCropping cropping = cropping(RandomResizedCrop.scale(0.2, 0.6));
    for (int index = 0; index < 2000; index++) {
      Region part = cropping.choose(200, 160, random.restart(1, 0, index, 0));
      assertThat(part.x).isBetween(0, 200 - part.width);
      assertThat(part.y).isBetween(0, 160 - part.height);
      assertThat(part.width * part.height / (200.0 * 160)).isBetween(0.19, 0.61);
      assertThat((double) part.width / part.height).isBetween(0.73, 1.37);
    }
  }

  /** The area's share is uniform, so its mean is the middle (five standard errors). */
  @Test
  void areasAreUniformAndPlacesFillTheImage() {
    RandomResizedCropping cropping = cropping(RandomResizedCrop.scale(0.1, 0.3));
    double sum = 0;
    int rightmost = 0;
    for (int index = 0; index < 4000; index++) {
      Region part = cropping.choose(400, 400, random.restart(2, 0, index, 0));
      sum += part.width * part.height / (400.0 * 400);
      rightmost = Math.max(rightmost, part.x + part.width);
    }
    assertThat(sum / 4000).isCloseTo(0.2, within(5 * 0.2 / Math.sqrt(12 * 4000)));
    assertThat(rightmost).isEqualTo(400);
  }

  @Test
  void theWholeImageWhenNothingElseIsAskedFor() {
    RandomResizedCropping cropping =
        cropping(new RandomResizedCrop(1, 1, 1, 1, Interpolation.BILINEAR));
    Region part = cropping.choose(30, 30, random.restart(0, 0, 0, 0));
    assertThat(new int[] {part.x, part.y, part.width, part.height}).containsExactly(0, 0, 30, 30);
  }

  /** No part of full area fits: the centre, as wide or as high as the allowed shapes let it be. */
  @ParameterizedTest
  @CsvSource({"100, 10, 43, 0, 13, 10", "10, 100, 0, 43, 10, 13", "1, 1, 0, 0, 1, 1"})
  void fallsBackToTheCentre(int width, int height, int x, int y, int w, int h) {
    RandomResizedCropping cropping = cropping(RandomResizedCrop.scale(1, 1));
    Region part = cropping.choose(width, height, random.restart(0, 0, 0, 0));
    assertThat(new int[] {part.x, part.y, part.width, part.height}).containsExactly(x, y, w, h);
  }

  @Test
  void fromBytesAndFromFloatsIsTheSame() {
    RandomResizedCropping cropping = cropping(RandomResizedCrop.scale(0.2, 1));
    for (int index = 0; index < 20; index++) {
      Pixels framed = new Pixels();
      Picture picture = Picture.whole(TestImages.pattern(11, 9), 11, 9);
      cropping.frame(picture, random.restart(0, 0, index, 0), framed);
      Pixels applied = TestImages.pixels(11, 9);
      cropping.apply(applied, random.restart(0, 0, index, 0));
      assertThat(Arrays.equals(TestImages.values(framed), TestImages.values(applied))).isTrue();
    }
  }

  private static RandomResizedCropping cropping(RandomResizedCrop crop) {
    return new RandomResizedCropping(crop, 8);
  }
}
