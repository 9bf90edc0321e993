package io.github.nolabel.cli.command;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.engine.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's commands; alone it does nothing. */
@Command(
    name = "nolabel",
    description = "Self-supervised learning on the JVM: pre-train in Java, deploy as ONNX.",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "--plugins FOLDER, or NOLABEL_PLUGINS, puts the jars of a folder in view:",
      "methods, backbones, data sources, optimizers and more."
    })
public final class Commands implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error arose.")
  private boolean stackTrace;

  private Commands() {}

  /** All commands, speaking to {@code console}, writing through {@code disk}. */
  public static CommandLine create(Console console, Disk disk) {
    OutputFiles files = new OutputFiles(disk);
    return new CommandLine(new Commands())
        .addSubcommand(new PretrainCommand(console, files))
        .addSubcommand(new ViewsCommand(console, files))
        .addSubcommand(new EvaluateCommand(console, files))
        .addSubcommand(new ReportCommand(console, files))
        .addSubcommand(new ExportCommand(console, files))
        .addSubcommand(new EmbedCommand(console, files))
        .addSubcommand(new SearchCommand(console, files))
        .addSubcommand(new ServeCommand(console))
        .addSubcommand(new CaptionCommand(console))
        .addSubcommand(new MethodsCommand(console))
        .addSubcommand(new DoctorCommand(console))
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which command? One of: %s.".formatted(String.join(", ", spec.subcommands().keySet())));
  }

  boolean stackTrace() {
    return stackTrace;
  }

  /** For {@code --version}. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"nolabel " + Host.nolabel()};
    }
  }
}
