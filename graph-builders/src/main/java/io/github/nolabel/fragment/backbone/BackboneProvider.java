package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.spi.NamedService;

/**
 * Registers a backbone with {@link java.util.ServiceLoader}.
 *
 * @param <C> its configuration, with {@link io.github.nolabel.api.spi.Option} on every component
 */
public interface BackboneProvider<C extends Record> extends NamedService {

  /** What it is, in one line, with its paper. */
  String summary();

  C defaults();

  /**
   * @param imageSize width and height of the images in pixels
   * @throws io.github.nolabel.api.UserMistake if the options do not suit the image size
   */
  Backbone create(C config, int imageSize);
}
