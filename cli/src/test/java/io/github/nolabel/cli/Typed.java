package io.github.nolabel.cli;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the program does when this is typed, in this process. */
public record Typed(int exitCode, String out, String err) {

  static Typed nolabel(String... args) {
    return nolabel(Disk.LOCAL, args);
  }

  static Typed nolabel(Disk disk, String... args) {
    return nolabel(disk, new Interruption(() -> {}), args);
  }

  public static Typed nolabel(Disk disk, Interruption interruption, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = new Program(console(out, err, interruption), disk).run(args);
    return new Typed(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A console that writes there, without colours. */
  static Console console(OutputStream out, OutputStream err, Interruption interruption) {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false,
        "nolabel",
        interruption);
  }

  /** The lines that tell what went wrong. */
  List<String> complaints() {
    return err.lines().filter(line -> line.startsWith("nolabel: ")).toList();
  }
}
