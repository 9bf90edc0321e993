package io.github.nolabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZeroShotTest {

  private static final ZeroShot TWO = new ZeroShot(List.of("cat", "dog"), List.of("{}", "a {}."));

  @Test
  void promptsComeClassByClass() {
    ZeroShot zeroShot =
        new ZeroShot(List.of("polar_bear", "t-shirt"), List.of("{}", "a {} like a {}."));
    assertThat(zeroShot.prompts())
        .containsExactly(
            "polar bear",
            "a polar bear like a polar bear.",
            "t shirt",
            "a t shirt like a t shirt.");
    assertThat(new ZeroShot(List.of("cat")).prompts())
        .containsExactly("cat", "a photo of a cat.", "a picture of a cat.", "a drawing of a cat.");
  }

  /** A long prompt of (1, 0) and a short one of (0, 1) weigh the same. */
  @Test
  void aClassIsTheMeanDirectionOfItsPrompts() {
    FeatureMatrix prompts = FeatureMatrix.of(2, 100, 0, 0, 0.5f, -3, 0, -4, 0);
    float half = (float) Math.sqrt(0.5);
    float[] vectors = TWO.classVectors(prompts).values();
    assertThat(vectors).containsExactly(new float[] {half, half, -1, 0}, within(1e-6f));
  }

  /** By its first prompt alone, cat would win the image; by the mean of both, dog does. */
  @Test
  void promptsDecideTogether() {
    FeatureMatrix prompts = FeatureMatrix.of(2, 1, -0.5f, -1, 1, 0, -1, 0, -1);
    FeatureMatrix image = FeatureMatrix.of(2, 1, -0.6f);
    ZeroShot first = new ZeroShot(List.of("cat", "dog"), List.of("{}"));
    FeatureMatrix firstPrompts = FeatureMatrix.of(2, 1, -0.5f, 0, -1);
    assertThat(first.of(image, firstPrompts, List.of(0), 1).top1()).isEqualTo(1);
    assertThat(TWO.of(image, prompts, List.of(0), 1).top1()).isZero();
    assertThat(TWO.of(image, prompts, List.of(1), 1).top1()).isEqualTo(1);
  }

  @Test
  void guessesAreCountedInAllAndByClass() {
    ZeroShot zeroShot = new ZeroShot(List.of("a", "b", "c", "d"), List.of("{}"));
    FeatureMatrix prompts = FeatureMatrix.of(3, 1, 0, 0, 0, 1, 0, 0, 0, 1, -1, -1, -1);
    FeatureMatrix images = FeatureMatrix.of(3, 9, 1, 0, 3, 2, 0, 1, 2, 3, 3, 2, 1);
    // The right class is first, second, second and third.
    ZeroShot.Result result = zeroShot.of(images, prompts, List.of(0, 1, 1, 2), 2);
    assertThat(result)
        .isEqualTo(new ZeroShot.Result(0.25, 0.75, List.of(1.0, 0.0, 0.0, Double.NaN), 0.25));
    assertThat(zeroShot.of(images, prompts, List.of(0, 1, 1, 2), 99).topK()).isEqualTo(1);
  }

  @Test
  void theOrderOfClassesDoesNotMatter() {
    ZeroShot turned = new ZeroShot(List.of("dog", "cat"), TWO.templates());
    FeatureMatrix images = FeatureMatrix.of(2, 1, 0.2f, 0.3f, 1, -1, 4, 2, 1);
    ZeroShot.Result result =
        TWO.of(images, FeatureMatrix.of(2, 1, 0, 2, 1, 0, 1, 1, 3), List.of(0, 1, 1, 1), 1);
    ZeroShot.Result other =
        turned.of(images, FeatureMatrix.of(2, 0, 1, 1, 3, 1, 0, 2, 1), List.of(1, 0, 0, 0), 1);
    assertThat(result.top1()).isEqualTo(other.top1()).isEqualTo(0.75);
    assertThat(result.perClass()).containsExactly(1.0, 2.0 / 3);
    assertThat(other.perClass()).containsExactly(2.0 / 3, 1.0);
  }

  @Test
  void aCollapsedNetworkRecognisesNothing() {
    for (float value : new float[] {1, 0, Float.NaN}) {
      FeatureMatrix images = FeatureMatrix.of(1, value, value);
      FeatureMatrix prompts = FeatureMatrix.of(1, value, value, value, value);
      assertThat(TWO.of(images, prompts, List.of(0, 1), 1).top1()).as("all %s", value).isZero();
    }
  }

  @Test
  void noImagesAreNoNumber() {
    ZeroShot.Result result =
        TWO.of(FeatureMatrix.of(1), FeatureMatrix.of(1, 1, 1, 1, 1), List.of(), 1);
    assertThat(result.top1()).isNaN();
    assertThat(result.chance()).isEqualTo(0.5);
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    assertMistake(List.of("cat"), List.of("a photo"), "template 'a photo' has no {}");
    assertMistake(List.of("cat"), List.of(), "at least one template");
    assertMistake(List.of(), List.of("{}"), "at least one class");
    assertMistake(List.of("sea_lion", "sea-lion"), List.of("{}"), "two classes 'sea lion'");
    assertMistake(List.of("_"), List.of("{}"), "The class '_' has no name");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    FeatureMatrix four = FeatureMatrix.of(1, 1, 1, 1, 1);
    assertThatThrownBy(() -> TWO.classVectors(FeatureMatrix.of(1, 1, 1)))
        .hasMessage("2 rows of features for 4 prompts");
    assertThatThrownBy(() -> TWO.of(four, four, List.of(0), 1))
        .hasMessage("4 rows of features for 1 labels");
    assertThatThrownBy(() -> TWO.of(four, four, List.of(0, 0, 0, 2), 1))
        .hasMessage("Label 2 of 2 classes");
    assertThatThrownBy(() -> TWO.of(four, four, List.of(0, 0, 0, 1), 0))
        .hasMessageContaining("topK must be positive");
  }

  private static void assertMistake(List<String> classes, List<String> templates, String message) {
    assertThatThrownBy(() -> new ZeroShot(classes, templates))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(message);
  }
}
