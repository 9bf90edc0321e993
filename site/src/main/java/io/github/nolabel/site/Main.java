package io.github.nolabel.site;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the site of the repository that the first argument names into the folder of the second.
 */
public final class Main {

  private Main() {}

  public static void main(String... args) throws IOException {
    Site.of(Path.of(args[0])).write(Path.of(args[1]));
  }
}
