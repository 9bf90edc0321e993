package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.api.file.Disk;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.cli.command.Commands;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Where pages for users of other libraries name an option or a flag, there is one. */
class ComingFromTest {

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern METHOD = Pattern.compile("## .*\\(`([a-z0-9-]+)`\\)");

  @TestFactory
  Stream<DynamicTest> everyNameIsOurs() {
    return Repository.files(Repository.DOCS.resolve("coming-from"), ".md").stream()
        .flatMap(page -> rows(page).stream())
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(row)));
  }

  @Test
  void aNameThatIsNotOursIsFound() throws IOException {
    assertThat(known("simclr")).contains("temperature", "optimizerlearningrate", "epochs");
    assertThat(known("simclr")).doesNotContain("queuesize", "optimizerlr");
  }

  /** One name of the second column in a section about a method, or about runs in general. */
  private record Named(String page, String method, String name) {}

  private static List<Named> rows(Path page) {
    List<Named> rows = new ArrayList<>();
    String method = "";
    for (String line : Repository.read(page).lines().toList()) {
      if (line.startsWith("## ")) {
        method = METHOD.matcher(line).results().map(m -> m.group(1)).findFirst().orElse("");
      } else if (line.startsWith("| ") && line.split("\\|").length > 2) {
        String section = method;
        CODE.matcher(line.split("\\|")[2])
            .results()
            .map(code -> code.group(1))
            .forEach(code -> rows.add(new Named(page.getFileName().toString(), section, code)));
      }
    }
    return rows;
  }

  private static void check(Named row) throws IOException {
    String name = row.name().replaceFirst("^--set ", "").split("[= ]")[0];
    if (name.startsWith("--")) {
      assertThat(flags()).contains(name);
    } else {
      assertThat(known(row.method())).contains(Suggestions.fold(name));
    }
  }

  private static Set<String> flags() {
    Set<String> flags = new HashSet<>();
    for (CommandLine command : commands().getSubcommands().values()) {
      flags.addAll(command.getCommandSpec().optionsMap().keySet());
    }
    return flags;
  }

  private static Set<String> known(String method) throws IOException {
    Set<String> known = new HashSet<>();
    JsonNode schema =
        new ObjectMapper()
            .readTree(Repository.read("cli/src/main/schema/nolabel-plan.schema.json"))
            .get("properties");
    for (String group :
        List.of("run", "text", "optimizer", "schedule", "checkpoint", "evaluation", "device")) {
      schema
          .get(group)
          .get("properties")
          .fieldNames()
          .forEachRemaining(name -> known.add(Suggestions.fold(group + "." + name)));
    }
    schema
        .get("run")
        .get("properties")
        .fieldNames()
        .forEachRemaining(name -> known.add(Suggestions.fold(name)));
    if (!method.isEmpty()) {
      ofMethod(Methods.all().require(method), known);
    }
    return known;
  }

  private static void ofMethod(MethodProvider<?> method, Set<String> known) {
    RecordOptions.options(method.defaults())
        .forEach(
            option -> {
              known.add(Suggestions.fold(option.name()));
              option.aliases().forEach(alias -> known.add(Suggestions.fold(alias)));
            });
  }

  private static CommandLine commands() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return Commands.create(
        new Console(nowhere, nowhere, false, "nolabel", new Interruption(() -> {})), Disk.LOCAL);
  }
}
