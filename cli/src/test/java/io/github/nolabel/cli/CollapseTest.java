package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.runs.file.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images without any difference give the same embedding, however they are looked at, unless batch
 * normalisation makes something of their rounding.
 */
class CollapseTest {

  @TempDir Path tmp;

  @Test
  void aCollapsedRunEndsWithACheckpointIfAsked() throws Exception {
    Path photos = TinyPhotos.grey(tmp.resolve("photos"), 24);
    Path out = tmp.resolve("run");
    Typed typed = pretrain(photos, out, "--fail-on-collapse");
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(4);
    assertThat(typed.err())
        .contains("The method has collapsed: since step ", "feature_std", "usually helps")
        .contains("The run was stopped after step ", "the checkpoint is " + out);
    assertThat(Json.read(out.resolve("run.json")).path("status").asText()).isEqualTo("collapsed");
    assertThat(out.resolve("checkpoints")).isNotEmptyDirectory();
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  void otherwiseItIsToldAndGoesOn() throws Exception {
    Path photos = TinyPhotos.grey(tmp.resolve("photos"), 24);
    Typed typed = pretrain(photos, tmp.resolve("run"));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.err()).containsOnlyOnce("(feature_std ");
  }

  private static Typed pretrain(Path photos, Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("pretrain", "--data", "folder:" + photos));
    words.addAll(List.of("--out", out.toString(), "--epochs", "20", "--batch-size", "8"));
    words.addAll(List.of("--image-size", "16", "--threads", "1", "--backbone", "vit-tiny"));
    words.addAll(List.of("--set", "backbone.patchSize=8", "--set", "colorJitterStrength=0"));
    words.addAll(List.of("--set", "projectionBatchNorm=false"));
    words.addAll(List.of(more));
    return Typed.nolabel(words.toArray(String[]::new));
  }
}
