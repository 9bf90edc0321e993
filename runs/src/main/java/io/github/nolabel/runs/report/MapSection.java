package io.github.nolabel.runs.report;

import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.runs.layout.Places;
import io.github.nolabel.runs.layout.PrincipalPlane;
import io.github.nolabel.runs.layout.Umap;
import java.util.stream.IntStream;

/** Images in the plane: by what differs most, and by who is near to whom. */
final class MapSection {

  private static final int MOST = 1000;
  private static final int FEWEST = 20;
  private static final int NEAREST = 10;

  private final Exhibition shown;
  private final FeatureMatrix features;
  private final MapDrawing drawing;

  private MapSection(Exhibition shown, int... images) {
    this.shown = shown;
    this.features = rows(shown.features(), images);
    this.drawing = MapDrawing.of(shown, images);
  }

  static String of(Exhibition shown) {
    int[] images = Exhibition.spread(shown.images().size(), MOST);
    return Html.section("map", "Map of embeddings", new MapSection(shown, images).maps());
  }

  private static FeatureMatrix rows(FeatureMatrix all, int... images) {
    int width = all.width();
    float[] values = all.values();
    float[] chosen = new float[images.length * width];
    IntStream.range(0, images.length)
        .forEach(i -> System.arraycopy(values, images[i] * width, chosen, i * width, width));
    return FeatureMatrix.of(width, chosen);
  }

  private String maps() {
    PrincipalPlane plane = PrincipalPlane.of(features);
    return Html.note(
            "%s images. What the network finds alike lies together; a dot without a picture has its name under the pointer."
                .formatted(Units.count(features.rows())))
        + drawing.legend()
        + "<div class=\"maps\">\n"
        + map("By what differs most (PCA)", plane.places(), principal(plane))
        + neighbours(plane.places())
        + "</div>\n";
  }

  private String neighbours(Places start) {
    if (features.rows() < FEWEST) {
      return Html.note("There is no second map: UMAP needs %d images.".formatted(FEWEST));
    }
    Places places = Umap.of(features, start, shown.run().trained().plan().run().seed());
    return map(
        "By who is near to whom (UMAP)",
        places,
        "Each image beside its %d nearest as far as the plane allows. Groups mean something; the space between them, their sizes and the axes do not."
            .formatted(Umap.NEIGHBOURS));
  }

  private static String principal(PrincipalPlane plane) {
    return "The first two principal components of the features (unit length), which keep %s of the variance between the images."
        .formatted(Units.percent(plane.share()));
  }

  private String map(String title, Places places, String words) {
    return "<div>\n<h3>%s</h3>\n%s%s</div>\n"
        .formatted(Html.text(title), drawing.of(title, places), Html.note(words + kept(places)));
  }

  private String kept(Places places) {
    return features.rows() < FEWEST
        ? ""
        : " Of an image's %d nearest here, %s are among its %1$d nearest by all features."
            .formatted(NEAREST, Units.percent(places.neighboursKept(features, NEAREST)));
  }
}
