package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-in in examples/plugin adds six things to the program without a change of it. */
class PlugInExampleTest {

  private static final Path SOURCES = Path.of("../examples/plugin/src/main");

  /** For programs that live for a second or two. */
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  @TempDir private static Path folder;
  private static Path plugIns;

  @BeforeAll
  static void build() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("-parameters", "-proc:none", "-d", classes.toString(), "-cp"));
    arguments.add(System.getProperty("java.class.path"));
    Folders.files(SOURCES.resolve("java")).forEach(file -> arguments.add(file.toString()));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).as("the compiler's exit code").isZero();
    plugIns = Files.createDirectories(folder.resolve("plug-ins"));
    try (OutputStream out = Files.newOutputStream(plugIns.resolve("vicreg.jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      add(jar, classes);
      add(jar, SOURCES.resolve("resources"));
    }
  }

  private static void add(JarOutputStream jar, Path root) throws IOException {
    for (Path file : Folders.files(root)) {
      jar.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
      jar.write(Files.readAllBytes(file));
      jar.closeEntry();
    }
  }

  @Test
  void noFileOfItIsLong() {
    for (Path file : Folders.files(SOURCES.resolve("java"))) {
      long lines = new String(Folders.bytes(file), StandardCharsets.UTF_8).lines().count();
      assertThat(lines).as(file.toString()).isLessThan(100);
    }
  }

  @Test
  void itTrainsResumesAndExports() throws Exception {
    Path run = folder.resolve("run");
    List<String> pretrain =
        List.of(
            "pretrain",
            "vicreg",
            "--data",
            "gratings:40",
            "--backbone",
            "tiny-mlp",
            "--epochs",
            "3",
            "--batch-size",
            "8",
            "--image-size",
            "16",
            "--optimizer",
            "lion",
            "--learning-rate",
            "1e-4",
            "--set",
            "optimizer.beta1=0.95",
            "--set",
            "projectionDim=16",
            "--out",
            run.toString());
    assertThat(nolabel(pretrain)).contains("vicreg took ", "Nearest neighbours");
    assertThat(run.resolve("run.json")).content().contains("\"further\" : \"beta1=0.95\"");
    assertThat(nolabel(List.of("pretrain", "--resume", "--out", run.toString())))
        .contains("nothing to resume");
    assertThat(
            nolabel(
                List.of(
                    "evaluate",
                    run.toString(),
                    "--protocol",
                    "knn,rank",
                    "--set",
                    "rank.images=6",
                    "--untrained")))
        .containsPattern("effective rank [1-6]\\.\\d\\d  \\(trained\\)")
        .containsPattern("effective rank [1-6]\\.\\d\\d  \\(untrained\\)");
    assertThat(nolabel(List.of("evaluate", "--help"))).contains("caption, rank; or several");
    assertThat(nolabel(List.of("methods", "rank"))).contains("Most images", "[2, 4096]");
    Path exported = folder.resolve("exported.onnx");
    nolabel(List.of("export", run.toString(), "--output", exported.toString()));
    Path features = folder.resolve("features.npy");
    nolabel(
        List.of(
            "embed",
            exported.toString(),
            "--data",
            "gratings:40",
            "--output",
            features.toString()));
    assertThat(features).isNotEmptyFile();
    assertThat(nolabel(List.of("methods")))
        .contains("vicreg", "tiny-mlp", "gratings:COUNT", "effective rank of features");
  }

  @Test
  void aStoppedRunOfItGoesOn() throws Exception {
    Path run = folder.resolve("stopped");
    Process process =
        started(
            System.getProperty("java.class.path"),
            Main.class,
            List.of(
                "--plugins",
                plugIns.toString(),
                "pretrain",
                "vicreg",
                "--data",
                "gratings:40",
                "--backbone",
                "tiny-mlp",
                "--epochs",
                "60",
                "--batch-size",
                "8",
                "--image-size",
                "16",
                "--optimizer",
                "lion",
                "--set",
                "projectionDim=16",
                "--out",
                run.toString()));
    for (int i = 0; i < 600 && process.isAlive() && steps(run) < 2; i++) {
      Thread.sleep(50);
    }
    process.toHandle().destroy(); // unlike Process.destroy, leaves what it said readable
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isEqualTo(130);
    assertThat(nolabel(List.of("pretrain", "--resume", "--out", run.toString())))
        .contains("vicreg took 240 steps");
  }

  private static int steps(Path run) {
    Path checkpoints = run.resolve("checkpoints");
    String[] names = checkpoints.toFile().list((folder, name) -> name.startsWith("step-"));
    return names == null ? 0 : names.length;
  }

  @Test
  void itKeepsTheContract() throws Exception {
    String said =
        java(
            System.getProperty("java.class.path") + File.pathSeparator + plugIns.resolve("*"),
            ContractRun.class,
            List.of(
                "vicreg",
                "projector/layer_./bias",
                "every term sees differences of embeddings only"));
    assertThat(said.lines().filter(line -> line.startsWith("kept: "))).hasSize(16);
  }

  @Test
  void withoutItsJarItIsUnknown() {
    Typed typed = Typed.nolabel("methods", "vicreg");
    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(typed.err()).contains("No method 'vicreg'");
  }

  private static String nolabel(List<String> words) throws Exception {
    List<String> all = new ArrayList<>(List.of("--plugins", plugIns.toString()));
    all.addAll(words);
    return java(System.getProperty("java.class.path"), Main.class, all);
  }

  private static String java(String classPath, Class<?> main, List<String> words) throws Exception {
    Process process = started(classPath, main, words);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static Process started(String classPath, Class<?> main, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK_START);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }
}
