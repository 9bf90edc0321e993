package io.github.nolabel.runs.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.input.ViewFeed;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.DrawnView;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import io.github.nolabel.api.view.ViewTransform.Grayscale;
import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import io.github.nolabel.api.view.ViewTransform.Interpolation;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.api.view.ViewTransform.Solarize;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runs.view.TwoRenditions.Gap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Views that the graph renders are those of the processor. */
class RenderedViewsTest {

  /** Of values in units of 1/255: rounding in another order, and positions in float32. */
  private static final double MAX = 0.01;

  private static final double MEAN = 0.0005;

  private static final RandomResizedCrop CROP = RandomResizedCrop.scale(0.2, 1);
  private static final RandomResizedCrop CUBIC =
      new RandomResizedCrop(0.08, 1, 0.75, 4.0 / 3, Interpolation.BICUBIC);

  /** Every change that this library has, behind a crop, and some by themselves. */
  static Stream<Arguments> changes() {
    return Stream.of(
            List.<ViewTransform>of(),
            List.of(CROP),
            List.of(CUBIC),
            List.of(new HorizontalFlip(0.5)),
            List.of(CROP, new HorizontalFlip(0.5)),
            List.of(CROP, new ColorJitter(0.8, 0, 0, 0, 0.8)),
            List.of(CROP, new ColorJitter(0, 0.8, 0, 0, 0.8)),
            List.of(CROP, new ColorJitter(0, 0, 0.8, 0, 0.8)),
            List.of(CROP, new ColorJitter(0, 0, 0, 0.5, 0.8)),
            List.of(CROP, new ColorJitter(0.4, 0.4, 0.2, 0, 0.8)),
            List.of(CROP, new ColorJitter(0, 0, 0, 0, 0.8)),
            List.of(CROP, ColorJitter.ofStrength(1, 0.8)),
            List.of(CROP, ColorJitter.ofStrength(2, 1)),
            List.of(CROP, new Grayscale(0.5)),
            List.of(CROP, new GaussianBlur(3, 0.1, 2, 0.5)),
            List.of(CROP, new GaussianBlur(75, 20, 40, 1)),
            List.of(CROP, new Solarize(0.5, 0.5)))
        .map(changes -> Arguments.of(changes));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsTheProcessors(List<ViewTransform> changes) {
    for (int size : new int[] {20, 33, 64}) {
      InputPlan plan =
          InputPlan.ofViews(List.of(new View("view", size, changes)), Preprocessing.standard(size));
      requireSame(TwoRenditions.of(plan, Pictures.odd(), 8, 64));
      requireSame(TwoRenditions.of(plan, drawings(), 16, 64));
    }
  }

  @ParameterizedTest
  @CsvSource({"simclr", "moco-v2", "byol", "swav", "dino", "barlow-twins"})
  void theViewsOfAMethodAreTheProcessors(String method) {
    InputPlan plan = plan(method, 32);
    requireSame(TwoRenditions.of(plan, drawings(), 32, 64));
    requireSame(TwoRenditions.of(plan, Pictures.odd(), 8, 0));
  }

  private static InputPlan plan(String method, int size) {
    RunSpec run = RunSpec.of("small-cnn", size, 8, 64, 1);
    return Methods.compile(method, Map.of(), run).recipe().inputs();
  }

  private static void requireSame(Map<String, Gap> gaps) {
    assertThat(gaps)
        .allSatisfy(
            (view, gap) -> {
              assertThat(gap.max()).as(view).isLessThan(MAX);
              assertThat(gap.mean()).as(view).isLessThan(MEAN);
            });
  }

  private static ImageDataset drawings() {
    return Datasets.open("packaged", DatasetSettings.DEFAULTS).training();
  }

  /** The table has a form for all, or says why not. */
  @Test
  void everyChangeHasAFormForTheGraph() {
    List<Class<?>> shown = new ArrayList<>();
    changes()
        .flatMap(arguments -> ((List<?>) arguments.get()[0]).stream())
        .forEach(change -> shown.add(change.getClass()));
    assertThat(shown)
        .containsAll(
            Arrays.stream(ViewTransform.class.getDeclaredClasses())
                .filter(ViewTransform.class::isAssignableFrom)
                .toList());
  }

  @Test
  void aPlugInsChangeIsNamed() {
    record Torn() implements ViewTransform {}
    View view = new View("view_1", 8, List.of(CROP, new Torn()));
    assertThatThrownBy(() -> new DrawnView(view))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("view_1", "Torn[]", "plug-in", "device.views", "processor");
  }

  @Test
  void aCropInTheMiddleIsNamed() {
    View view = new View("view_1", 8, List.of(new HorizontalFlip(1), CROP));
    assertThatThrownBy(() -> new DrawnView(view))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("view_1", "RandomResizedCrop", "first change");
  }

  @Test
  void aMethodWithoutViewsIsTold() {
    InputPlan regions =
        new InputPlan(List.of(new Input.Regions("regions", 3, 4)), Preprocessing.standard(8));
    assertThatThrownBy(() -> ViewFeed.of(regions, 0))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("reads no views of images", "regions", "device.views");
  }
}
