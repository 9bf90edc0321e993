package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden pixels; {@code torchvision.txt} says how they were made. */
class TorchvisionTest {

  private static final Map<String, float[]> GOLDEN = read();

  @ParameterizedTest
  @MethodSource("names")
  void pixelsEqualTorchvisions(String name) {
    float[] expected = Objects.requireNonNull(GOLDEN.get(name));
    float[] actual = TestImages.values(ours(name));
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(5e-6f));
    }
  }

  @Test
  void everyOperationHasGoldenPixels() {
    assertThat(GOLDEN).hasSize(21);
  }

  static Stream<String> names() {
    return GOLDEN.keySet().stream();
  }

  private static Pixels ours(String name) {
    float number = number(name);
    return switch (name.replaceAll("_-?[0-9.]+$", "")) {
      case "bilinear_down" -> resized(11, 9, 5, 4, Interpolation.BILINEAR);
      case "bilinear_up" -> resized(3, 4, 5, 6, Interpolation.BILINEAR);
      case "bicubic_down" -> resized(11, 9, 5, 4, Interpolation.BICUBIC);
      case "bicubic_up" -> resized(3, 4, 5, 6, Interpolation.BICUBIC);
      case "crop_2_1_5x7" -> crop();
      case "preprocessing_6_of" -> preprocessed(11, 9, 6, 0.75);
      case "preprocessing_tall" -> preprocessed(7, 13, 5, 1);
      case "brightness" -> changed(image -> Colours.brightness(image, number));
      case "contrast" -> changed(image -> Colours.contrast(image, number));
      case "saturation" -> changed(image -> Colours.saturation(image, number));
      case "hue" -> changed(image -> Colours.hue(image, number));
      case "grayscale" -> changed(Colours::grayscale);
      case "solarize" -> changed(image -> Colours.solarize(image, number));
      case "blur_3" -> changed(image -> blurring(3).blur(image, 0.8));
      case "blur_5" -> changed(image -> blurring(5).blur(image, 1.7));
      case "normalize" -> changed(TorchvisionTest::normalise);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static float number(String name) {
    String last = name.substring(name.lastIndexOf('_') + 1);
    return last.matches("-?[0-9.]+") ? Float.parseFloat(last) : 0;
  }

  private static Pixels resized(int w, int h, int width, int height, Interpolation how) {
    Pixels target = new Pixels();
    new Resizer(how).resize(TestImages.pixels(w, h), width, height, target);
    return target;
  }

  private static Pixels crop() {
    Pixels part = new Pixels();
    part.load(TestImages.pattern(11, 9), 11, new Region().set(1, 2, 5, 7));
    Pixels target = new Pixels();
    new Resizer(Interpolation.BILINEAR).resize(part, 4, 4, target);
    return target;
  }

  private static Pixels preprocessed(int width, int height, int size, double cropShare) {
    Pixels target = new Pixels();
    new CentreCropping(new Preprocessing(size, cropShare, Normalisation.IMAGENET))
        .frame(
            Picture.whole(TestImages.pattern(width, height), width, height),
            new CounterRandom(),
            target);
    return target;
  }

  private static Pixels changed(Consumer<Pixels> change) {
    Pixels image = TestImages.pixels(5, 4);
    change.accept(image);
    return image;
  }

  private static Blurring blurring(int kernel) {
    return new Blurring(new GaussianBlur(kernel, 0.1, 2, 1));
  }

  private static void normalise(Pixels image) {
    new Normalising(Normalisation.IMAGENET).apply(image, new CounterRandom());
  }

  private static Map<String, float[]> read() {
    Map<String, float[]> golden = new LinkedHashMap<>();
    try (InputStream input =
        Objects.requireNonNull(TorchvisionTest.class.getResourceAsStream("torchvision.txt"))) {
      new String(input.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(parts -> golden.put(parts[0], numbers(parts)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return golden;
  }

  private static float[] numbers(String[] parts) {
    float[] values = new float[parts.length - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(Arrays.asList(parts).get(i + 1));
    }
    return values;
  }
}
