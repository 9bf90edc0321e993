package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;

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

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void aResultDoesNotDependOnHowMuchIsHeldAtATime(Interpolation how) {
    byte[] rgb = TestImages.pattern(61, 83);
    Box region = new Box(3, 5, 50, 70);
    for (int size : new int[] {7, 33, 97}) {
      Pixels whole = new Pixels();
      new Resizer(how).resize(PixelSource.of(rgb, 61), region, size, size + 1, whole);
      for (int held : new int[] {1, 500, 1777}) {
        Pixels parts = new Pixels();
        new Resizer(how, held).resize(PixelSource.of(rgb, 61), region, size, size + 1, parts);
        assertThat(TestImages.values(parts)).isEqualTo(TestImages.values(whole));
      }
    }
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
