package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.cli.command.Commands;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.OptionGroup;
import io.github.nolabel.runs.plan.OptionSpace;
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
  void aNameThatIsNotOursIsFound() {
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
      } else if (line.startsWith("| ") && line.split("\\|", -1).length > 2) {
        String section = method;
        CODE.matcher(line.split("\\|", -1)[2])
            .results()
            .map(code -> code.group(1))
            .forEach(code -> rows.add(new Named(page.getFileName().toString(), section, code)));
      }
    }
    return rows;
  }

  private static void check(Named row) {
    String name = row.name().replaceFirst("^--set ", "").split("[= ]", -1)[0];
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

  /** Every option with its group's prefix, and without where a user may leave that out. */
  private static Set<String> known(String method) {
    Set<String> known = new HashSet<>(Set.of("optimizer", "schedule", "checkpointinterval"));
    for (String backbone : List.of("resnet18", "vit-base")) {
      space(method.isEmpty() ? "simclr" : method, backbone)
          .options()
          .forEach(
              (group, options) -> {
                if (!method.isEmpty() || group != OptionGroup.METHOD) {
                  options.forEach(option -> known.addAll(spellings(group, option)));
                }
              });
    }
    return known;
  }

  private static OptionSpace space(String method, String backbone) {
    return new OptionSpace(
        Defaults.STANDARD, Methods.all().require(method), Backbones.all().require(backbone));
  }

  private static Set<String> spellings(OptionGroup group, OptionInfo option) {
    boolean bare =
        Set.of(OptionGroup.METHOD, OptionGroup.RUN, OptionGroup.OPTIMIZER).contains(group);
    Set<String> all = new HashSet<>();
    Stream.concat(Stream.of(option.name()), option.aliases().stream())
        .forEach(
            name -> {
              all.add(Suggestions.fold(group.prefix() + name));
              if (bare) {
                all.add(Suggestions.fold(name));
              }
            });
    return all;
  }

  private static CommandLine commands() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return Commands.create(
        new Console(nowhere, nowhere, false, "nolabel", new Interruption(() -> {})), Disk.LOCAL);
  }
}
