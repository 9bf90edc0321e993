package io.github.nolabel.data.feature;

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
import io.github.nolabel.data.DescribedImages;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFileTest {

  private static final List<Tensor> BATCHES =
      List.of(
          Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2),
          Tensor.of(new float[] {9, 10}, 1, 2));

  @TempDir Path folder;

  private FeatureFile file;

  @BeforeEach
  void written() throws IOException {
    file = new FeatureFile(folder.resolve("cache/features.bin"), 5, 2);
    file.write(BATCHES);
  }

  @Test
  void everyRowIsFoundByItsImage() throws IOException {
    KeptFeatures features = file.read();
    FloatBuffer rows = FloatBuffer.allocate(10);
    for (int index = 0; index < 5; index++) {
      features.copy(index, rows, 4 - index);
    }
    assertThat(rows.array()).containsExactly(9, 10, 7, 8, 5, 6, 3, 4, 1, 2);
    try (var left = Files.list(file.path().resolveSibling(""))) {
      assertThat(left).containsExactly(file.path());
    }
  }

  @Test
  void everyChangedByteIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(file.path());
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 4;
      Files.write(file.path(), changed);
      assertThatThrownBy(file::read).as("byte %d", at).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws IOException {
    assertThatThrownBy(() -> new FeatureFile(file.path(), 6, 2).read())
        .hasMessage("holds 2 numbers of 5 images, expected 2 of 6");
    byte[] whole = Files.readAllBytes(file.path());
    Files.write(file.path(), Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(file::read).hasMessage("has 71 bytes of 72");
    Files.write(file.path(), new byte[3]);
    assertThatThrownBy(file::read).hasMessage("is cut off");
    Files.write(file.path(), new byte[72]);
    assertThatThrownBy(file::read).hasMessage("holds no features");
  }

  /** The image's grey tells which of the five it is, whatever the order. */
  @Test
  void aBatchHoldsTheFeaturesOfItsImages() throws IOException {
    DescribedImages images = new DescribedImages(5, i -> "dot " + i, i -> 50 * i, i -> List.of());
    Preprocessing plain =
        new Preprocessing(1, 1, new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
    InputPlan plan =
        InputPlan.ofViews(List.of(new View("view", 1, List.of())), plain)
            .with(new Input.Numbers("features", 2));
    BatchLoader loader =
        new BatchLoader(
            images,
            plan,
            new LoaderSettings(5, 3, 2, false),
            Map.of(),
            Map.of("features", file.read()));
    try (BatchStream stream = loader.from(0)) {
      Batch batch = stream.next();
      for (int row = 0; row < 5; row++) {
        int image = Math.round(at(batch, "view", 3 * row) * 255 / 50);
        assertThat(at(batch, "features", 2 * row)).isEqualTo(1 + 2 * image);
        assertThat(at(batch, "features", 2 * row + 1)).isEqualTo(2 + 2 * image);
      }
    }
  }

  @Test
  void featuresOfOtherImagesAreRefused() throws IOException {
    DescribedImages four = new DescribedImages("dot ", 4, i -> List.of());
    InputPlan plan =
        InputPlan.ofViews(List.of(new View("view", 4, List.of())), Preprocessing.standard(4))
            .with(new Input.Numbers("features", 2));
    Map<String, KeptFeatures> features = Map.of("features", file.read());
    assertThatThrownBy(
            () ->
                new BatchLoader(four, plan, new LoaderSettings(2, 0, 1, false), Map.of(), features))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "The method reads the numbers 'features: float[N, 2]' of 4 images, but was given 2 of 5. Compute them from these images.");
  }

  private static float at(Batch batch, String input, int index) {
    return Objects.requireNonNull(batch.tensors().get(input)).floats().get(index);
  }
}
