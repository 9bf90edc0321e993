package io.github.nolabel.data.load;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.Reduction;
import io.github.nolabel.data.Rendering;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.feature.KeptFeatures;
import io.github.nolabel.data.view.CounterRandom;
import io.github.nolabel.data.view.ViewDrawer;
import io.github.nolabel.data.view.ViewRenderer;
import io.github.nolabel.text.Tokenizer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands in a batch. Thread-safe; a {@link Renderer} is not. */
final class BatchRecipe {

  /** Tells the draws of captions from those of views, which count from 0. */
  private static final long CAPTION = -2;

  private final ImageDataset images;
  private final ReadableImages readable;
  private final InputPlan plan;
  private final List<String> labels;
  private final List<CaptionRows> captions;
  private final List<RegionRows> regions;
  private final Map<String, KeptFeatures> features;
  private final LoaderSettings settings;
  private final Share share;
  private final int rows;
  private final EpochOrders orders;

  /**
   * @throws UserMistake if the plan wants something of the samples that images do not have
   */
  BatchRecipe(
      ImageDataset images,
      InputPlan plan,
      LoaderSettings settings,
      Map<String, Tokenizer> tokenizers,
      Map<String, KeptFeatures> features,
      Share share) {
    plan.inputs().forEach(input -> requireServed(input, images, features));
    this.images = images;
    this.readable = new ReadableImages(images, settings.strict());
    this.plan = plan;
    this.labels =
        plan.inputs().stream().filter(Input.Label.class::isInstance).map(Input::name).toList();
    this.captions = CaptionRows.of(plan, tokenizers);
    this.regions = RegionRows.of(plan, images);
    this.features = Map.copyOf(features);
    this.settings = settings;
    this.share = share;
    this.rows = share.rows(settings.batchSize());
    this.orders = new EpochOrders(images.size(), settings.seed());
  }

  private static void requireServed(
      Input input, ImageDataset images, Map<String, KeptFeatures> features) {
    if (input instanceof Input.Label label) {
      requireLabels(label, images);
    }
    if (input instanceof Input.Text text) {
      requireCaptions(text, images);
    }
    if (input instanceof Input.Numbers numbers) {
      requireFeatures(numbers, images, features.get(numbers.name()));
    }
  }

  private static void requireFeatures(
      Input.Numbers numbers, ImageDataset images, @Nullable KeptFeatures features) {
    if (features == null) {
      throw new UserMistake(
          "The method reads the numbers '%s' of every sample, but the data has images, regions, captions and labels only."
              .formatted(numbers.spec()));
    }
    if (features.rows() != images.size() || features.width() != numbers.width()) {
      throw new UserMistake(
          "The method reads the numbers '%s' of %,d images, but was given %,d of %,d. Compute them from these images."
              .formatted(numbers.spec(), images.size(), features.width(), features.rows()));
    }
  }

  private static void requireCaptions(Input.Text text, ImageDataset images) {
    for (int i = 0; i < images.size(); i++) {
      if (images.captions(i).isEmpty()) {
        throw new UserMistake(
            "The method reads the text '%s' of every sample, but %s has no caption."
                .formatted(text.name(), images.name(i)));
      }
    }
  }

  private static void requireLabels(Input.Label label, ImageDataset images) {
    for (int i = 0; i < images.size(); i++) {
      if (images.label(i).isEmpty()) {
        throw new UserMistake(
            "The method reads the label '%s' of every sample, but %s has none."
                .formatted(label.name(), images.name(i)));
      }
    }
    if (images.labelNames().size() > label.classes()) {
      throw new UserMistake(
          "The method tells %,d classes of '%s' apart, but the data has %,d, such as %s. Set its number of classes to that."
              .formatted(
                  label.classes(),
                  label.name(),
                  images.labelNames().size(),
                  images.labelNames().stream().limit(3).toList()));
    }
  }

  long batchesPerEpoch() {
    return images.size() / settings.batchSize();
  }

  /** Images of every batch of this share. */
  int rows() {
    return rows;
  }

  /** Memory for one batch. */
  BatchSlot slot() {
    return new BatchSlot(plan, settings.feed(), rows);
  }

  Collection<String> faults() {
    return readable.faults();
  }

  long shortened() {
    return regions.stream().mapToLong(RegionRows::shortened).sum();
  }

  Renderer renderer() {
    return new Renderer();
  }

  /** Renders rows of batches, reusing its memory; one per thread. */
  final class Renderer {

    private final List<ViewRenderer> renderers =
        plan.views().stream().map(view -> new ViewRenderer(view, plan.evaluation())).toList();
    private final Optional<ViewDrawer> drawer =
        settings.feed().map(feed -> new ViewDrawer(feed, plan));
    private final CounterRandom random = new CounterRandom();

    /** Fills rows {@code first} to {@code end} - 1 of every view's tensor. */
    void render(long batch, int first, int end, BatchSlot slot) {
      long epoch = batch / batchesPerEpoch();
      int whole = settings.batchSize();
      int start = (int) (batch % batchesPerEpoch()) * whole + share.first(whole);
      int[] order = orders.order(epoch);
      for (int row = first; row < end; row++) {
        renderRow(epoch, order[start + row], row, slot);
      }
    }

    private void renderRow(long epoch, int index, int row, BatchSlot slot) {
      if (renderers.isEmpty()) {
        fillRow(epoch, index, index, row, slot);
        return;
      }
      readable.use(
          index,
          reduction(epoch, index),
          (found, image) -> {
            showViews(epoch, index, images.name(found), image, row, slot);
            fillRow(epoch, index, found, row, slot);
          });
    }

    /** As far as every view still finds a pixel for each of its own. */
    private Reduction reduction(long epoch, int index) {
      return settings.decoding() == Decoding.WHOLE
          ? Reduction.NONE
          : (width, height) -> (int) least(epoch, index, width, height);
    }

    private double least(long epoch, int index, int width, int height) {
      double least = Reduction.MOST;
      for (int view = 0; view < renderers.size(); view++) {
        random.restart(settings.seed(), epoch, index, view);
        least = Math.min(least, renderers.get(view).surplus(width, height, random));
      }
      return least;
    }

    /** What belongs to the image at {@code found}, which stands in for that at {@code index}. */
    private void fillRow(long epoch, int index, int found, int row, BatchSlot slot) {
      for (String label : labels) {
        slot.whole(label).put(row, images.label(found).orElseThrow());
      }
      for (int text = 0; text < captions.size(); text++) {
        random.restart(settings.seed(), epoch, index, CAPTION - text);
        captions.get(text).fill(images.captions(found), random, row, slot);
      }
      regions.forEach(rows -> rows.fill(found, row, slot));
      features.forEach((input, rows) -> rows.copy(found, slot.numbers(input), row));
    }

    private void showViews(
        long epoch, int index, String name, RgbImage image, int row, BatchSlot slot) {
      drawer.ifPresentOrElse(
          draw -> drawViews(draw, epoch, index, name, image, row, slot),
          () -> renderViews(epoch, index, name, image, row, slot));
    }

    private void drawViews(
        ViewDrawer draw,
        long epoch,
        int index,
        String name,
        RgbImage image,
        int row,
        BatchSlot slot) {
      Rendering.use(
          name,
          image,
          picture ->
              draw.draw(
                  picture,
                  view -> random.restart(settings.seed(), epoch, index, view),
                  row,
                  slot.pictures(),
                  slot.values()));
    }

    private void renderViews(
        long epoch, int index, String name, RgbImage image, int row, BatchSlot slot) {
      for (int view = 0; view < renderers.size(); view++) {
        random.restart(settings.seed(), epoch, index, view);
        Rendering.render(
            renderers.get(view),
            name,
            image,
            random,
            slot.values(view),
            row * slot.rowLength(view));
      }
    }
  }
}
