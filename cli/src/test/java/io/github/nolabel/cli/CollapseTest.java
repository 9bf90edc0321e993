package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.runs.file.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learning rate at which BYOL forgets what its first network could tell apart. */
class CollapseTest {

  @TempDir Path tmp;

  @Test
  void aCollapsedRunEndsWithACheckpointIfAsked() throws Exception {
    Path out = tmp.resolve("run");
    Typed typed = collapsing(out, "--fail-on-collapse");
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(4);
    assertThat(typed.err())
        .contains("The method has collapsed: since step ", "usually helps")
        .contains("The run was stopped after step ", "the checkpoint is " + out);
    assertThat(Json.read(out.resolve("run.json")).path("status").asText()).isEqualTo("collapsed");
    assertThat(out.resolve("checkpoints")).isNotEmptyDirectory();
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  void otherwiseItIsToldAndGoesOn() {
    Typed typed = collapsing(tmp.resolve("run"));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.err()).containsOnlyOnce("(rank_kept ");
  }

  /** No learning rate helps against images without any difference. */
  @Test
  void equalImagesAreNotTheMethodsFault() {
    Path photos = TinyPhotos.grey(tmp.resolve("photos"), 24);
    Typed typed = pretrain("simclr", "folder:" + photos, tmp.resolve("run"), "--fail-on-collapse");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.err())
        .contains("The images hardly differ: only 0.0 % of their pixels' variance")
        .doesNotContain("has collapsed");
  }

  private static Typed collapsing(Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("--limit", "256", "--preset", "small"));
    words.addAll(List.of("--set", "optimizer.learningRate=1", "--set", "backbone.width=8"));
    words.addAll(List.of(more));
    return pretrain("byol", "packaged", out, words.toArray(String[]::new));
  }

  private static Typed pretrain(String method, String data, Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("pretrain", method, "--data", data));
    words.addAll(List.of("--out", out.toString(), "--epochs", "5", "--batch-size", "16"));
    words.addAll(List.of("--image-size", "16", "--threads", "1", "--backbone", "small-cnn"));
    words.addAll(List.of(more));
    return Typed.nolabel(words.toArray(String[]::new));
  }
}
