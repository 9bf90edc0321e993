package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.evaluation.EvaluationSet;
import io.github.nolabel.evaluation.NeighbourRound;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitImagesTest {

  private static final Preprocessing PLAIN =
      new Preprocessing(1, 1, new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));

  @Test
  void galleryAndQueriesAreBounded() {
    ImageDataset training = flat("train", 9000, i -> i % 3);
    ImageDataset test = flat("test", 4000, i -> i % 3);
    Dataset dataset = open(new SplitImages(training, Optional.of(test), "f"));
    NeighbourRound round = dataset.heldOut().rounds().get(0);
    assertThat(round.gallery()).hasSize(5000);
    assertThat(round.queries()).hasSize(2000);
    Set<Integer> all = new HashSet<>(round.gallery());
    all.addAll(round.queries());
    assertThat(all).hasSize(7000);
    assertThat(dataset.training().size()).isEqualTo(9000);
    ImageDataset images = dataset.heldOut().images();
    assertThat(round.gallery()).allMatch(i -> images.name(i).startsWith("train"));
    assertThat(round.queries()).allMatch(i -> images.name(i).startsWith("test"));
    List<Integer> labels = dataset.heldOut().questions().get(0).labels();
    assertThat(IntStream.range(0, 7000))
        .allMatch(i -> images.label(i).orElseThrow() == labels.get(i));
  }

  @Test
  void heldOutImagesAskEachOtherTooWhereAClassHasTwo() {
    ImageDataset training = flat("train", 300, i -> i % 3);
    assertThat(questions(training, 30)).containsExactly("accuracy 20", "unseenAccuracy 9");
    assertThat(questions(training, 300)).containsExactly("accuracy 20", "unseenAccuracy 20");
    assertThat(questions(training, 3)).containsExactly("accuracy 20");
  }

  private static List<String> questions(ImageDataset training, int test) {
    return open(new SplitImages(training, Optional.of(flat("test", test, i -> i % 3)), "f"))
        .heldOut()
        .questions()
        .stream()
        .map(question -> question.name() + " " + question.neighbours())
        .toList();
  }

  @Test
  void oneImageOfEveryClassHoldsNothingOutAndSaysSo() {
    Dataset dataset = open(new SplitImages(flat("a", 30, i -> i), Optional.empty(), "f"));
    assertThat(dataset.training().size()).isEqualTo(30);
    assertThat(dataset.heldOut().questions()).isEmpty();
    assertThat(dataset.labelled()).isEmpty();
    assertThat(dataset.unasked().orElseThrow())
        .contains("each of its 30 classes has one image only", "Is every folder really a class?");
  }

  @Test
  void onlyLabelledImagesAskAndAnswer() {
    ImageDataset some = flat("a", 100, i -> i < 60 ? i % 2 : -1);
    Dataset dataset = open(new SplitImages(some, Optional.empty(), "f"));
    assertThat(dataset.training().size()).isEqualTo(94);
    assertThat(dataset.heldOut().images().size()).isEqualTo(60);
  }

  @Test
  void classifiersLearnFromAllLabelledImagesAndAreTestedOnAllThatAreHeldOut() {
    ImageDataset training = flat("train", 9000, i -> i < 6000 ? i % 3 : -1);
    Dataset dataset =
        new SplitImages(training, Optional.of(flat("test", 4000, i -> i % 3)), "f")
            .dataset("test", DatasetSettings.DEFAULTS.withLimit(4500));
    LabelledSplit split = dataset.labelled().orElseThrow();
    assertThat(split.test().size()).isEqualTo(4000);
    assertThat(split.training().size()).isBetween(2500, 3500);
    assertThat(IntStream.range(0, split.training().size()))
        .allMatch(i -> split.training().label(i).isPresent());
    assertThat(open(new SplitImages(flat("a", 9, i -> -1), Optional.empty(), "f")).labelled())
        .isEmpty();
  }

  @Test
  void oneClassAsksNothing() {
    Dataset dataset =
        open(new SplitImages(flat("a", 10, i -> 1), Optional.of(flat("b", 5, i -> 1)), "f"));
    assertThat(dataset.heldOut().questions()).isEmpty();
    assertThat(dataset.training().size()).isEqualTo(10);
    assertThat(dataset.heldOut().images().size()).isEqualTo(5);
  }

  @Test
  void aBrokenHeldOutImageIsReplacedByOneOfItsClassAndRole() {
    ImageDataset training = new Flat("train", 40, i -> i % 2, i -> i == 3);
    ImageDataset test = new Flat("test", 20, i -> i % 2, i -> i == 4);
    EvaluationSet set =
        open(new SplitImages(training, Optional.of(test), "f")).heldOut().preprocessed(PLAIN);
    Tensor all = set.batches(60).iterator().next();
    assertThat(value(all, 3)).as("the next odd training image").isEqualTo(5);
    assertThat(value(all, 44)).as("the next even test image").isEqualTo(6);
    assertThat(value(all, 5)).isEqualTo(5);
  }

  @Test
  void nothingReadableIsAMistake() {
    ImageDataset broken = new Flat("train", 40, i -> i % 2, i -> true);
    EvaluationSet set =
        open(new SplitImages(broken, Optional.empty(), "f")).heldOut().preprocessed(PLAIN);
    assertThatThrownBy(() -> set.batches(4).iterator().next())
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith(
            "None of the 40 held-out images can be read. train0 train1 train2 (37 more.)");
  }

  @Test
  void theLastBatchIsShorter() {
    EvaluationSet set =
        open(new SplitImages(flat("a", 30, i -> i % 2), Optional.empty(), "f"))
            .heldOut()
            .preprocessed(PLAIN);
    assertThat(set.batches(12))
        .extracting(batch -> (int) batch.shape().extent(0))
        .containsExactly(12, 12, 6);
  }

  private static long value(Tensor images, int row) {
    return Math.round(images.floats().get(3 * row) * 255.0);
  }

  private static Dataset open(SplitImages images) {
    return images.dataset("test", DatasetSettings.DEFAULTS);
  }

  private static ImageDataset flat(String name, int size, IntUnaryOperator label) {
    return new Flat(name, size, label, i -> false);
  }

  /** Grey images whose value is their index; label -1 is none. */
  private record Flat(String prefix, int size, IntUnaryOperator labels, IntPredicate broken)
      implements ImageDataset {

    @Override
    public RgbImage image(int index) {
      if (broken.test(index)) {
        throw new BrokenImageException(name(index));
      }
      byte value = (byte) index;
      return RgbImage.of(1, 1, new byte[] {value, value, value});
    }

    @Override
    public OptionalInt label(int index) {
      int label = labels.applyAsInt(index);
      return label < 0 ? OptionalInt.empty() : OptionalInt.of(label);
    }

    @Override
    public List<String> labelNames() {
      return List.of("a", "b", "c");
    }

    @Override
    public String name(int index) {
      return prefix + index;
    }
  }
}
