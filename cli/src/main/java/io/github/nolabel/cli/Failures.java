package io.github.nolabel.cli;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.file.PathNames;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.api.train.TrainingCollapsedException;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.plan.AkSslNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells people what went wrong, in one message without a stack trace unless it is our fault. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final Console console;
  private final boolean stackTrace;

  Failures(Console console, boolean stackTrace) {
    this.console = console;
    this.stackTrace = stackTrace;
  }

  /** The words themselves cannot be understood. */
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : sentence(String.valueOf(e.getMessage()));
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    tell("%s See '%s --help'.".formatted(message, command), e);
    return ExitCodes.MISTAKE;
  }

  /** The words were understood, the work failed. */
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof TrainingDivergedException) {
      tell(String.valueOf(e.getMessage()), e);
      return ExitCodes.DIVERGED;
    }
    if (e instanceof TrainingCollapsedException) {
      tell(String.valueOf(e.getMessage()), e);
      return ExitCodes.COLLAPSED;
    }
    if (e instanceof NolabelException) {
      tell(String.valueOf(e.getMessage()), e);
      return ExitCodes.MISTAKE;
    }
    if (e instanceof InvalidPathException path) {
      tell(PathNames.why(path), e);
      return ExitCodes.MISTAKE;
    }
    return defect(e);
  }

  int outOfMemory(OutOfMemoryError e) {
    tell(
        "The memory does not suffice (%s). Use a smaller batch or image size, or give Java more: JAVA_OPTS=-Xmx8g."
            .formatted(e.getMessage()),
        e);
    return ExitCodes.MISTAKE;
  }

  /** Results were printed, but did not arrive. */
  int unwritten() {
    console.notice(
        "nolabel: The output cannot be written: nobody reads it any more, or its disk is full.");
    return ExitCodes.MISTAKE;
  }

  int defect(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    tell(
        "This is a defect of Nolabel, please report it: %s. %s"
            .formatted(e, kept(trace.toString())),
        e);
    return ExitCodes.DEFECT;
  }

  private void tell(String message, Throwable e) {
    console.notice("nolabel: " + FlagHints.added(message));
    if (stackTrace) {
      e.printStackTrace(console.err());
    }
  }

  private static String kept(String trace) {
    try {
      Path file = Files.createTempFile("nolabel-defect-", ".txt");
      Files.writeString(file, trace);
      return "The stack trace is in " + file + ".";
    } catch (IOException unwritable) {
      return "Run it again with --stacktrace to see where.";
    }
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String word = e.getUnmatched().get(0);
    CommandLine command = e.getCommandLine();
    boolean top = command.getParent() == null;
    if (word.startsWith("-")) {
      String flag = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      return "Unknown flag '%s'.%s".formatted(flag, flagMeant(flag, command));
    }
    return top
        ? "No command '%s'.%s Commands: %s."
            .formatted(
                word,
                Suggestions.didYouMean(word, command.getSubcommands().keySet()),
                String.join(", ", command.getSubcommands().keySet()))
        : "Unexpected argument '%s'.".formatted(word);
  }

  private static String flagMeant(String flag, CommandLine command) {
    List<String> flags =
        command.getCommandSpec().optionsMap().keySet().stream()
            .filter(name -> name.startsWith("--"))
            .sorted()
            .toList();
    Optional<String> closest = Suggestions.closest(flag, flags);
    boolean settable = flags.contains("--set");
    Optional<String> instead = AkSslNames.instead(flag).map(" It is AK_SSL's; here %s."::formatted);
    return instead
        .or(() -> closest.map(" Did you mean '%s'?"::formatted))
        .orElse(settable ? " Options without a flag are set with --set NAME=VALUE." : "");
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
  }
}
