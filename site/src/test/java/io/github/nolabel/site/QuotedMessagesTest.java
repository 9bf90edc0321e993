package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every message that the page on troubles quotes is one that the program has. */
class QuotedMessagesTest {

  private static final Path PAGE = Repository.DOCS.resolve("troubleshooting.md");
  private static final Pattern QUOTED = Pattern.compile("```text\n(.*?)\n```", Pattern.DOTALL);

  /** Strings that the sources put together of several literals are one here. */
  private static final Pattern SEAM = Pattern.compile("\"\\s*\\+\\s*\"");

  private static final List<String> TEXTS = texts();

  @TestFactory
  Stream<DynamicTest> everyMessageIsTheProgramsOwn() {
    return QUOTED
        .matcher(Repository.read(PAGE))
        .results()
        .map(found -> found.group(1))
        .map(quoted -> DynamicTest.dynamicTest(quoted, () -> assertThat(isKnown(quoted)).isTrue()));
  }

  @Test
  void anInventedMessageIsFound() {
    assertThat(isKnown("The run in … has gone fishing.")).isFalse();
  }

  /** A message with … for what differs: all its pieces are in one golden line or one source. */
  private static boolean isKnown(String quoted) {
    List<String> pieces =
        Stream.of(quoted.split("…", -1))
            .map(String::strip)
            .filter(piece -> piece.length() > 1)
            .toList();
    return TEXTS.stream().anyMatch(text -> pieces.stream().allMatch(text::contains));
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    texts.addAll(
        Repository.read("cli/src/test/resources/io/github/nolabel/cli/bad-input.txt")
            .lines()
            .toList());
    Repository.sources().stream()
        .map(Repository::read)
        .map(text -> SEAM.matcher(text).replaceAll(""))
        .forEach(texts::add);
    return texts;
  }
}
