package io.github.nolabel.runs.report;

import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import java.util.stream.Collectors;

/** What happens to an image on its way to a view, in words. */
final class ViewWords {

  private ViewWords() {}

  static String of(View view) {
    String changes =
        view.transforms().stream().map(ViewWords::of).collect(Collectors.joining("; "));
    return "%d × %d pixels, %s."
        .formatted(view.size(), view.size(), changes.isEmpty() ? "as in evaluation" : changes);
  }

  private static String of(ViewTransform change) {
    if (change instanceof ViewTransform.RandomResizedCrop crop) {
      return "a crop of %s to %s of the area"
          .formatted(Units.percent(crop.minScale()), Units.percent(crop.maxScale()));
    } else if (change instanceof ViewTransform.HorizontalFlip flip) {
      return "mirrored" + often(flip.probability());
    } else if (change instanceof ViewTransform.ColorJitter jitter) {
      return jittered(jitter);
    } else if (change instanceof ViewTransform.Grayscale grey) {
      return "grey" + often(grey.probability());
    } else if (change instanceof ViewTransform.GaussianBlur blur) {
      return "blurred by %s to %s pixels%s"
          .formatted(
              Units.number(blur.minSigma()),
              Units.number(blur.maxSigma()),
              often(blur.probability()));
    } else if (change instanceof ViewTransform.Solarize solarize) {
      return "inverted from %s up%s"
          .formatted(Units.number(solarize.threshold()), often(solarize.probability()));
    }
    return change.toString();
  }

  private static String jittered(ViewTransform.ColorJitter jitter) {
    return "brightness ± %s, contrast ± %s, saturation ± %s, hue ± %s%s"
        .formatted(
            Units.number(jitter.brightness()),
            Units.number(jitter.contrast()),
            Units.number(jitter.saturation()),
            Units.number(jitter.hue()),
            often(jitter.probability()));
  }

  private static String often(double probability) {
    return probability >= 1 ? "" : " (in %s of views)".formatted(Units.percent(probability));
  }
}
