package io.github.nolabel.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.LabelledSplit;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.evaluation.ClassificationTask;
import io.github.nolabel.evaluation.LabelledImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledSetTest {

  private static final Preprocessing PIXELS =
      new Preprocessing(2, 1, new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
  private static final InputPlan PLAIN =
      InputPlan.ofViews(List.of(new View("images", 2, List.of())), PIXELS)
          .with(new Input.Label("labels"));
  private static final InputPlan RANDOM =
      InputPlan.ofViews(
              List.of(
                  new View(
                      "images",
                      2,
                      List.of(
                          ViewTransform.RandomResizedCrop.scale(0.2, 1),
                          ViewTransform.ColorJitter.ofStrength(1, 1)))),
              PIXELS)
          .with(new Input.Label("labels"));

  @Test
  void everyImageOfABatchComesWithItsLabel() {
    List<int[]> seen = valuesAndLabels(set(90, -1, 3).batches(PLAIN, 8, 5), 22);
    assertThat(seen).hasSize(22 * 8).allMatch(pair -> pair[1] == pair[0] % 3);
    assertThat(seen.subList(0, 88)).extracting(pair -> pair[0]).doesNotHaveDuplicates();
  }

  @Test
  void aReplacedImageBringsItsOwnLabel() {
    List<int[]> seen = valuesAndLabels(set(9, 4, 2).batches(PLAIN, 9, 5), 1);
    assertThat(seen).extracting(pair -> pair[0]).doesNotContain(4).contains(5, 5);
    assertThat(seen).allMatch(pair -> pair[1] == pair[0] % 3);
  }

  @Test
  void anImageThatIsTestedIsReplacedByOneOfItsClass() {
    Tensor all = set(9, 4, 1).plain(PIXELS, 9).iterator().next();
    assertThat(value(all, 4)).isEqualTo(7);
  }

  @Test
  void moreClassesThanTheMethodTellsApartAreRefused() {
    InputPlan two =
        InputPlan.ofViews(List.of(new View("images", 2, List.of())), PIXELS)
            .with(new Input.Label("answer", 2));
    LoaderSettings settings = new LoaderSettings(2, 0, 1, false);
    assertThatThrownBy(() -> new BatchLoader(new Grey(9, -1), two, settings))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("tells 2 classes of 'answer' apart, but the data has 3");
  }

  @ParameterizedTest
  @CsvSource({"0.1, 3", "0.5, 15", "1, 30", "0.001, 1"})
  void aShareHoldsTheSameCountOfEveryClassAndTheSameImagesForASeed(double share, int perClass) {
    LabelledImages images = set(90, -1, 1).share(share, 11);
    for (int label = 0; label < 3; label++) {
      int wanted = label;
      assertThat(images.labels()).filteredOn(l -> l == wanted).hasSize(perClass);
    }
    assertThat(values(images)).isEqualTo(values(set(90, -1, 4).share(share, 11)));
  }

  @Test
  void anotherSeedChoosesOthers() {
    assertThat(values(set(90, -1, 1).share(0.1, 12)))
        .isNotEqualTo(values(set(90, -1, 1).share(0.1, 11)));
  }

  @Test
  void augmentationFollowsFromSeedAndEpoch() {
    LabelledImages images = set(6, -1, 1);
    Tensor first = images.augmented(RANDOM, 3, 0, 6).iterator().next();
    assertThat(first.sameBits(images.augmented(RANDOM, 3, 0, 6).iterator().next())).isTrue();
    assertThat(first.sameBits(images.augmented(RANDOM, 3, 1, 6).iterator().next())).isFalse();
    assertThat(first.sameBits(images.augmented(RANDOM, 4, 0, 6).iterator().next())).isFalse();
  }

  @Test
  void trainingAndTestKeepTheirOwnImages() {
    ClassificationTask task =
        LabelledSet.task(new LabelledSplit(new Grey(12, -1), new Grey(7, -1)), 1);
    assertThat(task.training().size()).isEqualTo(12);
    assertThat(task.test().size()).isEqualTo(7);
    assertThat(task.withShare(0.5, 0).training().size()).isEqualTo(6);
    assertThat(task.withShare(0.5, 0).test().size()).isEqualTo(7);
  }

  private static LabelledImages set(int size, int broken, int workers) {
    Grey images = new Grey(size, broken);
    return LabelledSet.task(new LabelledSplit(images, images), workers).training();
  }

  private static List<Integer> values(LabelledImages images) {
    Tensor all = images.plain(PIXELS, images.size()).iterator().next();
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      values.add(value(all, i));
    }
    return values;
  }

  private static List<int[]> valuesAndLabels(
      io.github.nolabel.api.train.BatchSource source, int batches) {
    List<int[]> pairs = new ArrayList<>();
    try (BatchStream stream = source.from(0)) {
      for (int i = 0; i < batches; i++) {
        Batch batch = stream.next();
        Tensor images = Objects.requireNonNull(batch.tensors().get("images"));
        Tensor labels = Objects.requireNonNull(batch.tensors().get("labels"));
        for (int row = 0; row < batch.size(); row++) {
          pairs.add(new int[] {value(images, row), (int) labels.longs().get(row)});
        }
      }
    }
    return pairs;
  }

  private static int value(Tensor images, int row) {
    return Math.round(images.floats().get(12 * row) * 255);
  }

  /** Images whose value is their index, whose label is the index modulo three. */
  private record Grey(int size, int broken) implements ImageDataset {

    @Override
    public RgbImage image(int index) {
      if (index == broken) {
        throw new BrokenImageException(name(index));
      }
      byte value = (byte) index;
      return RgbImage.of(1, 1, new byte[] {value, value, value});
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.of(index % 3);
    }

    @Override
    public List<String> labelNames() {
      return List.of("a", "b", "c");
    }

    @Override
    public String name(int index) {
      return "image " + index;
    }
  }
}
