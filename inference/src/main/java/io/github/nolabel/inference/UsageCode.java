package io.github.nolabel.inference;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Small programs that compute an exported backbone's features, to lie beside its file. */
public final class UsageCode {

  private static final String MARK = "Written by Nolabel";

  private UsageCode() {}

  /**
   * {@code backbone.py} and {@code Backbone.java} for {@code backbone.onnx}; Python needs
   * onnxruntime, numpy and Pillow, Java this module.
   */
  public static Map<Path, String> beside(Path model) {
    String file = String.valueOf(model.getFileName());
    String name = identifier(file);
    String type = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    Map<Path, String> code = new LinkedHashMap<>();
    code.put(model.resolveSibling(name + ".py"), filled("features.py.txt", file, name));
    code.put(model.resolveSibling(type + ".java"), filled("Features.java.txt", file, type));
    return code;
  }

  /**
   * @throws UserMistake if somebody else's program has a place that one of these takes
   */
  public static void requireFree(Path model) {
    for (Path file : beside(model).keySet()) {
      if (Files.exists(file) && !isOurs(file)) {
        throw new UserMistake(
            "%s exists and was not written by Nolabel; move it, or name the model otherwise."
                .formatted(file));
      }
    }
  }

  private static boolean isOurs(Path file) {
    try {
      return Files.readString(file).contains(MARK);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** The name up to its end, as Python and Java take it for one of theirs. */
  private static String identifier(String file) {
    int dot = file.lastIndexOf('.');
    String plain = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9]+", "_");
    return Character.isLetter(plain.charAt(0)) ? plain : "model_" + plain;
  }

  private static String filled(String resource, String model, String name) {
    try (InputStream in = UsageCode.class.getResourceAsStream(resource)) {
      byte[] text = Objects.requireNonNull(in, resource).readAllBytes();
      return new String(text, StandardCharsets.UTF_8)
          .replace("\"MODEL\"", '"' + model.replace("\"", "\\\"") + '"')
          .replace("by MODEL", "by " + model)
          .replace("NAME", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
