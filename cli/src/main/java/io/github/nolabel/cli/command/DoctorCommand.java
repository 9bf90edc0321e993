package io.github.nolabel.cli.command;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.train.TrainingRuntime.Finding;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runs.engine.Host;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.protocol.Columns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at the computer. */
@Command(
    name = "doctor",
    description = "Say what works on this computer and what does not.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--json", description = "Print a list as JSON.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Finding> findings = findings();
    boolean well = findings.stream().allMatch(Finding::well);
    if (json) {
      console.out().print(Json.pretty(findings));
    } else {
      Columns.aligned(
              findings.stream()
                  .map(f -> List.of(f.well() ? "ok" : "WRONG", f.subject(), f.detail()))
                  .toList())
          .forEach(console.out()::println);
      console.out().println(well ? "All is well." : "Something that is needed is wrong.");
    }
    return well ? 0 : 1;
  }

  private static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("Nolabel", true, Host.nolabel()));
    findings.add(
        new Finding(
            "Java",
            true,
            "%s, %s".formatted(Runtime.version(), System.getProperty("java.vm.name"))));
    findings.addAll(runtime());
    findings.add(cache());
    findings.add(methods());
    return findings;
  }

  private static List<Finding> runtime() {
    try {
      return TrainingRuntime.find().examine();
    } catch (NolabelException e) {
      return List.of(new Finding("ONNX Runtime", false, String.valueOf(e.getMessage())));
    }
  }

  private static Finding cache() {
    Path cache = DatasetSettings.DEFAULTS.cache();
    try {
      OutputFiles.requireFolder(cache.toAbsolutePath().normalize(), cache);
      return new Finding("Cache folder", true, cache.toString());
    } catch (UserMistake e) {
      return new Finding(
          "Cache folder", false, e.getMessage() + " Name another one in NOLABEL_CACHE.");
    }
  }

  private static Finding methods() {
    int count = Methods.all().all().size();
    return new Finding("Methods", count > 0, "%d on the class path".formatted(count));
  }
}
