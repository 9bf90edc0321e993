package io.github.nolabel.methods.vision.views;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings written as a user would type them: {@code name=value} between blanks. */
public final class Recipes {

  private Recipes() {}

  /**
   * The recipes for short runs of small networks, for images of 32 pixels and for photos.
   *
   * <p>{@code small} was chosen for CPUs; {@code cifar} and {@code imagenet} follow what the papers
   * and their common reproductions publish.
   */
  public static Map<String, Map<String, String>> presets(
      String small, String cifar, String imagenet) {
    Map<String, Map<String, String>> presets = new LinkedHashMap<>();
    presets.put("small", settings(small));
    presets.put("cifar", settings(cifar));
    presets.put("imagenet", settings(imagenet));
    return Collections.unmodifiableMap(presets);
  }

  /** In the order in which they are written. */
  public static Map<String, String> settings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : text.strip().split("\\s+", -1)) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return Collections.unmodifiableMap(settings);
  }
}
