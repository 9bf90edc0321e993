package io.github.nolabel.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.file.Disk;
import io.github.nolabel.cli.Typed;
import io.github.nolabel.cli.console.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code nolabel pretrain --spark}. */
class CommandLineTest {

  @TempDir Path folder;

  @Test
  void aRunIsTypedAndGoneOnWithAsOneOnThisMachine() throws IOException {
    Path run = folder.resolve("run");
    Path plan = Files.writeString(folder.resolve("run.yaml"), QueueRun.MOCO.toYaml());
    Typed began =
        pretrain(
            "--config=" + plan,
            "--epochs=1",
            "--out=" + run,
            "--spark=local[2]",
            "--spark-set=localSteps=3",
            "--spark-set=outerRate=0.5",
            "--spark-set=spark.ui.enabled=false");
    assertThat(began.exitCode()).as(began.err()).isZero();
    assertThat(began.out()).contains("Checkpoint  " + run);
    assertThat(began.err()).contains("step 4/4");
    assertThat(run.resolve("backbone.onnx")).isNotEmptyFile();
    assertThat(run.resolve("checkpoints/step-0000000004/apart.ckpt"))
        .as("the second worker's queue")
        .isNotEmptyFile();
    Typed longer =
        pretrain(
            "--resume",
            "--epochs=2",
            "--out=" + run,
            "--spark=local[2]",
            "--spark-set=spark.ui.enabled=false");
    assertThat(longer.exitCode()).as(longer.err()).isZero();
    assertThat(run.resolve("checkpoints/step-0000000008/apart.ckpt")).isNotEmptyFile();
  }

  @Test
  @Timeout(120)
  void aRunThatIsStoppedTellsHowItGoesOnThere() throws Exception {
    Path run = folder.resolve("stopped");
    Path plan = Files.writeString(folder.resolve("long.yaml"), QueueRun.MOCO.toYaml());
    Interruption interruption = new Interruption(() -> {});
    CompletableFuture<Typed> running =
        CompletableFuture.supplyAsync(
            () ->
                pretrain(
                    interruption,
                    "--config=" + plan,
                    "--epochs=500",
                    "--out=" + run,
                    "--spark=local[2]",
                    "--spark-set=spark.ui.enabled=false"));
    while (!Files.exists(run.resolve("metrics.jsonl")) && !running.isDone()) {
      Thread.sleep(2);
    }
    interruption.interrupt();
    Typed stopped = running.get();
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.err())
        .contains(
            "--resume --out " + run + " --spark 'local[2]' --spark-set spark.ui.enabled=false");
  }

  @Test
  void whatCannotBeIsSaidBeforeAnyWork() {
    refused("Spark knows no master 'locale[2]'", "--spark=locale[2]");
    refused("spark-submit, which has not started this program", "--spark=submit");
    refused("Unknown option 'workrs'", "--spark=local[2]", "--spark-set=workrs=2");
    refused("localSteps must be", "--spark=local[2]", "--spark-set=localSteps=0");
    refused("Spark cannot start with the master 'local[two]'", "--spark=local[two]");
    refused(
        "cannot be divided evenly among 5 workers", "--spark=local[2]", "--spark-set=workers=5");
  }

  private void refused(String why, String... flags) {
    Path run = folder.resolve("refused");
    List<String> words = new ArrayList<>(List.of(flags));
    words.addAll(List.of("moco-v2", "--data=stripes:56", "--batch-size=12", "--image-size=16"));
    words.addAll(List.of("--out=" + run, "--spark-set=spark.ui.enabled=false"));
    Typed said = pretrain(words.toArray(String[]::new));
    assertThat(said.err()).contains("nolabel: ").contains(why);
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(run.resolve("run.json")).doesNotExist();
  }

  private static Typed pretrain(String... args) {
    return pretrain(new Interruption(() -> {}), args);
  }

  private static Typed pretrain(Interruption interruption, String... args) {
    List<String> words = new ArrayList<>(List.of("pretrain"));
    words.addAll(List.of(args));
    return Typed.nolabel(Disk.LOCAL, interruption, words.toArray(String[]::new));
  }
}
