package io.github.nolabel.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shares of all workers, one after another, are the batch that one worker has. */
class ShareTest {

  private static final int BATCH = 40;
  private static final String VIEW = "view";

  private static final InputPlan PLAN =
      InputPlan.ofViews(
          List.of(new View(VIEW, 8, List.of(new ViewTransform.HorizontalFlip(0.5)))),
          Preprocessing.standard(8));

  /** Three epochs of two batches and a rest. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 20})
  void allSharesTogetherAreTheBatch(int workers) {
    for (long index = 0; index < 6; index++) {
      ByteBuffer whole = rows(Share.WHOLE, index);
      ByteBuffer joined = ByteBuffer.allocate(whole.capacity());
      for (int worker = 0; worker < workers; worker++) {
        joined.put(rows(new Share(worker, workers), index));
      }
      assertThat(joined.flip()).isEqualTo(whole);
    }
  }

  @Test
  void aBatchThatCannotBeDividedIsRefusedBeforeAnythingIsRead() {
    assertThatThrownBy(() -> loader(new Share(0, 3)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("40 images cannot be divided evenly among 3 workers");
    assertThatThrownBy(() -> loader(new Share(0, 40)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("two or more");
  }

  private static ByteBuffer rows(Share share, long index) {
    try (BatchStream stream = loader(share).from(index)) {
      Batch batch = stream.next();
      Tensor rows = Objects.requireNonNull(batch.tensors().get(VIEW));
      assertThat(batch.size()).isEqualTo(BATCH / share.workers());
      return ByteBuffer.allocate(rows.bytes().capacity()).put(rows.bytes()).flip();
    }
  }

  private static BatchLoader loader(Share share) {
    return new BatchLoader(
        new Noise(), PLAN, new LoaderSettings(BATCH, 7, 2, false), Map.of(), Map.of(), share);
  }

  private record Noise() implements ImageDataset {

    @Override
    public int size() {
      return 103;
    }

    @Override
    public RgbImage image(int index) {
      byte[] rgb = new byte[3 * 12 * 10];
      new Random(index).nextBytes(rgb);
      return RgbImage.of(12, 10, rgb);
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.empty();
    }

    @Override
    public List<String> labelNames() {
      return List.of();
    }

    @Override
    public String name(int index) {
      return index + ".png";
    }
  }
}
