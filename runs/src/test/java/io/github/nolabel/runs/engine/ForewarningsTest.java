package io.github.nolabel.runs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.ResolvedPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForewarningsTest {

  private static final List<String> PETS = List.of("cat", "dog", "mouse", "bird");

  /** As many images as are packaged to learn from, for every method as it comes. */
  @Test
  void defaultsAndPresetsOnThePackagedImagesAreNotWarnedAbout() {
    for (MethodProvider<?> method : Methods.all().all()) {
      Stream.concat(Stream.of("none"), method.presets().keySet().stream())
          .forEach(
              preset ->
                  assertThat(
                          of(
                              data("packaged", PETS, 2000),
                              "method",
                              method.name(),
                              "preset",
                              preset))
                      .as("%s %s", method.name(), preset)
                      .isEmpty());
    }
  }

  @Test
  void aRunThatEndsInItsWarmUp() {
    Dataset photos = data("folder:photos", PETS, 100);
    assertThat(of(photos, "batchSize", "32", "epochs", "10", "schedule.warmupSteps", "30"))
        .singleElement()
        .asString()
        .contains(
            "30 steps in all (epochs = 10, steps per epoch 3)",
            "30 of warm-up",
            "schedule.warmupSteps = 30");
    assertThat(of(photos, "batchSize", "32", "epochs", "10", "schedule.warmupSteps", "29"))
        .isEmpty();
    assertThat(of(photos, "batchSize", "32", "epochs", "10", "schedule.warmupEpochs", "10"))
        .singleElement()
        .asString()
        .contains("schedule.warmupEpochs = 10.00");
  }

  @Test
  void aQueueLongerThanTheData() {
    assertThat(of(data("folder:photos", PETS, 250), "method", "moco-v2", "batchSize", "64"))
        .singleElement()
        .asString()
        .contains("queueSize = 65,536", "250 training images", "queueSize = 64");
    assertThat(
            of(
                data("folder:photos", PETS, 250),
                "method",
                "moco-v2",
                "batchSize",
                "64",
                "queueSize",
                "250"))
        .isEmpty();
  }

  @Test
  void aSmallBatchWithARecipeForImageNet() {
    Dataset photos = data("folder:photos", PETS, 400);
    assertThat(of(photos, "preset", "imagenet", "batchSize", "16"))
        .singleElement()
        .asString()
        .contains("The preset imagenet is meant for batches of 256", "this run has 16");
    assertThat(of(photos, "preset", "imagenet", "batchSize", "64")).isEmpty();
    assertThat(of(photos, "preset", "small", "batchSize", "16")).isEmpty();
    assertThat(
            of(
                photos,
                "preset",
                "imagenet",
                "batchSize",
                "16",
                "optimizer.batchScaling",
                "none",
                "optimizer.learningRate",
                "0.32"))
        .singleElement()
        .asString()
        .contains("0.32", "about 0.0200 would be in proportion");
  }

  @Test
  void foldersThatLookLikeDates() {
    for (List<String> names :
        List.of(
            List.of("2023", "2024"),
            List.of("2024-06", "2024-07", "others"),
            List.of("20240613", "20240614 Holiday", "2024_06_15"),
            List.of("13.06.2024", "1.7.2024"))) {
      assertThat(of(data("folder:photos", names, 400)))
          .singleElement()
          .asString()
          .contains("look like dates, such as " + names.get(0) + " and " + names.get(1));
    }
    assertThat(of(data("folder:photos", List.of("20th century", "1980s", "747", "2024x"), 400)))
        .isEmpty();
    assertThat(of(data("folder:photos", List.of("cat", "dog", "2024"), 400))).isEmpty();
  }

  @Test
  void classesOfOneImage() {
    List<String> names = IntStream.range(0, 60).mapToObj(i -> "class-" + i).toList();
    assertThat(of(data("folder:photos", names, i -> Math.max(0, i - 300), 350)))
        .singleElement()
        .asString()
        .contains("49 of the 50 classes", "one training image only");
    assertThat(of(data("folder:photos", names, 360))).isEmpty();
  }

  private static List<String> of(Dataset data, String... namesAndValues) {
    List<Assignment> given = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.add(new Assignment(namesAndValues[i], namesAndValues[i + 1], "test"));
    }
    given.add(new Assignment("data", data.source(), "test"));
    ResolvedPlan plan = new Planner(Defaults.STANDARD, Catalogue.standard()).plan(List.of(given));
    long batches = Math.max(1, data.training().size() / plan.settings().run().batchSize());
    return new Forewarnings(plan, plan.settings().spec(batches), data).sentences();
  }

  private static Dataset data(String source, List<String> names, int images) {
    return data(source, names, index -> index % names.size(), images);
  }

  private static Dataset data(
      String source, List<String> names, java.util.function.IntUnaryOperator label, int images) {
    return new Dataset(
        source,
        new Labelled(names, label, images),
        new HeldOut(
            new Labelled(names, label, 2),
            List.of(new NeighbourQuestion("accuracy", List.of(), 5)),
            List.of()),
        Optional.empty(),
        Optional.empty(),
        "none");
  }

  /** Images that nobody looks at. */
  private record Labelled(List<String> labelNames, java.util.function.IntUnaryOperator of, int size)
      implements ImageDataset {

    @Override
    public RgbImage image(int index) {
      throw new AssertionError("no image is looked at");
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.of(of.applyAsInt(index));
    }

    @Override
    public String name(int index) {
      return "image " + index;
    }
  }
}
