package io.github.nolabel.api.file;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Names of files against what Java makes of them: in a locale that is not UTF-8, different names
 * become the same, and others cannot be written down.
 */
public final class PathNames {

  private static final char LOST = '\uFFFD';

  private static final String CURE =
      "Set the environment variable LC_ALL=C.UTF-8 (or another UTF-8 locale) before Java starts.";

  private static final String RENAME = "Rename it, such as with convmv -t utf8.";

  private PathNames() {}

  /**
   * The path itself, if its name is one that tells it from others.
   *
   * @param where it was found, to begin the message
   * @throws UserMistake if some of its bytes have no meaning in the locale's encoding
   */
  public static Path checked(String where, Path path) {
    if (path.toString().indexOf(LOST) >= 0 && !isItself(path)) {
      throw new UserMistake(
          "%s: the name of '%s' is not %s, the encoding that Java uses for names here, so that different names would become one. %s"
              .formatted(where, path, encoding(), isUtf8() ? RENAME : CURE));
    }
    return path;
  }

  /** Why a text is no path, and what to do. */
  public static String why(InvalidPathException e) {
    return isOfLocale(e)
        ? "'%s' cannot be written in %s, the encoding that Java uses for names here. %s"
            .formatted(e.getInput(), encoding(), CURE)
        : "'%s' is no path: %s.".formatted(e.getInput(), e.getReason());
  }

  /** Whether a text is no path only because the locale's encoding lacks its characters. */
  public static boolean isOfLocale(InvalidPathException e) {
    return !isUtf8() && e.getInput().chars().anyMatch(c -> c >= 0x80);
  }

  /** Why a file cannot be read, in words: of some exceptions the message is the path alone. */
  public static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(e.getMessage());
  }

  private static boolean isItself(Path path) {
    try {
      return path.getFileSystem().getPath(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isUtf8() {
    return encoding().equalsIgnoreCase("UTF-8");
  }

  private static String encoding() {
    return System.getProperty("sun.jnu.encoding", "unknown");
  }
}
