package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewRendererTest {

  private static final Normalisation NONE =
      new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
  private static final Preprocessing EVALUATION = new Preprocessing(8, 1, NONE);

  @Test
  void writesAtTheOffsetAndNowhereElse() {
    FloatBuffer target = FloatBuffer.allocate(3 * 64 + 10);
    ViewRenderer.plain(EVALUATION)
        .render(Picture.whole(TestImages.pattern(9, 11), 9, 11), new CounterRandom(), target, 5);
    for (int i = 0; i < 5; i++) {
      assertThat(target.get(i)).isZero();
      assertThat(target.get(3 * 64 + 5 + i)).isZero();
    }
    assertThat(target.get(5 + 3 * 64 - 1)).isNotZero();
  }

  @Test
  void aViewWithoutACropIsFramedAsForEvaluation() {
    assertThat(render(List.of())).isEqualTo(render(List.of(new HorizontalFlip(0))));
    float[] flipped = render(List.of(new HorizontalFlip(1)));
    float[] plain = render(List.of());
    for (int x = 0; x < 8; x++) {
      assertThat(flipped[x]).isEqualTo(plain[7 - x]);
    }
  }

  /** A flip before the crop of the whole image is a flip after it. */
  @Test
  void transformsMayStandBeforeTheCrop() {
    RandomResizedCrop whole = new RandomResizedCrop(1, 1, 1, 1, Interpolation.BILINEAR);
    float[] before = render(List.of(new HorizontalFlip(1), whole), 12, 12);
    float[] after = render(List.of(whole, new HorizontalFlip(1)), 12, 12);
    assertThat(before).usingComparatorWithPrecision(1e-6f).containsExactly(after);
  }

  @Test
  void anImageOfTheViewsSizeComesThroughUntouched() {
    float[] view = render(List.of(), 8, 8);
    assertThat(view).isEqualTo(TestImages.values(TestImages.pixels(8, 8)));
  }

  @Test
  void onePixelIsEnough() {
    assertThat(render(List.of(), 1, 1)).hasSize(3 * 64).startsWith(0f, 0f);
    assertThat(render(List.of(RandomResizedCrop.scale(0.1, 1)), 1, 1)).hasSize(3 * 64);
  }

  private static float[] render(List<ViewTransform> transforms) {
    return render(transforms, 9, 11);
  }

  private static float[] render(List<ViewTransform> transforms, int width, int height) {
    FloatBuffer target = FloatBuffer.allocate(3 * 64);
    new ViewRenderer(new View("view", 8, transforms), EVALUATION)
        .render(
            Picture.whole(TestImages.pattern(width, height), width, height),
            new CounterRandom().restart(1, 2, 3, 4),
            target,
            0);
    return target.array();
  }
}
