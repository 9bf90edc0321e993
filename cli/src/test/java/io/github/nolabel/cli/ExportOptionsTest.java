package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.runs.file.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One short run, exported in every way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportOptionsTest {

  @TempDir static Path tmp;

  private Path photos = Path.of("");
  private float[] exact = {};

  @BeforeAll
  void pretrain() throws IOException {
    photos = TinyPhotos.labelled(tmp.resolve("photos"), 20);
    Typed typed =
        Typed.nolabel(
            "pretrain",
            "simclr",
            "--preset=small",
            "--data=folder:" + photos,
            "--epochs=1",
            "--batch-size=16",
            "--image-size=16",
            "--set=backbone.width=32",
            "--set=backbone.stages=2",
            "--out=" + tmp.resolve("run"));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    exact = embedded(export("exact"));
  }

  @Test
  void convolutionsInEightBitsAreCalibratedOnTheRunsImages() throws IOException {
    Path file = export("eight", "--precision=int8-static");
    assertThat(Files.size(file)).isLessThan(Files.size(tmp.resolve("exact.onnx")) / 2);
    JsonNode card = Json.read(tmp.resolve("eight.json")).path("provenance");
    assertThat(card.path("precision").asText()).isEqualTo("int8-static");
    assertThat(card.path("calibration.images").asInt()).isBetween(40, 60);
    assertThat(card.path("fidelity.leastCosine").asDouble()).isBetween(0.98, 0.9999999);
    assertThat(card.path("fidelity.knnNow.accuracy").isMissingNode()).isFalse();
    float[] rounded = embedded(file);
    assertThat(rounded).isNotEqualTo(exact);
    assertClose(rounded, 0.1f);
  }

  @Test
  void anOlderOpsetHoldsTheSameNetwork() throws IOException {
    Path file = export("older", "--opset=13");
    ModelProto model = ModelProto.parseFrom(Folders.bytes(file));
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(13);
    assertClose(embedded(file), 1e-5f);
  }

  @Test
  void aFileForAnySizeIsReadAtTheSizeOfTraining() throws IOException {
    Path file = export("any", "--dynamic-size");
    ModelProto model = ModelProto.parseFrom(Folders.bytes(file));
    assertThat(
            model.getGraph().getInput(0).getType().getTensorType().getShape().getDimList().stream()
                .map(dim -> dim.getDimParam()))
        .containsExactly("N", "", "height", "width");
    assertThat(Json.read(tmp.resolve("any.json")).at("/provenance/imageSize").asText())
        .isEqualTo("any");
    assertClose(embedded(file), 1e-5f);
    Typed asked = Typed.nolabel("evaluate", file.toString(), "--data", "folder:" + photos);
    assertThat(asked.exitCode()).as(asked.err()).isZero();
  }

  @Test
  void theLicenceIsKeptInFileAndCard() throws IOException {
    Path file = export("free", "--licence=CC-BY-4.0");
    assertThat(Json.read(tmp.resolve("free.json")).at("/provenance/licence").asText())
        .isEqualTo("CC-BY-4.0");
    ModelProto model = ModelProto.parseFrom(Folders.bytes(file));
    assertThat(
            model.getMetadataPropsList().stream()
                .filter(entry -> entry.getKey().startsWith("nolabel."))
                .filter(entry -> !entry.getKey().startsWith("nolabel.preprocessing."))
                .map(entry -> entry.getKey().substring("nolabel.".length())))
        .contains("licence", "method", "backbone", "cut", "data", "dataFingerprint", "version");
  }

  @Test
  void programsLieBesideTheFile() throws IOException {
    export("deep-net", "--code");
    assertThat(Files.readString(tmp.resolve("deep_net.py"))).contains("\"deep-net.onnx\"");
    assertThat(Files.readString(tmp.resolve("Deep_net.java"))).contains("class Deep_net {");
    export("deep-net", "--code");
  }

  private Path export(String name, String... flags) {
    Path file = tmp.resolve(name + ".onnx");
    List<String> args =
        new ArrayList<>(List.of("export", tmp.resolve("run").toString(), "--output=" + file));
    args.addAll(List.of(flags));
    Typed typed = Typed.nolabel(args.toArray(String[]::new));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return file;
  }

  private float[] embedded(Path model) {
    Path rows = tmp.resolve("rows.npy");
    Typed typed =
        Typed.nolabel(
            "embed", model.toString(), "--data=folder:" + photos, "--output=" + rows);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    ByteBuffer npy = ByteBuffer.wrap(Folders.bytes(rows)).order(ByteOrder.LITTLE_ENDIAN);
    npy.position(10 + npy.getShort(8));
    FloatBuffer values = npy.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] features = new float[values.remaining()];
    values.get(features);
    return features;
  }

  private void assertClose(float[] actual, float tolerance) {
    assertThat(actual).hasSameSizeAs(exact);
    for (int i = 0; i < exact.length; i++) {
      assertThat(actual[i]).isCloseTo(exact[i], within(tolerance));
    }
  }
}
