package io.github.nolabel.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.data.DescribedImages;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.text.Tokenizer;
import io.github.nolabel.text.Tokenizers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Captions come as ids beside their images. */
class CaptionRowsTest {

  private static final int LENGTH = 5;
  private static final Input.Text CAPTION = new Input.Text("caption", "text", LENGTH);
  private static final InputPlan PLAN =
      InputPlan.ofViews(List.of(new View("image", 4, List.of())), Preprocessing.standard(4))
          .with(CAPTION)
          .with(Input.Mask.of("caption_mask", CAPTION));
  private static final List<String> WORDS =
      List.of("red", "green", "blue", "a big red dot of many", "yellow");
  private static final Tokenizer TOKENIZER =
      Tokenizers.of(Tokenizers.trainers().require("wordpiece").train(WORDS, 200), "the test's");

  @Test
  void idsAndMaskSayTheCaptionAndWhatIsFreeIsPadding() {
    Batch batch = batches(1, 1).get(0);
    for (int row = 0; row < batch.size(); row++) {
      List<Long> ids = row(batch, "caption", row);
      List<Long> mask = row(batch, "caption_mask", row);
      int tokens = (int) mask.stream().filter(m -> m == 1).count();
      assertThat(mask.subList(0, tokens)).containsOnly(1L);
      assertThat(ids.subList(tokens, LENGTH))
          .allMatch(id -> id == TOKENIZER.vocabulary().padding());
      assertThat(ids.get(0)).isEqualTo(TOKENIZER.vocabulary().start());
      assertThat(ids.get(tokens - 1)).isEqualTo(TOKENIZER.vocabulary().end());
    }
  }

  @Test
  void everyCaptionOfAnImageIsDrawnSoonerOrLater() {
    List<String> seen =
        batches(1, 40).stream().map(batch -> decoded(batch, rowOf(batch, 0))).toList();
    assertThat(seen).contains("red", "green").doesNotContain("blue");
  }

  @Test
  void batchesDoNotDependOnWorkersOrWhereTheyStart() {
    List<List<Long>> expected = ids(batches(1, 6));
    assertThat(ids(batches(3, 6))).isEqualTo(expected);
    try (BatchStream late = loader(2).from(4)) {
      assertThat(all(late.next())).isEqualTo(expected.get(4));
    }
  }

  @Test
  void aTokenizerThatIsMissingIsNamed() {
    assertThatThrownBy(() -> new BatchLoader(dots(), PLAN, settings(1), Map.of()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("the tokenizer 'text', which the loader was not given");
  }

  private static BatchLoader loader(int workers) {
    return new BatchLoader(dots(), PLAN, settings(workers), Map.of("text", TOKENIZER));
  }

  private static LoaderSettings settings(int workers) {
    return new LoaderSettings(3, 5, workers, false);
  }

  private static List<Batch> batches(int workers, int count) {
    List<Batch> batches = new ArrayList<>();
    try (BatchStream stream = loader(workers).from(0)) {
      for (int i = 0; i < count; i++) {
        Batch batch = stream.next();
        Map<String, Tensor> copies = new LinkedHashMap<>();
        batch.tensors().forEach((name, tensor) -> copies.put(name, tensor.copy()));
        batches.add(new Batch(batch.size(), copies));
      }
    }
    return batches;
  }

  /** The dots are as bright as their number says. */
  private static int rowOf(Batch batch, int dot) {
    float[] pixels = Objects.requireNonNull(batch.tensors().get("image")).toFloats();
    int darkest = 0;
    for (int row = 1; row < batch.size(); row++) {
      darkest = pixels[row * 48] < pixels[darkest * 48] ? row : darkest;
    }
    assertThat(dot).isZero();
    return darkest;
  }

  private static String decoded(Batch batch, int row) {
    return TOKENIZER.decode(
        row(batch, "caption", row).stream().mapToLong(Long::longValue).toArray());
  }

  private static List<List<Long>> ids(List<Batch> batches) {
    return batches.stream().map(CaptionRowsTest::all).toList();
  }

  private static List<Long> all(Batch batch) {
    List<Long> all = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      all.addAll(row(batch, "caption", row));
    }
    return all;
  }

  private static List<Long> row(Batch batch, String input, int row) {
    var values = Objects.requireNonNull(batch.tensors().get(input)).longs();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      ids.add(values.get(row * LENGTH + i));
    }
    return ids;
  }

  /** Three dots: the first has two captions, the last a long one. */
  private static ImageDataset dots() {
    return new DescribedImages(3, i -> "dot " + i, i -> 60 * i, CaptionRowsTest::captions);
  }

  private static List<String> captions(int index) {
    return index == 0 ? List.of("red", "green") : List.of(index == 1 ? "blue" : WORDS.get(3));
  }
}
