package io.github.nolabel.data;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.PathNames;
import io.github.nolabel.api.option.Suggestions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source as the user writes it: {@code kind:path?key=value&key=value}. In values, {@code %3F},
 * {@code %3D}, {@code %26} and {@code %25} are question mark, equals sign, ampersand and percent.
 *
 * @param text the whole of it
 * @param kind before the first colon
 * @param path between colon and question mark; may be empty
 */
public record SourceAddress(String text, String kind, String path, Map<String, String> options) {

  public SourceAddress {
    options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  private static final String QUESTION_MARKS =
      " A '?' belongs to the path if a file or folder of that whole name exists, or if another '?' with keys follows; in values write %3F for '?', %3D for '=', %26 for '&'.";

  /**
   * Splits {@code text}. A question mark counts only if a {@code key=} follows it, it is the last
   * one, and there is no file or folder of that whole name.
   *
   * @throws UserMistake if the options are not {@code key=value} pairs
   */
  static SourceAddress parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    int question = colon < 0 ? text.indexOf('?') : rest.lastIndexOf('?');
    if (colon < 0 && question >= 0) {
      return new SourceAddress(
          text, text.substring(0, question), "", pairs(text, text.substring(question + 1)));
    }
    return question < 0 || rest.indexOf('=', question) < 0 || isThere(rest)
        ? new SourceAddress(text, kind, rest, Map.of())
        : new SourceAddress(
            text, kind, rest.substring(0, question), pairs(text, rest.substring(question + 1)));
  }

  /**
   * The path as a file or folder that exists.
   *
   * @throws UserMistake if it does not
   */
  public Path existing() {
    Path file = file();
    if (!Files.exists(file)) {
      throw new UserMistake(
          "Data source '%s': '%s' does not exist%s."
              .formatted(text, path, file.isAbsolute() ? "" : " (looked in " + here() + ")"));
    }
    return file;
  }

  public Optional<String> option(String key) {
    return Optional.ofNullable(options.get(key));
  }

  /**
   * @throws UserMistake if there is a key that is not in {@code known}
   */
  void checkKeys(List<String> known) {
    for (String key : options.keySet()) {
      if (!known.contains(key)) {
        throw new UserMistake(
            "Data source '%s': unknown key '%s'.%s %s"
                    .formatted(
                        text,
                        key,
                        Suggestions.didYouMean(key, known),
                        known.isEmpty()
                            ? "'" + kind + "' takes none."
                            : "Keys: " + String.join(", ", known) + ".")
                + QUESTION_MARKS);
      }
    }
  }

  /** The whole of it with an absolute path; empty if there is no such file or folder. */
  Optional<String> absolute() {
    return isThere(path)
        ? Optional.of(
            text.replaceFirst(
                Pattern.quote(kind + ":" + path),
                Matcher.quoteReplacement(kind + ":" + Path.of(path).toAbsolutePath().normalize())))
        : Optional.empty();
  }

  private static boolean isThere(String path) {
    try {
      return !path.isBlank() && Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String decoded(String value) {
    return value.replace("%3F", "?").replace("%3D", "=").replace("%26", "&").replace("%25", "%");
  }

  private Path file() {
    if (path.isBlank()) {
      throw new UserMistake(
          "Data source '%s' lacks its path: write %s:PATH.".formatted(text, kind));
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new UserMistake("Data source '%s': %s".formatted(text, PathNames.why(e)), e);
    }
  }

  private static Path here() {
    return Path.of("").toAbsolutePath();
  }

  private static Map<String, String> pairs(String text, String query) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new UserMistake(
            "Data source '%s': expected key=value after '?', got '%s'.".formatted(text, pair)
                + QUESTION_MARKS);
      }
      if (options.put(pair.substring(0, equals), decoded(pair.substring(equals + 1))) != null) {
        throw new UserMistake(
            "Data source '%s': key '%s' is given twice."
                .formatted(text, pair.substring(0, equals)));
      }
    }
    return options;
  }
}
