package io.github.nolabel.cli;

import io.github.nolabel.api.UserMistake;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jars of a folder beside the program: {@code --plugins FOLDER}, or the environment's {@code
 * NOLABEL_PLUGINS}. Program and plug-ins are loaded together, so that what looks for services sees
 * both.
 *
 * @param arguments without the flag
 */
record PlugIns(Optional<Path> folder, List<String> arguments) {

  private static final String FLAG = "--plugins";

  /**
   * @param environment the value of {@code NOLABEL_PLUGINS}; may be empty
   * @throws UserMistake if the flag has no folder
   */
  static PlugIns of(String[] arguments, String environment) {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    int at = rest.indexOf(FLAG);
    if (at < 0) {
      return joined(rest, environment);
    }
    if (at + 1 == rest.size()) {
      throw new UserMistake(FLAG + " needs the folder of the plug-ins' jars: --plugins FOLDER.");
    }
    Path folder = Path.of(rest.remove(at + 1));
    rest.remove(at);
    return new PlugIns(Optional.of(folder), rest);
  }

  private static PlugIns joined(List<String> rest, String environment) {
    for (String word : rest) {
      if (word.startsWith(FLAG + "=")) {
        List<String> others = rest.stream().filter(other -> !other.equals(word)).toList();
        return new PlugIns(Optional.of(Path.of(word.substring(FLAG.length() + 1))), others);
      }
    }
    return new PlugIns(
        environment.isBlank() ? Optional.empty() : Optional.of(Path.of(environment)), rest);
  }

  /**
   * A loader of this program's class path and the folder's jars.
   *
   * @throws UserMistake if there is no folder or no jar
   */
  ClassLoader loader() {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(url(Path.of(entry)));
    }
    jars(folder.orElseThrow()).forEach(jar -> urls.add(url(jar)));
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw new UserMistake("There is no jar in the folder of plug-ins %s.".formatted(folder));
      }
      return jars;
    } catch (IOException e) {
      throw new UserMistake("The folder of plug-ins %s cannot be read.".formatted(folder), e);
    }
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry + " is no place of classes", e);
    }
  }
}
