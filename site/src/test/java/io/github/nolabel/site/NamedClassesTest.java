package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The page on the architecture names classes that there are, and methods that they have. */
class NamedClassesTest {

  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)(?:\\.([a-z]\\w+))?`");

  private static final Map<String, Path> SOURCES =
      Repository.sources().stream()
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  file -> file,
                  (one, other) -> one));

  @TestFactory
  Stream<DynamicTest> everyNameIsInTheSources() {
    return CLASS
        .matcher(Repository.read("docs/architecture.md"))
        .results()
        .map(name -> DynamicTest.dynamicTest(name.group(), () -> check(name)));
  }

  private static void check(MatchResult name) {
    assertThat(SOURCES).containsKey(name.group(1));
    if (name.group(2) != null) {
      assertThat(Repository.read(Objects.requireNonNull(SOURCES.get(name.group(1)))))
          .contains(name.group(2) + "(");
    }
  }
}
