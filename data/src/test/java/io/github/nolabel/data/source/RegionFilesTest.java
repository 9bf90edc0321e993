package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.JoinedImages;
import io.github.nolabel.data.decode.TestFiles;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.data.region.RegionFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions beside images, through the sources and into batches. */
class RegionFilesTest {

  private static final Input.Regions REGIONS = new Input.Regions("regions", 3, 3);

  @TempDir private Path folder;
  private final Notices notices = new Notices();

  @BeforeEach
  void placeImages() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      Files.write(folder.resolve(name + ".png"), TestFiles.png(name.hashCode()));
    }
  }

  @Test
  void withoutAnyNothingIsSaid() {
    Dataset data = read("folder:" + folder);
    assertThat(data.training().hasRegions(0)).isFalse();
    assertThat(data.training().regions(0)).isEmpty();
    assertThat(notices.lines()).isEmpty();
    assertThatThrownBy(() -> data.withRegions("vse", notices))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("vse reads region features, but none of the 3 training images")
        .hasMessageContaining("?regions=FOLDER");
  }

  @Test
  void filesBesideImagesAreTheirRegions() throws IOException {
    put("shares.npz", folder.resolve("a.npz"));
    put("float16.npy", folder.resolve("a.npy"));
    put("float16.npy", folder.resolve("c.npy"));
    Dataset data = read("folder:" + folder);
    assertThat(notices.lines())
        .containsExactly(
            "1 of 3 images have no region features, such as 'b.png'.",
            "1 files that are no images are ignored.");
    assertThat(data.training().regions(0).orElseThrow().hasBoxes()).isTrue();
    assertThat(data.training().regions(1)).isEmpty();
    assertThat(data.training().regions(2).orElseThrow().hasBoxes()).isFalse();
    notices.lines().clear();
    ImageDataset seen = data.withRegions("vse", notices).training();
    assertThat(FolderSourceTest.names(seen)).containsExactly("a.png", "c.png");
    assertThat(notices.lines())
        .containsExactly("1 training images without region features are left out.");
  }

  @Test
  void aFolderOfTheirOwnHasTheSamePaths() throws IOException {
    Path regions = Files.createDirectory(folder.resolve("found"));
    put("shares.safetensors", regions.resolve("b.safetensors"));
    Files.writeString(folder.resolve("x.csv"), "image,caption\na.png,one\nb.png,two\n");
    Files.writeString(
        folder.resolve("x.json"),
        """
        {"images": [{"id": 1, "file_name": "b.png"}],
         "annotations": [{"image_id": 1, "caption": "two"}]}
        """);
    assertThat(seen("folder:%s?regions=%s".formatted(folder, regions))).containsExactly("b.png");
    String table = "pairs:%s?regions=%s".formatted(folder.resolve("x.csv"), regions);
    assertThat(seen(table)).containsExactly("b.png");
    String coco = "coco:%s?regions=%s".formatted(folder.resolve("x.json"), regions);
    assertThat(seen(coco)).containsExactly("b.png");
    Files.writeString(
        folder.resolve("x.csv"),
        "image,caption\n%s,one\na.png,two\n".formatted(folder.resolve("b.png").toAbsolutePath()));
    assertThat(seen(table)).hasSize(1);
  }

  @Test
  void aFolderWithoutRegionsIsAMistake() throws IOException {
    Path regions = Files.createDirectory(folder.resolve("found"));
    assertThatThrownBy(() -> read("folder:%s?regions=%s".formatted(folder, regions)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("none of the 3 images has region features in '" + regions + "'")
        .hasMessageContaining("for 'a.png' there is no '" + regions.resolve("a"))
        .hasMessageContaining(".npz, .safetensors, .npy");
    assertThatThrownBy(() -> read("folder:%s?regions=%s-not".formatted(folder, regions)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("found-not is no folder");
  }

  @Test
  void otherRegionsAreAnotherFingerprint() throws IOException {
    String none = read("folder:" + folder).fingerprint();
    put("shares.npz", folder.resolve("a.npz"));
    String some = read("folder:" + folder).fingerprint();
    put("pixels.npz", folder.resolve("a.npz"));
    assertThat(List.of(none, some, read("folder:" + folder).fingerprint())).doesNotHaveDuplicates();
  }

  @Test
  void batchesHoldRegionsPlacesAndMask() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      put("pixels.npz", folder.resolve(name + ".npz"));
    }
    List<Batch> batches = batches(plan(REGIONS, true), 1);
    float[] features = tensor(batches.get(0), "regions").toFloats();
    assertThat(features).containsExactly(-0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f, 0, 0, 0);
    float[] places = tensor(batches.get(0), "places").toFloats();
    assertThat(places)
        .startsWith(0, 0, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 1, 1, 0.75f, 0.75f, 0.5625f)
        .endsWith(new float[7]);
    long[] mask = new long[3];
    tensor(batches.get(0), "mask").longs().get(mask);
    assertThat(mask).containsExactly(1, 1, 0);
  }

  @Test
  void batchesHoldWhatRegionsAre() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      put("classes.npz", folder.resolve(name + ".npz"));
    }
    float[] classes = tensor(batches(classes(3), 1).get(0), "classes").toFloats();
    assertThat(classes).startsWith(0.5f, 0.25f, 0.25f, 0).endsWith(new float[3]).hasSize(9);
    refused(classes(4), "The regions of a.png have 3 classes, expected probabilities of 4");
    put("pixels.npz", folder.resolve("a.npz"));
    refused(classes(3), "The regions of a.png have no probabilities of classes, expected");
  }

  private static InputPlan classes(int count) {
    return plan(REGIONS, true).with(Input.RegionClasses.of("classes", REGIONS, count));
  }

  @Test
  void workersChangeNothing() throws IOException {
    put("pixels.npz", folder.resolve("a.npz"));
    put("deflated.npz", folder.resolve("b.npz"));
    put("shares.npz", folder.resolve("c.npz"));
    InputPlan plan = plan(REGIONS, true);
    List<Batch> one = batches(plan, 1);
    List<Batch> four = batches(plan, 4);
    for (int i = 0; i < one.size(); i++) {
      for (String name : one.get(i).tensors().keySet()) {
        assertThat(tensor(four.get(i), name).sameBits(tensor(one.get(i), name))).isTrue();
      }
    }
  }

  @Test
  void theLastOfTooManyAreLeftOutAndCounted() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      put("pixels.npz", folder.resolve(name + ".npz"));
    }
    BatchLoader loader = loader(plan(new Input.Regions("regions", 1, 3), false), 1);
    assertThat(loader.shortened()).isZero();
    try (BatchStream stream = loader.from(0)) {
      float[] features = new float[3];
      tensor(stream.next(), "regions").floats().get(features);
      assertThat(features).containsExactly(-0.5f, -0.25f, 0);
    }
    assertThat(loader.shortened()).isPositive();
  }

  @Test
  void whatDoesNotFitIsTold() throws IOException {
    put("pixels.npz", folder.resolve("a.npz"));
    put("float32.npy", folder.resolve("b.npy"));
    refused(plan(REGIONS, false), "regions 'regions' of every sample, but c.png has none.");
    put("float64.npy", folder.resolve("c.npy"));
    refused(
        plan(new Input.Regions("regions", 3, 2048), false),
        "The regions of a.png have features of width 3, expected 2,048");
    Files.delete(folder.resolve("a.npz"));
    put("float32.npy", folder.resolve("a.npy"));
    refused(plan(REGIONS, true), "The regions of a.png have no boxes");
  }

  private static Tensor tensor(Batch batch, String name) {
    return Objects.requireNonNull(batch.tensors().get(name));
  }

  private void refused(InputPlan plan, String why) {
    assertThatThrownBy(() -> loader(plan, 1))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(why);
  }

  private static InputPlan plan(Input.Regions regions, boolean places) {
    InputPlan plan =
        new InputPlan(List.of(regions, Input.Mask.of("mask", regions)), Preprocessing.standard(4));
    return places ? plan.with(Input.Places.of("places", regions)) : plan;
  }

  private List<Batch> batches(InputPlan plan, int workers) {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      try (BatchStream stream = loader(plan, workers).from(i)) {
        batches.add(stream.next());
      }
    }
    return batches;
  }

  private BatchLoader loader(InputPlan plan, int workers) {
    ImageDataset all = read("folder:" + folder).training();
    ImageDataset images = JoinedImages.choose(all, 0, 1, 2);
    return new BatchLoader(images, plan, new LoaderSettings(1, 0, workers, false));
  }

  private List<String> seen(String source) {
    ImageDataset all = Datasets.images(source, DatasetSettings.DEFAULTS, notices);
    return IntStream.range(0, all.size()).filter(all::hasRegions).mapToObj(all::name).toList();
  }

  private Dataset read(String source) {
    return Datasets.open(source, DatasetSettings.DEFAULTS, notices);
  }

  private static void put(String resource, Path file) throws IOException {
    try (InputStream input = RegionFile.class.getResourceAsStream(resource)) {
      Files.write(file, Objects.requireNonNull(input).readAllBytes());
    }
  }
}
