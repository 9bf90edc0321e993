package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A golden file of sections: {@code ## name}, then what is expected. With {@code
 * -Dnolabel.golden=write} the file among the sources is written anew; read the difference.
 */
final class GoldenSections {

  private static final boolean WRITING = "write".equals(System.getProperty("nolabel.golden"));

  private final String name;
  private final Map<String, String> sections = new LinkedHashMap<>();

  GoldenSections(String name) {
    this.name = name;
    if (!WRITING) {
      read();
    }
  }

  Set<String> names() {
    return sections.keySet();
  }

  void check(String section, String... lines) {
    String actual = String.join("\n", lines);
    if (WRITING) {
      sections.put(section, actual);
      write();
    }
    assertThat(actual).isEqualTo(sections.get(section));
  }

  private void read() {
    try (InputStream in = GoldenSections.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no golden file " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
      for (String section : List.of(text.split("(?m)^## "))) {
        int end = section.indexOf('\n');
        if (end > 0) {
          sections.put(section.substring(0, end), section.substring(end + 1).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write() {
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (section, body) ->
            text.append("## ").append(section).append('\n').append(body).append("\n\n"));
    try {
      Files.writeString(
          Path.of("src/test/resources/io/github/nolabel/cli").resolve(name),
          text.toString().stripTrailing() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
