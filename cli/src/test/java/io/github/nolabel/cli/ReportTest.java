package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final Path STORED = Path.of("src/test/resources/stored/0.1.0/run");

  @TempDir Path tmp;

  @Test
  void aRunIsReportedInItsFolder() throws IOException {
    Path run = Folders.copy(STORED, tmp.resolve("run"));
    Typed typed = Typed.nolabel("report", run.toString());
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out()).isEqualToIgnoringNewLines("Report: " + run.resolve("report.html"));
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(
            "simclr on small-cnn was stopped after 58 of 240 steps",
            "its loss gone from 2.95 to 2.702",
            "ln(2·8 − 1) = 2.708",
            "waiting for data");
  }

  @Test
  void severalRunsShareAPageWhereItIsWanted() throws IOException {
    Path one = Folders.copy(STORED, tmp.resolve("one"));
    Path two = Folders.copy(STORED, tmp.resolve("two"));
    Path page = tmp.resolve("pages/both.html");
    Typed typed = Typed.nolabel("report", one.toString(), two.toString(), "--output=" + page);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(Files.readString(page)).contains("one, two", "All options are the same.");
    assertThat(one.resolve("report.html")).doesNotExist();
  }

  @Test
  void whatIsNoRunIsAMistake() {
    Typed typed = Typed.nolabel("report", tmp.toString());
    assertThat(typed.exitCode()).isEqualTo(ExitCodes.MISTAKE);
    assertThat(typed.complaints())
        .containsExactly(
            "nolabel: %s is not the folder of a run: it has no run.json.".formatted(tmp));
    assertThat(tmp.resolve("report.html")).doesNotExist();
    assertThat(Typed.nolabel("report").exitCode()).isEqualTo(ExitCodes.MISTAKE);
  }
}
