package io.github.nolabel.runs.report;

import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.View;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.view.CounterRandom;
import io.github.nolabel.data.view.Picture;
import io.github.nolabel.data.view.ViewRenderer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the network sees of some training images: the original and its random views. */
final class ViewsSection {

  private static final int SIDE = 96;

  private final InputPlan plan;
  private final ImageDataset images;
  private final long seed;

  private ViewsSection(InputPlan plan, ImageDataset images, long seed) {
    this.plan = plan;
    this.images = images;
    this.seed = seed;
  }

  /**
   * @param rows how many training images
   * @param seed of the run
   */
  static String of(InputPlan plan, ImageDataset training, int rows, long seed) {
    ViewsSection views = new ViewsSection(plan, training, seed);
    return Html.section(
        "views",
        "What the network sees",
        Html.note(
                "Training images, each followed by random views of it as in the first epoch,"
                    + " colours as before normalisation. If a view no longer shows what the image"
                    + " is about, the changes are too strong for these images.")
            + IntStream.of(Exhibition.spread(training.size(), rows))
                .mapToObj(views::row)
                .collect(Collectors.joining())
            + views.changes());
  }

  private String row(int index) {
    StringBuilder row = new StringBuilder("<div class=\"row\">\n");
    try {
      RgbImage image = images.image(index);
      row.append(picture(image, "query", images.name(index)));
      List<View> views = plan.views();
      for (int view = 0; view < views.size(); view++) {
        row.append(
            picture(seen(image, views.get(view), index, view), "plain", views.get(view).input()));
      }
    } catch (BrokenImageException e) {
      row.append(Html.note(String.valueOf(e.getMessage())));
    }
    return row.append("</div>\n").append(captions(index)).toString();
  }

  /** The words beside the image, where the method reads any. */
  private String captions(int index) {
    boolean reads = plan.inputs().stream().anyMatch(Input.Text.class::isInstance);
    return reads && !images.captions(index).isEmpty()
        ? Html.note(String.join(" / ", images.captions(index)))
        : "";
  }

  private RgbImage seen(RgbImage image, View view, int index, int number) {
    int plane = view.size() * view.size();
    FloatBuffer values = FloatBuffer.allocate(3 * plane);
    CounterRandom random = new CounterRandom().restart(seed, 0, index, number);
    new ViewRenderer(view, plan.evaluation())
        .render(Picture.whole(image.rgb(), image.width(), image.height()), random, values, 0);
    byte[] rgb = new byte[3 * plane];
    for (int i = 0; i < 3 * plane; i++) {
      rgb[i] = colour(values.get(i % 3 * plane + i / 3), i % 3);
    }
    return RgbImage.of(view.size(), view.size(), rgb);
  }

  private byte colour(float value, int channel) {
    Normalisation normalisation = plan.evaluation().normalisation();
    double share = value * normalisation.std().get(channel) + normalisation.mean().get(channel);
    return (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
  }

  private static String picture(RgbImage image, String kind, String words) {
    return "<figure class=\"picture %s\" title=\"%s\"><img src=\"%s\" alt=\"%2$s\"/><figcaption>%2$s</figcaption></figure>\n"
        .formatted(kind, Html.text(words), Thumbnail.address(image, SIDE));
  }

  /** What is done, once for all views to which the same is done. */
  private String changes() {
    Map<String, List<String>> views = new LinkedHashMap<>();
    plan.views()
        .forEach(
            view ->
                views
                    .computeIfAbsent(ViewWords.of(view), words -> new ArrayList<>())
                    .add(view.input()));
    return views.entrySet().stream()
        .map(
            alike ->
                Html.note("%s: %s".formatted(String.join(", ", alike.getValue()), alike.getKey())))
        .collect(Collectors.joining());
  }
}
