package io.github.nolabel.runs.report;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.RunConfig;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A run's network and data, as far as they can still be opened.
 *
 * @param trained the network without weights
 */
record Opened(TrainedRun trained, Dataset data) {

  /** What can be shown of a run, or a note that says why it cannot. */
  static String show(Story story, Consumer<String> notices, Function<Opened, String> shown) {
    try {
      return shown.apply(open(story, notices));
    } catch (NolabelException e) {
      return Html.section(
          "pictures",
          "Pictures",
          Html.note("There are no pictures of this run: " + e.getMessage()));
    }
  }

  private static Opened open(Story story, Consumer<String> notices) {
    Catalogue catalogue = Catalogue.standard();
    TrainedRun trained = TrainedRun.open(story.folder(), catalogue);
    RunConfig run = trained.plan().run();
    return new Opened(
        trained, Datasets.open(run.data(), run.datasetSettings(), catalogue.sources(), notices));
  }

  /** What the network reads of every image. */
  InputPlan inputs() {
    return trained.method().recipe().inputs();
  }

  /** Whether the network sees images. */
  boolean readsImages() {
    return inputs().regions().isEmpty();
  }

  /** The images that are shown with their features: held-out ones if there are two. */
  ImageDataset images() {
    ImageDataset heldOut = data.heldOut().images();
    return heldOut.size() < 2 ? data.training() : heldOut;
  }
}
