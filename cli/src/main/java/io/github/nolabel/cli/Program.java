package io.github.nolabel.cli;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.cli.command.Commands;
import io.github.nolabel.cli.console.Console;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** The command line as a function from arguments to an exit code. */
public final class Program {

  private final Console console;
  private final Disk disk;

  public Program(Console console, Disk disk) {
    this.console = console;
    this.disk = disk;
  }

  /** Never throws: what goes wrong is told on the error stream. */
  public int run(String... args) {
    CommandLine commands = Commands.create(console, disk);
    Failures failures = new Failures(console, Arrays.asList(args).contains("--stacktrace"));
    commands.setOut(writer(console.out()));
    commands.setErr(writer(console.err()));
    commands.setParameterExceptionHandler(failures);
    commands.setExecutionExceptionHandler(failures);
    try {
      int exitCode = commands.execute(Spelling.unified(args, commands));
      return exitCode == ExitCodes.OK && console.out().checkError()
          ? failures.unwritten()
          : exitCode;
    } catch (OutOfMemoryError e) {
      return failures.outOfMemory(e);
    } catch (Error e) {
      return failures.defect(e);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
