package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.option.RecordOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A backbone by name and its options.
 *
 * @param <C> the options
 */
public record BackboneChoice<C extends Record>(BackboneProvider<C> provider, C config) {

  /** See {@link BackboneProvider#create}. */
  public Backbone create(int imageSize) {
    return provider.create(config, imageSize);
  }

  /** The files that it is made from. */
  public List<Path> files() {
    return provider.files(config);
  }

  /** All options, with the fingerprints of the files. */
  public Map<String, Object> pinned() {
    return RecordOptions.describe(provider.pinned(config));
  }
}
