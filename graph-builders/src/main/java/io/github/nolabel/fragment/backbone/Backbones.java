package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.RecordOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** The backbones that a class loader sees; this library's own unless one is given. */
public final class Backbones {

  private Backbones() {}

  public static NamedServices<BackboneProvider<?>> all() {
    return all(Backbones.class.getClassLoader());
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  public static NamedServices<BackboneProvider<?>> all(ClassLoader loader) {
    return NamedServices.index(
        "backbone", (Iterable) ServiceLoader.load(BackboneProvider.class, loader));
  }

  /**
   * Creates a backbone by its name, or by a name and a file, as in {@code onnx:model.onnx}.
   *
   * @throws io.github.nolabel.api.UserMistake if the name or an option is unknown or out of range
   */
  public static Backbone create(String name, Map<String, String> options, int imageSize) {
    return choose(name, options).create(imageSize);
  }

  /**
   * The same before anything is made of it.
   *
   * @throws io.github.nolabel.api.UserMistake as above
   */
  public static BackboneChoice<?> choose(String name, Map<String, String> options) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      return chosen(all().require(name), options);
    }
    Map<String, String> withFile = new LinkedHashMap<>(options);
    withFile.put("file", name.substring(colon + 1));
    return chosen(all().require(name.substring(0, colon)), withFile);
  }

  private static <C extends Record> BackboneChoice<C> chosen(
      BackboneProvider<C> provider, Map<String, String> options) {
    return new BackboneChoice<>(provider, RecordOptions.override(provider.defaults(), options));
  }
}
