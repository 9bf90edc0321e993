package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import io.github.nolabel.api.view.ViewTransform.Grayscale;
import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.api.view.ViewTransform.Solarize;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be true of each transform. */
class TransformsTest {

  private static final float TOLERANCE = 2e-6f;

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void resizingAFlatImageChangesNothing(Interpolation how) {
    for (int size : new int[] {3, 7, 16, 40}) {
      Pixels target = new Pixels();
      new Resizer(how).resize(TestImages.flat(13, 11, 0.2f, 0.5f, 0.9f), size, size + 1, target);
      assertClose(target, TestImages.flat(size, size + 1, 0.2f, 0.5f, 0.9f));
    }
  }

  /** Filters are symmetric: away from the border the middle of a ramp's pixels is their mean. */
  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void halvingARampGivesTheRampOfMiddles(Interpolation how) {
    Pixels ramp = new Pixels().reshape(32, 4);
    for (int i = 0; i < 3 * ramp.area(); i++) {
      ramp.values()[i] = (i % 32) / 32f;
    }
    Pixels half = new Pixels();
    new Resizer(how).resize(ramp, 16, 2, half);
    for (int x = 2; x < 14; x++) {
      assertThat(half.values()[x]).isCloseTo((2 * x + 0.5f) / 32, within(TOLERANCE));
    }
  }

  @Test
  void bicubicResultsStayColours() {
    Pixels target = new Pixels();
    new Resizer(Interpolation.BICUBIC).resize(checkerboard(), 29, 31, target);
    for (float value : TestImages.values(target)) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  @Test
  void flippingTwiceChangesNothingAndOnceMirrors() {
    Pixels image = TestImages.pixels(5, 4);
    Flipping flip = new Flipping(new HorizontalFlip(1));
    flip.apply(image, new CounterRandom());
    Pixels original = TestImages.pixels(5, 4);
    for (int x = 0; x < 5; x++) {
      assertThat(image.values()[5 + x]).isEqualTo(original.values()[9 - x]);
    }
    flip.apply(image, new CounterRandom());
    assertThat(TestImages.values(image)).isEqualTo(TestImages.values(original));
  }

  @Test
  void factorOneChangesNothing() {
    assertUnchanged(image -> Colours.brightness(image, 1));
    assertUnchanged(image -> Colours.contrast(image, 1));
    assertUnchanged(image -> Colours.saturation(image, 1));
    assertUnchanged(image -> Colours.hue(image, 0));
    assertUnchanged(image -> Colours.hue(image, 1));
  }

  @Test
  void factorZeroIsBlackOrMeanGreyOrGrey() {
    Pixels black = TestImages.pixels(5, 4);
    Colours.brightness(black, 0);
    assertClose(black, TestImages.flat(5, 4, 0, 0, 0));
    Pixels flat = TestImages.flat(5, 4, 0.8f, 0.4f, 0.2f);
    float luminance = 0.2989f * 0.8f + 0.587f * 0.4f + 0.114f * 0.2f;
    Colours.contrast(flat, 0);
    assertClose(flat, TestImages.flat(5, 4, luminance, luminance, luminance));
    Pixels grey = TestImages.pixels(5, 4);
    Colours.grayscale(grey);
    Pixels unsaturated = TestImages.pixels(5, 4);
    Colours.saturation(unsaturated, 0);
    assertClose(unsaturated, grey);
  }

  /** A third of the circle takes red to green, green to blue, blue to red. */
  @Test
  void aThirdOfTheCirclePermutesTheChannels() {
    Pixels image = TestImages.pixels(7, 6);
    float[] before = TestImages.values(image);
    Colours.hue(image, 1f / 3);
    float[] after = TestImages.values(image);
    int area = image.area();
    for (int i = 0; i < area; i++) {
      assertThat(after[area + i]).isCloseTo(before[i], within(TOLERANCE));
      assertThat(after[2 * area + i]).isCloseTo(before[area + i], within(TOLERANCE));
      assertThat(after[i]).isCloseTo(before[2 * area + i], within(TOLERANCE));
    }
  }

  @Test
  void hueThereAndBackChangesNothing() {
    assertUnchanged(
        image -> {
          Colours.hue(image, 0.37f);
          Colours.hue(image, -0.37f);
        });
  }

  @Test
  void huesOfGreyAreGrey() {
    Pixels grey = TestImages.flat(3, 3, 0.4f, 0.4f, 0.4f);
    Colours.hue(grey, 0.3f);
    assertClose(grey, TestImages.flat(3, 3, 0.4f, 0.4f, 0.4f));
  }

  @Test
  void solarizingTwiceWithThresholdZeroChangesNothing() {
    assertUnchanged(
        image -> {
          Colours.solarize(image, 0);
          Colours.solarize(image, 0);
        });
  }

  @Test
  void solarizingInvertsAtAndAboveTheThresholdOnly() {
    Pixels image = TestImages.flat(1, 1, 0.49f, 0.5f, 0.9f);
    Colours.solarize(image, 0.5f);
    assertClose(image, TestImages.flat(1, 1, 0.49f, 0.5f, 0.1f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 9, 23})
  void blurringAFlatImageChangesNothingEvenBeyondItsSize(int kernel) {
    Pixels image = TestImages.flat(5, 4, 0.1f, 0.6f, 1);
    blurring(kernel).blur(image, 1.3);
    assertClose(image, TestImages.flat(5, 4, 0.1f, 0.6f, 1));
  }

  /** The kernel sums to one: a point away from the border keeps its mass and its place. */
  @Test
  void blurringKeepsTheSumAndTheCentreOfAPoint() {
    Pixels image = TestImages.flat(11, 11, 0, 0, 0);
    image.values()[5 * 11 + 5] = 1;
    blurring(5).blur(image, 1);
    float sum = 0;
    for (int i = 0; i < image.area(); i++) {
      sum += image.values()[i];
      assertThat(image.values()[i]).isEqualTo(image.values()[image.area() - 1 - i]);
    }
    assertThat(sum).isCloseTo(1, within(TOLERANCE));
    assertThat(image.values()[5 * 11 + 4] / image.values()[5 * 11 + 5])
        .isCloseTo((float) Math.exp(-0.5), within(TOLERANCE));
  }

  @Test
  void probabilityZeroNeverAndOneAlways() {
    CounterRandom random = new CounterRandom();
    for (int key = 0; key < 50; key++) {
      for (Transform transform : withProbability(0)) {
        Pixels image = TestImages.pixels(5, 4);
        transform.apply(image, random.restart(key, 0, 0, 0));
        assertThat(TestImages.values(image)).isEqualTo(TestImages.values(TestImages.pixels(5, 4)));
      }
      for (Transform transform : withProbability(1)) {
        Pixels image = TestImages.pixels(5, 4);
        transform.apply(image, random.restart(key, 0, 0, 0));
        assertThat(TestImages.values(image))
            .isNotEqualTo(TestImages.values(TestImages.pixels(5, 4)));
      }
    }
  }

  /** 2,000 draws with p = 0.3: 600, give or take five standard deviations. */
  @Test
  void probabilityIsTheShareOfChangedImages() {
    CounterRandom random = new CounterRandom();
    Greying greying = new Greying(new Grayscale(0.3));
    int changed = 0;
    for (int index = 0; index < 2000; index++) {
      Pixels image = TestImages.flat(1, 1, 1, 0, 0);
      greying.apply(image, random.restart(1, 2, index, 0));
      changed += image.values()[0] < 1 ? 1 : 0;
    }
    assertThat(changed).isBetween(600 - 103, 600 + 103);
  }

  private static List<Transform> withProbability(double p) {
    return List.of(
        new Flipping(new HorizontalFlip(p)),
        new ColourJittering(new ColorJitter(0.4, 0.4, 0.4, 0.1, p)),
        new Greying(new Grayscale(p)),
        new Blurring(new GaussianBlur(3, 0.5, 1, p)),
        new Solarizing(new Solarize(0.5, p)));
  }

  private static Blurring blurring(int kernel) {
    return new Blurring(new GaussianBlur(kernel, 0.1, 2, 1));
  }

  private static Pixels checkerboard() {
    Pixels image = new Pixels().reshape(10, 10);
    for (int i = 0; i < 3 * image.area(); i++) {
      image.values()[i] = (i + i / 10) % 2;
    }
    return image;
  }

  private static void assertUnchanged(Consumer<Pixels> change) {
    Pixels image = TestImages.pixels(7, 6);
    change.accept(image);
    assertClose(image, TestImages.pixels(7, 6));
  }

  private static void assertClose(Pixels actual, Pixels expected) {
    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(actual.height()).isEqualTo(expected.height());
    assertThat(TestImages.values(actual))
        .usingComparatorWithPrecision(TOLERANCE)
        .containsExactly(TestImages.values(expected));
  }
}
