package io.github.nolabel.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was begun and what came of it, a line of JSON each, on disk before the next begins: a
 * process that dies tells by it where, and the next one goes on behind that.
 */
final class Journal {

  private static final String BEGUN = "begun";

  private final ObjectMapper mapper = new ObjectMapper();
  private final @Nullable Path file;
  private final Set<String> before;

  /**
   * @param file null keeps nothing
   */
  Journal(@Nullable Path file) {
    this.file = file;
    this.before = file == null ? Set.of() : begun(file);
  }

  private Set<String> begun(Path written) {
    Set<String> names = new HashSet<>();
    try {
      for (String line : Files.exists(written) ? Files.readAllLines(written) : List.<String>of()) {
        JsonNode name = mapper.readTree(line).path(BEGUN);
        if (name.isTextual()) {
          names.add(name.asText());
        }
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether an earlier process began it, however it went. */
  boolean knows(String task) {
    return before.contains(task);
  }

  void begin(String task) {
    write(Map.of(BEGUN, task));
  }

  void note(Check check) {
    write(facts(check));
  }

  void end(String task) {
    write(Map.of("ended", task));
  }

  static Map<String, Object> facts(Check check) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", check.name());
    facts.put("passed", check.passed());
    facts.put("detail", check.detail());
    facts.put("seconds", check.seconds());
    return facts;
  }

  private void write(Map<String, Object> facts) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          file,
          mapper.writeValueAsString(facts) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
