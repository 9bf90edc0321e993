package io.github.nolabel.method;

import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import java.util.Optional;

/**
 * The networks that a run trains, by what they read.
 *
 * @param text empty for methods that read images alone
 */
public record Networks(Backbone image, Optional<TextEncoder> text) {

  /** A network for images alone. */
  public static Networks of(Backbone image) {
    return new Networks(image, Optional.empty());
  }

  /** A network for images, one for texts. */
  public static Networks of(Backbone image, TextEncoder text) {
    return new Networks(image, Optional.of(text));
  }
}
