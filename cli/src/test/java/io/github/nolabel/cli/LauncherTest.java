package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of a distribution, with a Java that only tells its language. */
class LauncherTest {

  private static final Path SCRIPT = Path.of("..", "nolabel");

  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then
        echo 'openjdk version "17.0.1"' >&2
      else
        echo "${LC_ALL:-none} ${LANG:-none}"
      fi
      """;

  @TempDir private Path folder;

  @BeforeEach
  void placeFiles() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the script needs bash");
    Files.copy(SCRIPT, folder.resolve("nolabel"));
    Files.createDirectory(folder.resolve("lib"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, JAVA);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  /** Else Java takes the names Äpfel and Öpfel for the same. */
  @Test
  void whereNoLanguageIsSetJavaGetsUtf8() throws Exception {
    assertThat(started(Map.of())).isEqualTo("C.UTF-8 none");
    assertThat(started(Map.of("LANG", "C"))).isEqualTo("C.UTF-8 C");
    assertThat(started(Map.of("LC_ALL", "POSIX", "LANG", "C.UTF-8"))).isEqualTo("C.UTF-8 C.UTF-8");
  }

  @Test
  void aLanguageThatIsNotInstalledIsNone() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/locale")), "nobody tells what is installed");
    assertThat(started(Map.of("LANG", "xx_YY.UTF-8"))).isEqualTo("C.UTF-8 xx_YY.UTF-8");
  }

  @Test
  void aLanguageThatIsSetStays() throws Exception {
    assertThat(started(Map.of("LANG", "C.UTF-8"))).isEqualTo("none C.UTF-8");
    assertThat(started(Map.of("LC_CTYPE", "C.UTF-8", "LANG", "C"))).isEqualTo("none C");
  }

  /** Spark's jars before Nolabel's, what Spark opens of Java, and what executors are to be sent. */
  @Test
  void whoeverAsksForSparkGetsThatOfItsFolder() throws Exception {
    Path java = folder.resolve("jdk/bin/java");
    Files.writeString(java, JAVA.replace("${LC_ALL:-none} ${LANG:-none}", "$*"));
    Path jar = Files.createFile(folder.resolve("lib/nolabel-runs.jar"));
    Files.createDirectories(folder.resolve("spark/jars"));
    Map<String, String> spark = Map.of("SPARK_HOME", folder.resolve("spark").toString());
    assertThat(started(spark, "pretrain", "--spark", "local[2]"))
        .contains("-cp " + folder + "/spark/jars/*:" + folder + "/lib/* ")
        .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
        .contains("-Dnolabel.spark.jars=" + jar + " ")
        .endsWith("pretrain --spark local[2]");
    assertThat(started(spark, "pretrain", "byol"))
        .contains("-cp " + folder + "/lib/* ")
        .doesNotContain("--add-opens");
  }

  @Test
  void javaKeepsTheClassesOfAStart() throws Exception {
    placeJava("[ -z \"$kept\" ] || echo classes >\"$kept\"");
    String archive = folder.resolve("lib/classes.jsa").toString();
    assertThat(started(Map.of(), "methods")).contains("-XX:SharedArchiveFile=" + archive + " ");
    assertThat(folder.resolve("lib")).isDirectoryNotContaining("glob:**.jsa.*");
    assertThat(started(Map.of(), "methods")).contains("-XX:SharedArchiveFile=" + archive + " ");
    assertThat(folder.resolve("kept")).hasContent("once");
  }

  @Test
  void whereJavaKeepsNoneItIsNotAskedAgain() throws Exception {
    placeJava(":");
    assertThat(started(Map.of(), "methods")).doesNotContain("SharedArchiveFile");
    assertThat(started(Map.of(), "methods")).doesNotContain("SharedArchiveFile");
    assertThat(folder.resolve("kept")).hasContent("once");
  }

  /**
   * A Java that tells its words, and writes down how often it was asked to keep its classes.
   *
   * @param keeping what it does then, with the file in {@code kept}
   */
  private void placeJava(String keeping) throws IOException {
    Files.writeString(
        folder.resolve("jdk/bin/java"),
        """
        #!/bin/sh
        kept=
        for word in "$@"; do
          case $word in -XX:ArchiveClassesAtExit=*) kept=${word#*=} ;; esac
        done
        [ -z "$kept" ] || echo once >>'%s'
        %s
        if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; else echo "$*"; fi
        """
            .formatted(folder.resolve("kept"), keeping));
  }

  private String started(Map<String, String> language, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/bash"));
    command.add(folder.resolve("nolabel").toString());
    command.addAll(List.of(words));
    ProcessBuilder child = new ProcessBuilder(command);
    child
        .environment()
        .keySet()
        .removeAll(List.of("LANG", "LC_CTYPE", "LC_ALL", "JAVA_OPTS", "SPARK_HOME"));
    child.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    child.environment().putAll(language);
    Path said = folder.resolve("said");
    child.redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(said.toFile());
    assertThat(child.start().waitFor()).isZero();
    return Files.readString(said, StandardCharsets.UTF_8).strip();
  }
}
