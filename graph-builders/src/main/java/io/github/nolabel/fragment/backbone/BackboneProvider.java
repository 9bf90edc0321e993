package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.option.NamedService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Registers a backbone with {@link java.util.ServiceLoader}.
 *
 * @param <C> its configuration, with {@link io.github.nolabel.api.option.Option} on every component
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

  /** The files that the configuration names; a run keeps copies of them. */
  default List<Path> files(C config) {
    return List.of();
  }

  /**
   * The configuration with the fingerprints of its files.
   *
   * @throws io.github.nolabel.api.UserMistake if a file is missing, or has another fingerprint
   */
  default C pinned(C config) {
    return config;
  }

  /** Options of the run that suit this backbone, such as {@code imageSize}; users win over them. */
  default Map<String, String> runDefaults(C config) {
    return Map.of();
  }
}
