package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.spi.NamedServices;
import io.github.nolabel.api.spi.RecordOptions;
import java.util.Map;
import java.util.ServiceLoader;

/** The backbones on the class path. */
public final class Backbones {

  private Backbones() {}

  @SuppressWarnings({"rawtypes", "unchecked"})
  public static NamedServices<BackboneProvider<?>> all() {
    return NamedServices.index("backbone", (Iterable) ServiceLoader.load(BackboneProvider.class));
  }

  /**
   * @throws io.github.nolabel.api.UserMistake if the name or an option is unknown or out of range
   */
  public static Backbone create(String name, Map<String, String> options, int imageSize) {
    return create(all().require(name), options, imageSize);
  }

  private static <C extends Record> Backbone create(
      BackboneProvider<C> provider, Map<String, String> options, int imageSize) {
    return provider.create(RecordOptions.override(provider.defaults(), options), imageSize);
  }
}
