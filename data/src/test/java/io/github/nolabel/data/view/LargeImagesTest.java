package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Large and long images give the same pixels as small ones would, and cost no more than is shown.
 */
class LargeImagesTest {

  /**
   * Rows that are left over from a larger image, or from further down, are not taken for others.
   */
  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void aResultDoesNotDependOnWhatWasResizedBefore(Interpolation how) {
    PixelSource source = PixelSource.of(TestImages.pattern(61, 83), 61);
    Resizer used = new Resizer(how);
    for (int size : new int[] {7, 33, 97, 5}) {
      Box box = new Box(3, 5, 40 + size / 9, 70 - size / 3);
      Pixels first = new Pixels();
      new Resizer(how).resize(source, box, size, size + 1, first);
      Pixels again = new Pixels();
      used.resize(source, box, size, size + 1, again);
      assertThat(TestImages.values(again)).isEqualTo(TestImages.values(first));
    }
  }

  /** Sizes that are no multiples of what is handled at a time. */
  @ParameterizedTest
  @CsvSource({"37, 21", "3, 50", "66, 3", "5, 17", "130, 16", "1, 1"})
  void everyPixelIsTheWeightedSumOfItsSources(int width, int height) {
    Pixels source = TestImages.pixels(141, 45);
    Pixels target = new Pixels();
    new Resizer(Interpolation.BILINEAR).resize(source, width, height, target);
    Weights across = weights(141, width);
    Weights down = weights(45, height);
    for (int i = 0; i < 3 * target.area(); i++) {
      int line = i / target.area() * 45;
      int y = i % target.area() / width;
      float expected = sum(source, line, across, i % width, down, y);
      assertThat(target.values()[i]).as("%d", i).isCloseTo(expected, within(2e-6f));
    }
  }

  private static Weights weights(int from, int to) {
    Weights weights = new Weights(Interpolation.BILINEAR);
    weights.prepare(from, 0, from, to, 0, to);
    return weights;
  }

  private static float sum(Pixels source, int line, Weights across, int x, Weights down, int y) {
    double sum = 0;
    for (int i = 0; i < down.count(y); i++) {
      for (int j = 0; j < across.count(x); j++) {
        int from = (line + down.first(y) + i) * source.width() + across.first(x) + j;
        float weight = down.values()[down.offset(y) + i] * across.values()[across.offset(x) + j];
        sum += weight * source.values()[from];
      }
    }
    return (float) sum;
  }

  /** The whole image resized, then cropped: what the short way has to give, bit by bit. */
  @ParameterizedTest
  @CsvSource({
    "40, 30, 8, 0.875",
    "30, 200, 16, 1",
    "301, 7, 5, 0.5",
    "16, 16, 16, 1",
    "16, 20, 16, 1"
  })
  void theCentreIsThatOfTheWholeImageResized(int width, int height, int size, double share) {
    Pixels target = new Pixels();
    new CentreCropping(new Preprocessing(size, share, Normalisation.IMAGENET))
        .frame(
            Picture.whole(TestImages.pattern(width, height), width, height),
            new CounterRandom(),
            target);
    assertThat(TestImages.values(target)).isEqualTo(longWay(width, height, size, share));
  }

  private static float[] longWay(int width, int height, int size, double share) {
    int shorterSide = (int) Math.rint(size / share);
    int w = shorterSide * width / Math.min(width, height);
    int h = shorterSide * height / Math.min(width, height);
    Pixels resized = new Pixels();
    new Resizer(Interpolation.BILINEAR).resize(TestImages.pixels(width, height), w, h, resized);
    Pixels crop = new Pixels();
    int x = (int) Math.rint((w - size) / 2.0);
    int y = (int) Math.rint((h - size) / 2.0);
    crop.load(resized, new Region().set(x, y, size, size));
    return TestImages.values(crop);
  }

  /** One pixel wide: resized whole it would have 224 x 13,440,000 pixels, or more. */
  @ParameterizedTest
  @CsvSource({"1, 5000", "1, 60000", "60000, 1", "1, 20000000"})
  void ofALineItsMiddleIsSeen(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    int middle = Math.max(width, height) / 2;
    Arrays.fill(rgb, 3 * (middle - 2), 3 * (middle + 2), (byte) 0xff);
    Preprocessing plain =
        new Preprocessing(
            224, 0.875, new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
    FloatBuffer target = FloatBuffer.allocate(3 * 224 * 224);
    ViewRenderer.plain(plain)
        .render(Picture.whole(rgb, width, height), new CounterRandom(), target, 0);
    for (int i = 0; i < target.capacity(); i++) {
      assertThat(target.get(i)).isEqualTo(1);
    }
  }

  @Test
  void aLargeImageIsResizedInLittleMemory() {
    byte[] rgb = new byte[3 * 6000 * 5000];
    Arrays.fill(rgb, (byte) 0x80);
    Pixels target = new Pixels();
    new Resizer(Interpolation.BICUBIC)
        .resize(PixelSource.of(rgb, 6000), new Box(0, 0, 6000, 5000), 64, 64, target);
    for (float value : TestImages.values(target)) {
      assertThat(value).isCloseTo(128 / 255f, org.assertj.core.api.Assertions.within(1e-5f));
    }
  }
}
