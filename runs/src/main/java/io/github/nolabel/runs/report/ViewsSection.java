package io.github.nolabel.runs.report;

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
import java.util.List;
import java.util.stream.Collectors;

/** What the network sees of some training images: the original and its random views. */
final class ViewsSection {

  private static final int ROWS = 4;
  private static final int MOST = 8;
  private static final int SIDE = 96;

  private final InputPlan plan;
  private final ImageDataset images;
  private final long seed;

  private ViewsSection(Opened run) {
    this.plan = run.trained().method().recipe().inputs();
    this.images = run.data().training();
    this.seed = run.trained().plan().run().seed();
  }

  static String of(Opened run) {
    ViewsSection views = new ViewsSection(run);
    StringBuilder rows = new StringBuilder();
    for (int image : Exhibition.spread(views.images.size(), ROWS)) {
      rows.append(views.row(image));
    }
    return Html.section(
        "views",
        "What the network saw",
        Html.note(
                "Training images, each followed by random views of it as in the first epoch, colours as before normalisation. If a view no longer shows what the image is about, the changes are too strong for these images.")
            + rows
            + views.changes());
  }

  private String row(int index) {
    StringBuilder row = new StringBuilder("<div class=\"row\">\n");
    try {
      RgbImage image = images.image(index);
      row.append(picture(image, "query", images.name(index)));
      List<View> views = plan.views();
      for (int view = 0; view < Math.min(MOST, views.size()); view++) {
        row.append(
            picture(seen(image, views.get(view), index, view), "plain", views.get(view).input()));
      }
    } catch (BrokenImageException e) {
      row.append(Html.note(String.valueOf(e.getMessage())));
    }
    return row.append("</div>\n").toString();
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

  private String changes() {
    return plan.views().stream().map(ViewWords::of).map(Html::note).collect(Collectors.joining());
  }
}
