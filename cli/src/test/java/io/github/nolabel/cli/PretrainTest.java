package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.runs.file.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainTest {

  @TempDir Path tmp;

  @Test
  void flagsWinOverTheFile() {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    Path config =
        Folders.write(
            tmp.resolve("run.yaml"),
            """
            method: {name: SimCLR, temperature: 0.2}
            data: folder:%s
            out: %s
            epochs: 3
            batch-size: 4
            image_size: 16
            backbone: {name: small-cnn, width: 4}
            optimizer: sgd
            schedule: {kind: constant, warmupSteps: 2}
            checkpoint.keep: 5
            set: {blur: no}
            """
                .formatted(photos, tmp.resolve("run")));
    Typed typed =
        Typed.nolabel("pretrain", "--config", config.toString(), "--epochs", "1", "--json");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    JsonNode options = Json.read(tmp.resolve("run/run.json")).path("options");
    assertThat(options.at("/run/epochs").asInt()).isEqualTo(1);
    assertThat(options.at("/run/batchSize").asInt()).isEqualTo(4);
    assertThat(options.at("/run/imageSize").asInt()).isEqualTo(16);
    assertThat(options.at("/method/temperature").asDouble()).isEqualTo(0.2);
    assertThat(options.at("/method/blur").asBoolean()).isFalse();
    assertThat(options.at("/optimizer/algorithm").asText()).isEqualTo("sgd");
    assertThat(options.at("/schedule/kind").asText()).isEqualTo("constant");
    assertThat(options.at("/schedule/warmupSteps").asInt()).isEqualTo(2);
    assertThat(options.at("/checkpoint/keep").asInt()).isEqualTo(5);
  }

  @Test
  void asJsonTheResultIsAllThatIsPrinted() throws Exception {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    Typed typed = tiny(photos, "--json");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(new ObjectMapper().readTree(typed.out()))
        .isEqualTo(Json.read(tmp.resolve("run/result.json")));
  }

  @Test
  void withoutLabelsThereIsNoAccuracy() {
    Path photos = TinyPhotos.unlabelled(tmp.resolve("photos"), 12);
    Typed typed = tiny(photos);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.out()).contains("is labelled, so there is nothing to ask");
    JsonNode result = Json.read(tmp.resolve("run/result.json"));
    assertThat(result.path("trainedKnnAccuracy").isNull()).isTrue();
    assertThat(result.path("finalLoss").isNumber()).isTrue();
  }

  @Test
  void brokenImageIsCountedAndSkipped() {
    Path photos = TinyPhotos.unlabelled(tmp.resolve("photos"), 12);
    Folders.write(photos.resolve("image-03.png"), "no image");
    Typed typed = tiny(photos);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(typed.err()).contains("1 broken images were skipped").contains("image-03.png");
    assertThat(Json.read(tmp.resolve("run/result.json")).path("skippedImages").asInt())
        .isEqualTo(1);
  }

  /** A step of this size leaves the finite numbers within a few updates. */
  @Test
  void divergenceHasItsOwnExitCode() {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    Typed typed =
        tiny(
            photos,
            "--epochs=20",
            "--optimizer=sgd",
            "--learning-rate=1000",
            "--set=optimizer.weightDecay=10",
            "--set=schedule.kind=constant");
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(3);
    assertThat(typed.complaints()).hasSize(1);
    assertThat(Json.read(tmp.resolve("run/run.json")).path("status").asText())
        .isEqualTo("diverged");
  }

  @Test
  void simclrTwoCanBeCutAfterItsFirstLayer() {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    assertThat(tiny(photos, "--set", "version=2").exitCode()).isZero();
    Path file = tmp.resolve("cut.onnx");
    Typed export =
        Typed.nolabel(
            "export",
            tmp.resolve("run").toString(),
            "--cut",
            "projector-1",
            "--output",
            file.toString());
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(Json.read(tmp.resolve("cut.json")).at("/provenance/cut").asText())
        .isEqualTo("projector-1");
  }

  private Typed tiny(Path photos, String... more) {
    String[] args = {
      "pretrain",
      "--data",
      "folder:" + photos,
      "--out",
      tmp.resolve("run").toString(),
      "--batch-size",
      "4",
      "--image-size",
      "16",
      "--set",
      "backbone.width=4"
    };
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    boolean epochs = String.join(" ", more).contains("--epochs");
    if (!epochs) {
      all = java.util.Arrays.copyOf(all, all.length + 1);
      all[all.length - 1] = "--epochs=1";
    }
    return Typed.nolabel(all);
  }
}
