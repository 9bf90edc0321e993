package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.onnx.OnnxMetadata;
import io.github.nolabel.runs.file.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One small run through the whole program, and what the other commands make of it. */
class EndToEndTest {

  private static final int IMAGES = 36;
  private static final int FEATURES = 32;

  @TempDir static Path tmp;

  private static Path photos = Path.of("");
  private static Path run = Path.of("");
  private static Typed pretrain = new Typed(-1, "", "");

  @BeforeAll
  static void pretrain() {
    photos = TinyPhotos.labelled(tmp.resolve("photos"), IMAGES / 3);
    run = tmp.resolve("run");
    pretrain =
        Typed.nolabel(
            "pretrain",
            "SimCLR",
            "--data=folder:" + photos,
            "--epochs=2",
            "--batch_size=8",
            "--imageSize=16",
            "--set=backbone.width=4",
            "--set=backbone.stages=4",
            "--set=projection_dim=16",
            "--set=weight_decay=1e-6",
            "--out=" + run);
    assertThat(pretrain.exitCode()).as(pretrain.err()).isZero();
  }

  @Test
  void resultHasTheAgreedKeys() {
    JsonNode result = Json.read(run.resolve("result.json"));
    assertThat(result.path("method").asText()).isEqualTo("simclr");
    assertThat(result.path("steps").asInt()).isEqualTo(8);
    for (String key :
        List.of(
            "finalLoss",
            "untrainedKnnAccuracy",
            "trainedKnnAccuracy",
            "rawPixelAccuracy",
            "imagesPerSecond",
            "wallSeconds",
            "dataWaitShare")) {
      assertThat(result.path(key).isNumber()).as(key).isTrue();
    }
    assertThat(result.path("trainedKnnAccuracy").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void closingLinesNameTheRunAndTheNextCommand() {
    assertThat(pretrain.out())
        .contains("untrained   trained   raw pixels")
        .contains("accuracy")
        .contains(run.toString())
        .contains("step-0000000008")
        .contains(
            "Next: nolabel embed %s --data folder:%s"
                .formatted(run.resolve("backbone.onnx"), photos));
  }

  @Test
  void recordHoldsEveryOptionInEffect() {
    JsonNode record = Json.read(run.resolve("run.json"));
    assertThat(record.path("status").asText()).isEqualTo("complete");
    assertThat(record.at("/options/method/projectionDim").asInt()).isEqualTo(16);
    assertThat(record.at("/options/method/temperature").asDouble()).isEqualTo(0.5);
    assertThat(record.at("/options/run/batchSize").asInt()).isEqualTo(8);
    assertThat(record.at("/options/optimizer/weightDecay").asDouble()).isEqualTo(1e-6);
    assertThat(record.at("/options/backbone/width").asInt()).isEqualTo(4);
    assertThat(record.at("/data/trainingImages").asInt()).isEqualTo(33);
    assertThat(record.at("/data/fingerprint").asText()).hasSize(64);
    assertThat(record.at("/versions/onnxruntime").asText()).isNotEmpty();
    assertThat(record.at("/versions/nolabel").asText()).matches("\\d+\\..*");
    assertThat(record.at("/seconds/total").asDouble()).isPositive();
  }

  @Test
  void metricsHaveOneObjectPerStep() throws Exception {
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertThat(lines).hasSize(8);
    JsonNode last = new ObjectMapper().readTree(lines.get(7));
    assertThat(last.path("step").asInt()).isEqualTo(8);
    assertThat(last.path("epoch").asDouble()).isEqualTo(2.0);
    for (String key : List.of("loss", "learningRate", "imagesPerSecond")) {
      assertThat(last.path(key).isNumber()).as(key).isTrue();
    }
    assertThat(Folders.files(run.resolve("tensorboard"))).hasSize(1);
  }

  @Test
  void evaluateRepeatsTheReportedAccuracyAndChangesNoFile() {
    Map<String, String> before = Folders.fingerprints(run);
    Typed evaluate = Typed.nolabel("evaluate", run.toString(), "--protocol", "knn", "--json");
    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(accuracy(evaluate))
        .isEqualTo(Json.read(run.resolve("result.json")).path("trainedKnnAccuracy").asDouble());
    assertThat(Folders.fingerprints(run)).isEqualTo(before);
  }

  @Test
  void oneNeighbourOfTheGalleryItselfIsAllThatVotes() {
    Typed one = Typed.nolabel("evaluate", run.toString(), "--k", "1", "--json");
    Typed coldest =
        Typed.nolabel("evaluate", run.toString(), "--temperature", "0.001", "--k", "3", "--json");
    assertThat(tree(one).at("/results/accuracy/k").asInt()).isEqualTo(1);
    assertThat(accuracy(one)).isBetween(0.0, 1.0);
    assertThat(coldest.exitCode()).isZero();
  }

  @Test
  void exportOfTheLastCheckpointEqualsTheBackboneOfTheRun() {
    Path file = tmp.resolve("deep/er/exported.onnx");
    Typed export = Typed.nolabel("export", run.toString(), "--output", file.toString());
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(Folders.bytes(file)).isEqualTo(Folders.bytes(run.resolve("backbone.onnx")));
    JsonNode card = Json.read(file.resolveSibling("exported.json"));
    assertThat(card.path("featureWidth").asInt()).isEqualTo(FEATURES);
    assertThat(card.at("/preprocessing/size").asInt()).isEqualTo(16);
    assertThat(card.at("/preprocessing/cropShare").asDouble()).isEqualTo(1.0);
    assertThat(card.at("/preprocessing/mean/0").asDouble()).isEqualTo(0.485);
    assertThat(card.at("/preprocessing/channelOrder").asText()).isEqualTo("RGB");
    assertThat(card.at("/preprocessing/layout").asText()).isEqualTo("NCHW");
    assertThat(card.at("/preprocessing/valueRange").toString()).isEqualTo("[0,1]");
    assertThat(card.at("/preprocessing/steps/1").asText()).contains("transparent on white");
    assertThat(card.at("/preprocessing/steps/2").asText()).contains("EXIF orientation");
    assertThat(card.at("/preprocessing/steps/4").asText()).contains("16 pixels", "antialiased");
    assertThat(card.at("/provenance/method").asText()).isEqualTo("simclr");
    assertThat(card.at("/provenance/step").asText()).isEqualTo("8");
  }

  @Test
  void metadataSaysTheSameAsTheFileBeside() {
    Map<String, String> metadata = OnnxMetadata.read(Folders.bytes(run.resolve("backbone.onnx")));
    assertThat(metadata)
        .containsEntry("nolabel.preprocessing.size", "16")
        .containsEntry("nolabel.preprocessing.std", "0.229,0.224,0.225")
        .containsEntry("nolabel.preprocessing.transparency", "on white")
        .containsEntry("nolabel.preprocessing.orientation", "as EXIF says")
        .containsEntry("nolabel.step", "8")
        .containsEntry(
            "nolabel.dataFingerprint",
            Json.read(run.resolve("run.json")).at("/data/fingerprint").asText());
  }

  @Test
  void earlierCheckpointGivesOtherWeights() {
    Path file = tmp.resolve("earlier.onnx");
    Path earlier = run.resolve("checkpoints/step-0000000004");
    Typed export =
        Typed.nolabel(
            "export",
            run.toString(),
            "--output",
            file.toString(),
            "--checkpoint",
            earlier.toString());
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(OnnxMetadata.read(Folders.bytes(file))).containsEntry("nolabel.step", "4");
  }

  @Test
  void artifactsForOtherProgramsSayHowTheyAreUsed() {
    Path folder = tmp.resolve("other/artifacts");
    Typed export = Typed.nolabel("export", run.toString(), "--artifacts", folder.toString());
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.out()).contains("step-0000000008").contains("artifacts.json");
    for (String file :
        List.of("training_model.onnx", "eval_model.onnx", "optimizer_model.onnx", "checkpoint")) {
      assertThat(folder.resolve(file)).isNotEmptyFile();
    }
    JsonNode card = Json.read(folder.resolve("artifacts.json"));
    assertThat(card.at("/training/inputs/0/name").asText()).isEqualTo("view_1");
    assertThat(card.at("/training/inputs/1/type").asText()).isEqualTo("float[N, 3, 16, 16]");
    assertThat(card.at("/optimizer/algorithm").asText()).isEqualTo("adamw");
    assertThat(card.at("/optimizer/weightDecay").asDouble()).isEqualTo(1e-6);
    assertThat(card.at("/provenance/step").asText()).isEqualTo("8");
  }

  @Test
  void artifactsMayHaveAnotherOptimizer() {
    Path folder = tmp.resolve("sgd");
    Typed export =
        Typed.nolabel(
            "export", run.toString(), "--artifacts", folder.toString(), "--optimizer=SGD");
    assertThat(export.exitCode()).as(export.err()).isZero();
    JsonNode card = Json.read(folder.resolve("artifacts.json"));
    assertThat(card.at("/optimizer/algorithm").asText()).isEqualTo("sgd");
    assertThat(card.at("/optimizer/weightDecay").isMissingNode()).isTrue();
  }

  @Test
  void embedWritesOneRowPerImageInTheirOrder() throws IOException {
    Path features = tmp.resolve("features.npy");
    Path labels = tmp.resolve("labels.npy");
    Path model = run.resolve("backbone.onnx");
    Typed embed =
        Typed.nolabel(
            "embed",
            model.toString(),
            "--data",
            "folder:" + photos,
            "--output",
            features.toString(),
            "--labels",
            labels.toString());
    assertThat(embed.exitCode()).as(embed.err()).isZero();
    assertThat(header(features)).contains("'descr': '<f4'").contains("(36, 32)");
    assertThat(header(labels)).contains("'descr': '<i8'").contains("(36,)");
    assertThat(Files.readAllLines(tmp.resolve("features.names.txt")))
        .hasSize(36)
        .startsWith("class-0/image-00.png")
        .endsWith("class-2/image-11.png");
    float[] expected = embedded(model).values();
    ByteBuffer rows = payload(features);
    for (float value : expected) {
      assertThat(rows.getFloat()).isCloseTo(value, within(1e-5f));
    }
    assertThat(rows.hasRemaining()).isFalse();
    ByteBuffer classes = payload(labels);
    for (int i = 0; i < IMAGES; i++) {
      assertThat(classes.getLong()).isEqualTo(i / (IMAGES / 3));
    }
  }

  @Test
  void embedWritesTablesThatNameTheirRows() throws IOException {
    Path table = tmp.resolve("features.csv");
    String model = run.resolve("backbone.onnx").toString();
    Typed embed =
        Typed.nolabel("embed", model, "--data", "folder:" + photos, "--output", table.toString());
    assertThat(embed.exitCode()).as(embed.err()).isZero();
    assertThat(embed.out()).contains("36 rows of path, label, caption and 32 features");
    List<String> lines = Files.readAllLines(table);
    assertThat(lines).hasSize(37);
    assertThat(lines.get(0)).startsWith("path,label,caption,f0,").endsWith(",f31");
    assertThat(lines.get(36)).startsWith("class-2/image-11.png,class-2,,");
    assertThat(tmp.resolve("features.names.txt")).doesNotExist();
    Path parquet = tmp.resolve("features.parquet");
    Typed second =
        Typed.nolabel("embed", model, "--data", "folder:" + photos, "--output", parquet.toString());
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(Files.readString(parquet, StandardCharsets.ISO_8859_1))
        .startsWith("PAR1")
        .endsWith("PAR1")
        .contains("class-2/image-11.png");
  }

  @Test
  void anExportInHalfPrecisionSaysWhatThatChanged() throws IOException {
    Path whole = tmp.resolve("whole.onnx");
    Path half = tmp.resolve("half.onnx");
    Typed.nolabel("export", run.toString(), "--output", whole.toString());
    Typed export =
        Typed.nolabel("export", run.toString(), "--output=" + half, "--precision", "fp16");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.out()).contains("of the run's images: mean 0.99", "kNN accuracy: ");
    JsonNode card = Json.read(tmp.resolve("half.json")).path("provenance");
    assertThat(card.path("precision").asText()).isEqualTo("fp16");
    assertThat(card.path("fidelity.leastCosine").asDouble()).isBetween(0.999, 1.000001);
    float[] rounded = embedded(half).values();
    float[] exact = embedded(whole).values();
    Typed eight =
        Typed.nolabel("export", run.toString(), "--output=" + half, "--precision", "int8");
    assertThat(eight.exitCode()).isEqualTo(2);
    assertThat(eight.err()).contains("multiplies by no matrix that could be int8");
    assertThat(rounded).as("something was rounded").isNotEqualTo(exact);
    for (int i = 0; i < exact.length; i++) {
      assertThat(rounded[i]).isCloseTo(exact[i], within(0.02f));
    }
  }

  @Test
  void aBrokenImageHasNoRowAndTheNamesSayWhichRowsThereAre() throws IOException {
    Path some = TinyPhotos.unlabelled(tmp.resolve("some"), 3);
    Folders.write(some.resolve("image-01.png"), "no image");
    Path features = tmp.resolve("some.npy");
    Path labels = tmp.resolve("some-labels.npy");
    Typed embed =
        Typed.nolabel(
            "embed",
            run.resolve("backbone.onnx").toString(),
            "--data",
            "folder:" + some,
            "--output",
            features.toString(),
            "--labels=" + labels);
    assertThat(embed.exitCode()).as(embed.err()).isZero();
    assertThat(embed.err())
        .contains("1 of 3 images cannot be read; they have no row:")
        .contains("image-01.png");
    assertThat(embed.out()).contains("[2, %d]".formatted(FEATURES), "some.names.txt names");
    assertThat(header(features)).contains("(2, %d)".formatted(FEATURES));
    assertThat(header(labels)).contains("(2,)");
    ByteBuffer rows = payload(features);
    assertThat(rows.remaining()).isEqualTo(2 * FEATURES * Float.BYTES);
    while (rows.hasRemaining()) {
      assertThat(rows.getFloat()).isFinite();
    }
    assertThat(Files.readAllLines(tmp.resolve("some.names.txt")))
        .containsExactly("image-00.png", "image-02.png");
  }

  @Test
  void completeRunHasNothingToResume() {
    Map<String, String> before = Folders.fingerprints(run);
    Typed resume = Typed.nolabel("pretrain", "--resume", "--out", run.toString());
    assertThat(resume.exitCode()).isZero();
    assertThat(resume.err()).contains("nothing to resume");
    assertThat(Folders.fingerprints(run)).isEqualTo(before);
  }

  private static FeatureMatrix embedded(Path model) {
    TrainingRuntime runtime = TrainingRuntime.find();
    ImageDataset images =
        Datasets.images("folder:" + photos, DatasetSettings.DEFAULTS, notice -> {});
    Iterable<Tensor> batches =
        new HeldOut(images, List.of(), List.of())
            .preprocessed(Preprocessing.standard(16))
            .batches(IMAGES);
    try (Embedder embedder = runtime.embedder(runtime.read(model), DeviceSettings.DEFAULTS)) {
      return FeatureMatrix.embed(embedder, batches);
    }
  }

  private static double accuracy(Typed evaluate) {
    return tree(evaluate).at("/results/accuracy/accuracy").asDouble();
  }

  private static JsonNode tree(Typed typed) {
    try {
      return new ObjectMapper().readTree(typed.out());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(typed.out() + typed.err(), e);
    }
  }

  private static String header(Path file) {
    return new String(Folders.bytes(file), 10, 118, StandardCharsets.US_ASCII);
  }

  private static ByteBuffer payload(Path file) {
    byte[] bytes = Folders.bytes(file);
    return ByteBuffer.wrap(bytes, 128, bytes.length - 128).order(ByteOrder.LITTLE_ENDIAN);
  }
}
