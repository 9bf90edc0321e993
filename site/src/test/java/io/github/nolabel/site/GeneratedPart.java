package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What code says in a page: {@code -Dnolabel.golden=write} writes it anew. */
final class GeneratedPart {

  private static final boolean WRITING = "write".equals(System.getProperty("nolabel.golden"));

  private GeneratedPart() {}

  /** The part between {@code <!-- generated: NAME -->} and {@code <!-- end -->} is this. */
  static void check(Path page, String name, String expected) {
    String text = Repository.read(page);
    Matcher part =
        Pattern.compile("(<!-- generated: " + name + " -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL)
            .matcher(text);
    assertThat(part.find()).as("%s has a part '%s'", page, name).isTrue();
    String whole = "\n" + expected.strip() + "\n\n";
    if (WRITING) {
      write(page, text.substring(0, part.end(1)) + whole + text.substring(part.start(3)));
    } else {
      assertThat(part.group(2)).as(remedy(page)).isEqualTo(whole);
    }
  }

  /** The whole file is this. */
  static void checkFile(Path file, String expected) {
    if (WRITING) {
      write(file, expected);
    }
    assertThat(file).as(remedy(file)).exists();
    assertThat(Repository.read(file)).as(remedy(file)).isEqualTo(expected);
  }

  private static String remedy(Path file) {
    return file + " is not what the code says. Write it with -Dnolabel.golden=write and look at it";
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
