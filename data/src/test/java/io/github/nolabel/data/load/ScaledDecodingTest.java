package io.github.nolabel.data.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.Reduction;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.decode.ImageDecoder;
import io.github.nolabel.data.decode.JpegFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaledDecodingTest {

  private static final int BATCH = 12;

  /** Values stay in [0, 1]. */
  private static Preprocessing plain(int size) {
    Normalisation none = new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    return new Preprocessing(size, 1, none);
  }

  /**
   * Views of the whole pictures and of the scaled ones differ by 2 of 255 levels on average, though
   * the pictures have noise of 12 levels in every pixel.
   */
  @ParameterizedTest
  @CsvSource({"16, 0.3", "32, 0.3", "32, 0.08", "64, 0.5"})
  void viewsAreNearlyThoseOfWholePictures(int size, double leastArea) {
    InputPlan plan = twoViews(size, RandomResizedCrop.scale(leastArea, 1));
    Files files = new Files();
    List<float[]> whole = views(files, plan, Decoding.WHOLE, 1);
    List<float[]> scaled = views(files, plan, Decoding.SCALED, 1);
    assertThat(files.reduced).isNotEmpty();
    for (int view = 0; view < whole.size(); view++) {
      assertThat(meanDifference(whole.get(view), scaled.get(view))).isBetween(1e-6, 2 / 255.0);
    }
  }

  /** The plain look of pictures of 250 x 190 pixels at 32 divides by 4, that at 128 does not. */
  @Test
  void plainViewsAreScaledAsFarAsTheyAllow() {
    Files small = new Files();
    views(small, InputPlan.ofViews(List.of(new View("a", 32, List.of())), plain(32)), SCALED, 1);
    assertThat(small.reduced).hasSizeGreaterThanOrEqualTo(BATCH).containsOnly(4);
    Files large = new Files();
    views(large, InputPlan.ofViews(List.of(new View("a", 128, List.of())), plain(128)), SCALED, 1);
    assertThat(large.reduced).isEmpty();
  }

  private static final Decoding SCALED = Decoding.SCALED;

  @Test
  void aViewThatNeedsEveryPixelKeepsThePictureWhole() {
    View small = new View("small", 16, List.of(RandomResizedCrop.scale(0.5, 1)));
    View large = new View("large", 224, List.of(RandomResizedCrop.scale(0.5, 1)));
    Files files = new Files();
    InputPlan plan = InputPlan.ofViews(List.of(small, large), plain(16));
    List<float[]> scaled = views(files, plan, SCALED, 1);
    assertThat(files.reduced).isEmpty();
    assertThat(scaled.get(0)).isEqualTo(views(files, plan, Decoding.WHOLE, 1).get(0));
  }

  @Test
  void equalNumbersRepeatWhateverTheThreads() {
    InputPlan plan = twoViews(32, RandomResizedCrop.scale(0.2, 1));
    List<float[]> once = views(new Files(), plan, SCALED, 1);
    List<float[]> again = views(new Files(), plan, SCALED, 3);
    for (int view = 0; view < once.size(); view++) {
      assertThat(again.get(view)).isEqualTo(once.get(view));
    }
  }

  private static InputPlan twoViews(int size, ViewTransform crop) {
    return InputPlan.ofViews(
        List.of(new View("view_1", size, List.of(crop)), new View("view_2", size, List.of(crop))),
        plain(size));
  }

  /** The views of one batch. */
  private static List<float[]> views(Files files, InputPlan plan, Decoding how, int workers) {
    LoaderSettings settings = new LoaderSettings(BATCH, 3, workers, true, how);
    try (BatchStream stream = new BatchLoader(files, plan, settings).from(0)) {
      List<float[]> views = new ArrayList<>();
      stream.next().tensors().values().stream().map(Tensor::toFloats).forEach(views::add);
      return views;
    }
  }

  private static double meanDifference(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).average().orElse(0);
  }

  /** JPEG files of 250 x 190 and 301 x 233 pixels that remember by what they were divided. */
  private static final class Files implements ImageDataset {

    final ConcurrentLinkedQueue<Integer> reduced = new ConcurrentLinkedQueue<>();

    @Override
    public int size() {
      return BATCH;
    }

    @Override
    public RgbImage image(int index) {
      return image(index, Reduction.NONE);
    }

    @Override
    public RgbImage image(int index, Reduction reduction) {
      byte[] file =
          index % 2 == 0
              ? JpegFiles.colours(250, 190, 22, false, 0)
              : JpegFiles.colours(301, 233, 11, false, 0);
      RgbImage image = ImageDecoder.decode(name(index), file, reduction);
      if (!image.isWhole()) {
        reduced.add(image.scale().divisor());
      }
      return image;
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
      return "photo-" + index + ".jpg";
    }
  }
}
