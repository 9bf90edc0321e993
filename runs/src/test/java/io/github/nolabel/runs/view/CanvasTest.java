package io.github.nolabel.runs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.runs.view.TwoRenditions.Gap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pictures that are larger than the canvas. */
class CanvasTest {

  private static InputPlan crops(double least, double most) {
    RandomResizedCrop crop = RandomResizedCrop.scale(least, most);
    return InputPlan.ofViews(
        List.of(new View("view_1", 32, List.of(crop)), new View("view_2", 32, List.of(crop))),
        Preprocessing.standard(32));
  }

  @Test
  void aPictureThatFitsComesThroughAsItIs() {
    assertThat(largest(TwoRenditions.of(crops(0.08, 1), Pictures.large(), 4, 640)).max())
        .isLessThan(0.01);
  }

  /** Small crops of one corner, which is what has to fit. */
  @Test
  void onlyWhatIsSeenHasToFit() {
    assertThat(largest(TwoRenditions.of(crops(1e-3, 1e-3), Pictures.large(), 4, 639)).max())
        .isLessThan(0.01);
  }

  /** What is shrunk twice loses a little, and is rounded to bytes. */
  @Test
  void aLargerOneIsShrunk() {
    Gap gap = largest(TwoRenditions.of(crops(0.3, 1), Pictures.large(), 4, 128));
    assertThat(gap.max()).isBetween(0.1, 40.0);
    assertThat(gap.mean()).isLessThan(2.5);
  }

  private static Gap largest(Map<String, Gap> gaps) {
    return gaps.values().stream()
        .reduce((a, b) -> new Gap(Math.max(a.max(), b.max()), Math.max(a.mean(), b.mean())))
        .orElseThrow();
  }
}
