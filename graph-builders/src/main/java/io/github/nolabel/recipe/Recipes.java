package io.github.nolabel.recipe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings written as a user would type them. */
public final class Recipes {

  private static final List<String> PRESETS = List.of("small", "cifar", "imagenet");

  private Recipes() {}

  /**
   * The recipes for short runs of small networks, for images of 32 pixels and for photos, in this
   * order; those that there are.
   *
   * <p>Each is a file beside the class, such as {@code simclr-cifar.properties}: UTF-8, a line
   * {@code name = value} per setting, {@code #} before a comment that says where the recipe comes
   * from. Nothing is escaped.
   *
   * @throws IllegalArgumentException if a line is none of these or a name comes twice
   */
  public static Map<String, Map<String, String>> presets(Class<?> beside, String method) {
    Map<String, Map<String, String>> presets = new LinkedHashMap<>();
    for (String preset : PRESETS) {
      Map<String, String> settings = preset(beside, method + "-" + preset + ".properties");
      if (!settings.isEmpty()) {
        presets.put(preset, settings);
      }
    }
    return Collections.unmodifiableMap(presets);
  }

  /** {@code name=value} between blanks, in the order in which they are written. */
  public static Map<String, String> settings(String text) {
    return read("settings", List.of(text.strip().split("\\s+", -1)));
  }

  private static Map<String, String> preset(Class<?> beside, String file) {
    try (@Nullable InputStream in = beside.getResourceAsStream(file)) {
      return in == null ? Map.of() : read(file, in);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read as UTF-8.".formatted(file), e);
    }
  }

  static Map<String, String> read(String file, InputStream in) throws IOException {
    // A decoder of its own refuses what is not UTF-8 instead of replacing it.
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
      return read(file, reader.lines().map(String::strip).toList());
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Map<String, String> read(String where, List<String> lines) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
        add(settings, lines.get(i), "%s:%d".formatted(where, i + 1));
      }
    }
    return Collections.unmodifiableMap(settings);
  }

  private static void add(Map<String, String> settings, String line, String where) {
    int equals = line.indexOf('=');
    String name = line.substring(0, Math.max(equals, 0)).strip();
    String value = line.substring(equals + 1).strip();
    if (name.isEmpty() || value.isEmpty() || name.matches(".*\\s.*")) {
      throw new IllegalArgumentException(
          "%s: expected 'name = value', found '%s'.".formatted(where, line));
    }
    if (settings.put(name, value) != null) {
      throw new IllegalArgumentException("%s: '%s' is given twice.".formatted(where, name));
    }
  }
}
