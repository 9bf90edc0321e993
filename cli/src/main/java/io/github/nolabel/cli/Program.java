package io.github.nolabel.cli;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.api.file.PathNames;
import io.github.nolabel.cli.command.Commands;
import io.github.nolabel.cli.console.Console;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
    commands.registerConverter(Path.class, Program::path);
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

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException(PathNames.why(e));
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
