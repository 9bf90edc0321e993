package io.github.nolabel.view;

import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.api.view.ViewTransform.ColorJitter;
import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import io.github.nolabel.api.view.ViewTransform.Grayscale;
import io.github.nolabel.api.view.ViewTransform.HorizontalFlip;
import io.github.nolabel.api.view.ViewTransform.Solarize;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.Optional;

/** How a graph carries out a change of a batch of images. */
interface GraphChange {

  /**
   * float[N, 3, S, S] to the same.
   *
   * @param drawn what was drawn for each image, float[N, numbers]; see {@link
   *     io.github.nolabel.api.view.DrawnView}
   */
  Value of(Ops g, Value images, Value drawn);

  /** The form of a change behind the frame; empty if it has none. */
  static Optional<GraphChange> of(ViewTransform change) {
    if (change instanceof HorizontalFlip) {
      return Optional.of(new Mirrored());
    } else if (change instanceof ColorJitter jitter) {
      return Optional.of(new Jittered(jitter));
    } else if (change instanceof Grayscale) {
      return Optional.of(new Greyed());
    } else if (change instanceof GaussianBlur blur) {
      return Optional.of(new Blurred(blur));
    } else if (change instanceof Solarize) {
      return Optional.of(new Solarized());
    }
    return Optional.empty();
  }
}
