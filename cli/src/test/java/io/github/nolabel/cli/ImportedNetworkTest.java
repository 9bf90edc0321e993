package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.runs.file.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that begin with somebody's network or weights. */
class ImportedNetworkTest {

  @TempDir Path tmp;

  @Test
  void aRunGoesOnFromAnotherRunsExport() throws IOException {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    pretrain(photos, "first", "--image-size", "16", "--set", "backbone.width=4");
    Path model = Files.move(tmp.resolve("first/backbone.onnx"), tmp.resolve("mine.onnx"));
    Typed typed = pretrain(photos, "second", "--backbone", "onnx:" + model);
    String said = "Colours are normalised as the file says: mean 0.485, 0.456, 0.406";
    assertThat(typed.err()).contains("trainable numbers", "with the file's values", said);
    JsonNode record = Json.read(tmp.resolve("second/run.json"));
    assertThat(record.path("notes").toString()).contains(said);
    assertThat(record.at("/options/run/imageSize").asInt()).isEqualTo(16);
    assertThat(record.at("/data/normalisation/std/2").asDouble()).isEqualTo(0.225);
    Files.delete(model);
    Typed export =
        Typed.nolabel("export", tmp.resolve("second").toString(), "--output", model.toString());
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(Typed.nolabel("evaluate", tmp.resolve("second").toString()).exitCode()).isZero();
  }

  /** Its file is gone when the run is opened again; trained longer, it still has its teacher. */
  @Test
  void aStudentLearnsFromAnotherRunsExport() throws IOException {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    pretrain(photos, "first", "--image-size", "24", "--set", "backbone.width=4");
    Path model = Files.move(tmp.resolve("first/backbone.onnx"), tmp.resolve("teacher.onnx"));
    String[] distil = {
      "distil", "--set", "teacher=onnx:" + model, "--image-size", "16", "--set", "queueSize=8"
    };
    pretrain(photos, "student", distil);
    JsonNode record = Json.read(tmp.resolve("student/run.json"));
    assertThat(record.at("/options/method/teacherSha256").asText()).hasSize(64);
    long steps = Json.read(tmp.resolve("student/result.json")).path("steps").asLong();
    Files.delete(model);
    String run = tmp.resolve("student").toString();
    assertThat(Typed.nolabel("evaluate", run).exitCode()).isZero();
    Typed longer = Typed.nolabel("pretrain", "--resume", "--out", run, "--epochs", "2");
    assertThat(longer.exitCode()).as(longer.err()).isZero();
    assertThat(Json.read(tmp.resolve("student/result.json")).path("steps").asLong())
        .isEqualTo(2 * steps)
        .isPositive();
    assertThat(tmp.resolve("student/source/method/teacher.onnx")).exists();
  }

  /** What export writes under other libraries' names, the importer of weights reads whole. */
  @ParameterizedTest
  @CsvSource({
    "timm, cls_token, 150",
    "torchvision, class_token, 150",
    "transformers, embeddings.cls_token, 198"
  })
  void exportedWeightsStartAnotherRun(String names, String token, int tensors) throws IOException {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    String[] tiny = {"--backbone", "vit-tiny", "--image-size", "16", "--set", "projectionDim=8"};
    pretrain(photos, "first", tiny);
    Path file = tmp.resolve("weights.safetensors");
    String run = tmp.resolve("first").toString();
    Typed export = Typed.nolabel("export", run, "--output", file.toString(), "--names", names);
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.out()).contains("%d tensors with %s's names".formatted(tensors, names));
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .contains("\"" + token + "\"", "\"nolabel.method\":\"simclr\"");
    assertThat(Json.read(tmp.resolve("weights.json")).at("/preprocessing/size").asInt())
        .isEqualTo(16);
    pretrain(photos, "second", "--backbone", "vit-tiny", "--set", "backbone.weights=" + file);
    assertThat(Json.read(tmp.resolve("second/run.json")).path("notes").toString())
        .contains("first values of 150 of 150 parameters");
  }

  @Test
  void aTransformerInEightBitsIsAQuarterOfItsSizeAndSaysHowCloseItIs() throws IOException {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    String[] tiny = {"--backbone", "vit-tiny", "--image-size", "16", "--set", "projectionDim=8"};
    pretrain(photos, "first", tiny);
    Path file = tmp.resolve("eight.onnx");
    String run = tmp.resolve("first").toString();
    Typed export = Typed.nolabel("export", run, "--output", file.toString(), "--precision", "int8");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(Files.size(file)).isLessThan(Files.size(tmp.resolve("first/backbone.onnx")) / 3);
    JsonNode provenance = Json.read(tmp.resolve("eight.json")).path("provenance");
    assertThat(provenance.path("precision").asText()).isEqualTo("int8");
    assertThat(provenance.path("fidelity.leastCosine").asDouble()).isBetween(0.98, 0.999999);
    Typed asked = Typed.nolabel("evaluate", file.toString(), "--data", "folder:" + photos);
    assertThat(asked.exitCode()).as(asked.err()).isZero();
  }

  @Test
  void usersDecideOnTheNormalisation() {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    pretrain(photos, "first", "--image-size", "16", "--set", "backbone.width=4");
    String model = "onnx:" + tmp.resolve("first/backbone.onnx");
    Typed typed =
        pretrain(photos, "second", "--backbone", model, "--set", "backbone.normalisation=half");
    assertThat(typed.err()).contains("Colours are normalised as you said: mean 0.5, 0.5, 0.5");
    assertThat(
            Json.read(tmp.resolve("second/run.json")).at("/data/normalisation/mean/0").asDouble())
        .isEqualTo(0.5);
    assertThat(Json.read(tmp.resolve("second/backbone.json")).at("/preprocessing/std/1").asDouble())
        .isEqualTo(0.5);
    pretrain(photos, "third", "--backbone", "onnx:" + tmp.resolve("second/backbone.onnx"));
    assertThat(Json.read(tmp.resolve("third/run.json")).at("/data/normalisation/mean/0").asDouble())
        .as("taken over from the second run's export")
        .isEqualTo(0.5);
  }

  @Test
  void weightsThatAreNoNumbersAreTheFilesFault() throws IOException {
    Typed typed = withFirstGain(Float.NaN);
    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(typed.err())
        .contains("gain.safetensors: tensor 'bn1.weight' holds NaN. The file is damaged")
        .doesNotContain("learning rate");
    assertThat(tmp.resolve("run")).doesNotExist();
  }

  /** Numbers they are, but what they make of an image is none. */
  @Test
  void ofWeightsThatAreFarTooLargeNoLearningRateIsBlamed() throws IOException {
    Typed typed = withFirstGain(1e38f);
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(3);
    assertThat(typed.err())
        .contains("Training cannot begin: at step 1 ", "so no learning rate helps")
        .doesNotContain("A lower learning rate", "has collapsed");
    assertThat(Json.read(tmp.resolve("run/run.json")).path("status").asText())
        .isEqualTo("diverged");
  }

  private Typed withFirstGain(float value) throws IOException {
    float[] gain = new float[64];
    Arrays.fill(gain, value);
    byte[] file = OneTensor.safetensors("bn1.weight", gain, 64);
    Path weights = Folders.write(tmp.resolve("gain.safetensors"), file);
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    return typed(
        photos,
        "run",
        "--backbone=resnet18",
        "--image-size=16",
        "--weights=" + weights,
        "--set=backbone.partialWeights=true");
  }

  @Test
  void weightsAreReportedAndKept() throws IOException {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    float[] gain = new float[64];
    Arrays.fill(gain, 0.75f);
    Path weights =
        Folders.write(tmp.resolve("w.safetensors"), OneTensor.safetensors("bn1.weight", gain, 64));
    Typed typed =
        pretrain(
            photos,
            "run",
            "--backbone=resnet18",
            "--image-size=16",
            "--weights=" + weights,
            "--set=backbone.partialWeights=true");
    assertThat(typed.err()).contains("first values of 1 of 100 parameters");
    JsonNode record = Json.read(tmp.resolve("run/run.json"));
    assertThat(record.at("/notes/0").asText()).contains("first values of 1 of 100 parameters");
    assertThat(record.at("/options/backbone/sha256").asText()).hasSize(64);
    Files.delete(weights);
    assertThat(Typed.nolabel("evaluate", tmp.resolve("run").toString()).exitCode()).isZero();
  }

  private Typed pretrain(Path photos, String out, String... more) {
    Typed typed = typed(photos, out, more);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return typed;
  }

  private Typed typed(Path photos, String out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "pretrain",
                "--data",
                "folder:" + photos,
                "--out",
                tmp.resolve(out).toString(),
                "--batch-size",
                "4",
                "--epochs",
                "1"));
    args.addAll(List.of(more));
    return Typed.nolabel(args.toArray(String[]::new));
  }
}
