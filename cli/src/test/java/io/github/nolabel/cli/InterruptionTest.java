package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.cli.console.Interruption;
import io.github.nolabel.runs.file.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

  @TempDir Path tmp;

  @Test
  void theSecondInterruptionEndsAtOnce() {
    AtomicInteger stops = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    Interruption interruption = new Interruption(ends::incrementAndGet);
    interruption.during(stops::incrementAndGet);
    interruption.interrupt();
    assertThat(stops).hasValue(1);
    assertThat(ends).hasValue(0);
    interruption.interrupt();
    assertThat(stops).hasValue(1);
    assertThat(ends).hasValue(1);
  }

  @Test
  void nothingToStopEndsAtOnce() {
    AtomicInteger ends = new AtomicInteger();
    Interruption interruption = new Interruption(ends::incrementAndGet);
    interruption.during(() -> {});
    interruption.over();
    interruption.interrupt();
    assertThat(ends).hasValue(1);
  }

  /** Stopped somewhere and resumed gives the same last checkpoint, bit for bit. */
  @Test
  @Timeout(120)
  void stoppedRunResumesToTheSameEnd() throws Exception {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 12);
    Path straight = tmp.resolve("straight");
    Path broken = tmp.resolve("broken");
    assertThat(Typed.nolabel(args(photos, straight)).exitCode()).isZero();

    Interruption interruption = new Interruption(() -> {});
    CompletableFuture<Typed> running =
        CompletableFuture.supplyAsync(
            () -> Typed.nolabel(Disk.LOCAL, interruption, args(photos, broken)));
    while (!Files.exists(broken.resolve("metrics.jsonl")) && !running.isDone()) {
      Thread.sleep(2);
    }
    interruption.interrupt();
    Typed stopped = running.get(60, TimeUnit.SECONDS);
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.err()).contains("Go on with: nolabel pretrain --resume --out " + broken);
    assertThat(Json.read(broken.resolve("run.json")).path("status").asText())
        .isEqualTo("interrupted");
    assertThat(broken.resolve("result.json")).doesNotExist();

    Typed resumed = Typed.nolabel("pretrain", "--resume", "--out", broken.toString());
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(state(broken)).isEqualTo(state(straight));
    assertThat(Json.read(broken.resolve("result.json")).path("untrainedKnnAccuracy"))
        .isEqualTo(Json.read(straight.resolve("result.json")).path("untrainedKnnAccuracy"));
    assertThat(Files.readAllLines(broken.resolve("metrics.jsonl"))).hasSize(160);
  }

  private static byte[] state(Path run) {
    return Folders.bytes(run.resolve("checkpoints/step-0000000160/state.ckpt"));
  }

  private static String[] args(Path photos, Path out) {
    return new String[] {
      "pretrain",
      "--data",
      "folder:" + photos,
      "--out",
      out.toString(),
      "--epochs",
      "40",
      "--batch-size",
      "8",
      "--image-size",
      "16",
      "--set",
      "backbone.width=4",
      "--set",
      "checkpoint.everyEpochs=20",
      "--threads",
      "1"
    };
  }
}
