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
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLoaderTest {

  private static final int IMAGES = 103;
  private static final InputPlan TWO_VIEWS =
      InputPlan.ofViews(List.of(view("view_1", 8), view("view_2", 6)), Preprocessing.standard(8));
  private static final InputPlan PLAIN =
      InputPlan.ofViews(List.of(new View("image", 4, List.of())), Preprocessing.standard(4));

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "7, 0", "1, 3", "3, 5", "2, 11"})
  void batchesDependOnNothingButTheirIndex(int workers, int start) {
    List<Tensor> expected = tensors(loader(noise(), 20, 1), 0, 14);
    List<Tensor> actual = tensors(loader(noise(), 20, workers), start, 14 - start);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).sameBits(expected.get(2 * start + i))).isTrue();
    }
  }

  @Test
  void anotherSeedGivesOtherBatches() {
    LoaderSettings other = new LoaderSettings(20, 8, 1, false);
    Tensor a = tensors(loader(noise(), 20, 1), 0, 1).get(0);
    Tensor b = tensors(new BatchLoader(noise(), TWO_VIEWS, other), 0, 1).get(0);
    assertThat(a.sameBits(b)).isFalse();
  }

  @Test
  void viewsOfOneImageDiffer() {
    InputPlan twins =
        InputPlan.ofViews(List.of(view("view_1", 8), view("view_2", 8)), Preprocessing.standard(8));
    BatchLoader loader = new BatchLoader(noise(), twins, new LoaderSettings(20, 7, 1, false));
    List<Tensor> views = tensors(loader, 0, 1);
    assertThat(views.get(0).sameBits(views.get(1))).isFalse();
  }

  /** Changes are drawn per image, not per batch. */
  @Test
  void copiesOfOneImageInABatchAllDiffer() {
    RgbImage noise = noise().image(0);
    BatchLoader loader =
        new BatchLoader(new Unlabelled(index -> noise), TWO_VIEWS, settings(16, 2, false));
    float[] batch = tensors(loader, 0, 1).get(0).toFloats();
    int size = batch.length / 16;
    Set<List<Float>> different = new HashSet<>();
    for (int image = 0; image < 16; image++) {
      List<Float> pixels = new ArrayList<>();
      for (int i = image * size; i < (image + 1) * size; i++) {
        pixels.add(batch[i]);
      }
      different.add(pixels);
    }
    assertThat(different).hasSize(16);
  }

  /** Every image is one flat colour that tells its index. */
  @Test
  void anEpochVisitsEveryImageOnceAndTheNextInAnotherOrder() {
    BatchLoader loader = new BatchLoader(flat(-1), PLAIN, settings(1, 2, false));
    List<Float> first = firstValues(loader, 0, IMAGES);
    List<Float> second = firstValues(loader, IMAGES, IMAGES);
    assertThat(new HashSet<>(first)).hasSize(IMAGES);
    assertThat(second).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void theIncompleteLastBatchIsLeftOut() {
    assertThat(loader(noise(), 20, 1).batchesPerEpoch()).isEqualTo(5);
    assertThat(loader(noise(), IMAGES, 1).batchesPerEpoch()).isEqualTo(1);
  }

  @Test
  void aBatchLargerThanTheDataNamesBothNumbers() {
    assertThatThrownBy(() -> loader(noise(), 104, 1))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "A batch of 104 is larger than the 103 training images: choose a smaller batch size or"
                + " more images.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aBrokenImageIsReplacedByTheNextAndCounted(int workers) {
    BatchLoader loader = new BatchLoader(flat(5), PLAIN, settings(1, workers, false));
    List<Float> values = firstValues(loader, 0, 2 * IMAGES);
    Set<Float> distinct = new HashSet<>(values);
    assertThat(distinct).hasSize(IMAGES - 1);
    assertThat(loader.skipped()).isEqualTo(1);
    assertThat(loader.faults()).containsExactly("'5.png' is broken.");
    List<Float> alone =
        firstValues(new BatchLoader(flat(5), PLAIN, settings(1, 1, false)), 0, 2 * IMAGES);
    assertThat(values).isEqualTo(alone);
  }

  @Test
  void strictlyABrokenImageEndsTheRunAndIsNamed() {
    BatchLoader loader = new BatchLoader(flat(5), PLAIN, settings(IMAGES, 3, true));
    try (BatchStream stream = loader.from(0)) {
      assertThatThrownBy(stream::next)
          .isInstanceOf(UserMistake.class)
          .hasMessage("'5.png' is broken.");
    }
  }

  @Test
  void nothingButBrokenImagesIsAMistake() {
    BatchLoader loader =
        new BatchLoader(new Unlabelled(BatchLoaderTest::broken), PLAIN, settings(10, 2, false));
    try (BatchStream stream = loader.from(0)) {
      assertThatThrownBy(stream::next)
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("None of the 103 training images can be read");
    }
  }

  @Test
  void aDefectInAWorkerSurfacesInNext() {
    BatchLoader loader =
        new BatchLoader(new Unlabelled(BatchLoaderTest::defect), PLAIN, settings(10, 2, false));
    try (BatchStream stream = loader.from(0)) {
      assertThatThrownBy(stream::next).isInstanceOf(ArithmeticException.class);
      assertThatThrownBy(stream::next).isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void memoryIsReused() {
    Set<Batch> batches = new HashSet<>();
    try (BatchStream stream = loader(noise(), 20, 2).from(0)) {
      for (int i = 0; i < 12; i++) {
        batches.add(stream.next());
      }
    }
    assertThat(batches).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void closingStopsTheWorkers() {
    BatchStream stream = loader(noise(), 20, 3).from(0);
    stream.next();
    stream.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("nolabel-loader"));
    assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
  }

  private static View view(String input, int size) {
    return new View(
        input,
        size,
        List.of(
            ViewTransform.RandomResizedCrop.scale(0.2, 1),
            new ViewTransform.HorizontalFlip(0.5),
            ViewTransform.ColorJitter.ofStrength(0.5, 0.8),
            new ViewTransform.Grayscale(0.2),
            new ViewTransform.GaussianBlur(3, 0.1, 2, 0.5),
            new ViewTransform.Solarize(0.5, 0.2)));
  }

  private static LoaderSettings settings(int batchSize, int workers, boolean strict) {
    return new LoaderSettings(batchSize, 7, workers, strict);
  }

  private static BatchLoader loader(ImageDataset images, int batchSize, int workers) {
    return new BatchLoader(images, TWO_VIEWS, settings(batchSize, workers, false));
  }

  private static List<Tensor> tensors(BatchLoader loader, int start, int count) {
    List<Tensor> tensors = new ArrayList<>();
    try (BatchStream stream = loader.from(start)) {
      for (int i = 0; i < count; i++) {
        stream.next().tensors().values().forEach(tensor -> tensors.add(tensor.copy()));
      }
    }
    return tensors;
  }

  private static List<Float> firstValues(BatchLoader loader, int start, int count) {
    return tensors(loader, start, count).stream().map(tensor -> tensor.floats().get(0)).toList();
  }

  private static RgbImage broken(int index) {
    throw new BrokenImageException("'" + index + ".png' is broken.");
  }

  private static RgbImage defect(int index) {
    throw new ArithmeticException("a bug at " + index);
  }

  private static ImageDataset noise() {
    return new Unlabelled(
        index -> {
          byte[] rgb = new byte[3 * 12 * 10];
          new Random(index).nextBytes(rgb);
          return RgbImage.of(12, 10, rgb);
        });
  }

  private static ImageDataset flat(int broken) {
    return new Unlabelled(
        index -> {
          if (index == broken) {
            throw new BrokenImageException("'" + index + ".png' is broken.");
          }
          byte value = (byte) index;
          return RgbImage.of(1, 1, new byte[] {value, value, value});
        });
  }

  private record Unlabelled(IntFunction<RgbImage> images) implements ImageDataset {
    @Override
    public int size() {
      return IMAGES;
    }

    @Override
    public RgbImage image(int index) {
      return images.apply(index);
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
