package io.github.nolabel.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.cli.Program;
import io.github.nolabel.cli.command.Commands;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command of the program in every document is one that it takes: its flags are there, and of
 * {@code pretrain} every option and value too, unless it reads files that only users have.
 */
class DocumentedCommandsTest {

  private static final Pattern BLOCK = Pattern.compile("```\\w*\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern OF_USERS =
      Pattern.compile("onnx:|safetensors|--init-from|--resume|--config|--plugins|features=regions");

  @TestFactory
  Stream<DynamicTest> everyCommandIsOne() {
    return Repository.files(Repository.ROOT, ".md").stream()
        .filter(file -> !file.toString().contains("/src/"))
        .flatMap(DocumentedCommandsTest::commands);
  }

  private static Stream<DynamicTest> commands(Path document) {
    return BLOCK
        .matcher(Repository.read(document))
        .results()
        .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
        .map(String::strip)
        .filter(line -> line.startsWith("./nolabel ") && !line.contains("--plugins"))
        .map(line -> DynamicTest.dynamicTest(document.getFileName() + " " + line, () -> run(line)));
  }

  private static void run(String line) {
    List<String> words = words(line.replaceFirst("\\s+(#|>|\\|) .*", ""));
    Commands.create(console(OutputStream.nullOutputStream()), Disk.LOCAL)
        .parseArgs(words.toArray(String[]::new));
    boolean dry = List.of("pretrain", "methods").contains(words.get(0));
    if (dry && !OF_USERS.matcher(line).find()) {
      if (words.get(0).equals("pretrain") && !words.contains("--print-config")) {
        words.add("--print-config");
      }
      ByteArrayOutputStream told = new ByteArrayOutputStream();
      int exitCode = new Program(console(told), Disk.LOCAL).run(words.toArray(String[]::new));
      assertThat(exitCode).as(told.toString(StandardCharsets.UTF_8)).isZero();
    }
  }

  private static List<String> words(String line) {
    return new ArrayList<>(
        WORD.matcher(line)
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .skip(1)
            .toList());
  }

  private static Console console(OutputStream err) {
    return new Console(
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false,
        "nolabel",
        new Interruption(() -> {}));
  }
}
