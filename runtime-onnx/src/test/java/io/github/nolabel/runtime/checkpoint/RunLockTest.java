package io.github.nolabel.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.CheckpointException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

  @TempDir Path run;

  @Test
  @Timeout(60)
  void anotherProcessKeepsUsOutUntilItEnds() throws Exception {
    Process other = holder();
    try {
      assertThatThrownBy(() -> RunLock.acquire(run))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("Another process is writing the run in " + run)
          .hasMessageContaining("choose another folder");
    } finally {
      other.destroyForcibly().waitFor();
    }
    RunLock.acquire(run).close();
  }

  @Test
  @Timeout(60)
  void weKeepAnotherProcessOut() throws Exception {
    RunLock first = RunLock.acquire(run);
    RunLock again = RunLock.acquire(run);
    first.close();
    assertThat(start().waitFor()).isNotZero();
    again.close();
    Process other = holder();
    other.getOutputStream().close();
    assertThat(other.waitFor()).isZero();
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Files.createFile(run.resolve("checkpoints"));
    assertThatThrownBy(() -> RunLock.acquire(run))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("has a file where a folder is expected");
  }

  private Process holder() throws IOException {
    Process process = start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertThat(out.readLine()).isEqualTo("held");
    return process;
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            run.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
