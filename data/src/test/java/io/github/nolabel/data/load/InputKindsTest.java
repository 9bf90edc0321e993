package io.github.nolabel.data.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.data.DescribedImages;
import io.github.nolabel.data.ImageDataset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What images do not have is told before any work. */
class InputKindsTest {

  private static final ImageDataset DOTS = new DescribedImages("dot ", 4, index -> List.of());

  private static final Input.Text CAPTION = new Input.Text("caption", "words", 8);

  @Test
  void numbersOfImagesAreRefusedByName() {
    InputPlan plan =
        InputPlan.ofViews(List.of(new View("image", 4, List.of())), Preprocessing.standard(4))
            .with(new Input.Numbers("regions", 4));
    assertThatThrownBy(() -> new BatchLoader(DOTS, plan, new LoaderSettings(2, 0, 1, false)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("The method reads the numbers 'regions: float[N, 4]'")
        .hasMessageContaining("the data has images, regions, captions and labels only");
  }

  @Test
  void aCaptionThatIsMissingIsToldWithItsImage() {
    InputPlan plan =
        InputPlan.ofViews(List.of(new View("image", 4, List.of())), Preprocessing.standard(4))
            .with(CAPTION);
    assertThatThrownBy(() -> new BatchLoader(DOTS, plan, new LoaderSettings(2, 0, 1, false)))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "The method reads the text 'caption' of every sample, but dot 0 has no caption.");
  }

  @Test
  void aLabelThatIsMissingIsToldWithItsImage() {
    InputPlan plan =
        InputPlan.ofViews(List.of(new View("image", 4, List.of())), Preprocessing.standard(4))
            .with(new Input.Label("label"));
    assertThatThrownBy(() -> new BatchLoader(DOTS, plan, new LoaderSettings(2, 0, 1, false)))
        .isInstanceOf(UserMistake.class)
        .hasMessage("The method reads the label 'label' of every sample, but dot 0 has none.");
  }

  @Test
  void aMaskNeedsItsText() {
    InputPlan images =
        InputPlan.ofViews(List.of(new View("image", 4, List.of())), Preprocessing.standard(4));
    Input.Mask mask = Input.Mask.of("caption_mask", CAPTION);
    assertThatThrownBy(() -> images.with(mask)).hasMessageContaining("mask of a text");
    Input.Text shorter = new Input.Text("caption", "words", 7);
    assertThatThrownBy(() -> images.with(shorter).with(mask))
        .hasMessageContaining("another length");
    images.with(CAPTION).with(mask);
  }
}
