package io.github.nolabel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.inference.ExportedCaptioner;
import io.github.nolabel.inference.ImageFiles;
import io.github.nolabel.inference.generate.Generation;
import io.github.nolabel.inference.generate.Sampling;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.engine.Captioning;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.text.Tokenizer;
import io.github.nolabel.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny run that learns to write captions, used by its exported files alone. */
class CaptionImagesTest {

  private static final int LENGTH = 8;
  private static final Set<String> WORDS =
      Set.of("a", "red", "green", "blue", "yellow", "square", "circle");

  @TempDir static Path directory;

  private static Path run;
  private static List<Path> photos;

  @BeforeAll
  static void train() throws IOException {
    run = directory.resolve("run");
    Path folder = Shapes.write(directory.resolve("photos"), 48);
    try (Stream<Path> files = Files.list(folder)) {
      photos = files.filter(file -> file.toString().endsWith(".png")).sorted().limit(8).toList();
    }
    RunPlan plan =
        RunPlan.of("simvlm")
            .data("folder:" + folder)
            .backbone("small-cnn")
            .set("backbone.width", 4)
            .imageSize(16)
            .epochs(40)
            .batchSize(16)
            .set("text.length", LENGTH)
            .set("text.width", 32)
            .set("encoderDepth", 1)
            .set("decoderDepth", 1)
            .set("maxPrefixLength", 2);
    Runs.pretrain(plan, run);
  }

  @Test
  void captionsAreMadeOfTheWordsThatWereLearnt() {
    Map<Path, String> captions = CaptionImages.captions(decoder(), photos);
    assertThat(captions).containsOnlyKeys(photos);
    assertThat(captions.values())
        .allSatisfy(caption -> assertThat(WORDS).containsAll(Arrays.asList(caption.split(" "))));
  }

  @Test
  void theyAreWhatTheTrainingRuntimeWritesGreedily() {
    Tokenizer tokenizer = Tokenizers.read(run.resolve("tokenizer.json"));
    try (TrainingRuntime runtime = TrainingRuntime.find();
        Model model = runtime.model(runtime.read(decoder()), DeviceSettings.DEFAULTS);
        ExportedCaptioner captioner = ExportedCaptioner.open(decoder())) {
      for (Path photo : photos) {
        Tensor image = ImageFiles.prepared(photo, captioner.card().preprocessing());
        assertThat(captioner.tokens(photo, Generation.DEFAULTS))
            .containsExactly(greedy(model, image, tokenizer.vocabulary()));
      }
    }
  }

  @Test
  void theSameSeedWritesTheSameCaption() {
    Generation how = Generation.DEFAULTS.withSampling(Sampling.RANDOM).withSeed(3);
    try (ExportedCaptioner captioner = ExportedCaptioner.open(decoder())) {
      String caption = captioner.caption(photos.get(0), how);
      assertThat(captioner.caption(photos.get(0), how)).isEqualTo(caption);
      assertThat(captioner.tokens(photos.get(0), how)).hasSizeLessThanOrEqualTo(LENGTH);
    }
  }

  @Test
  void theCaptionsOfHeldOutImagesSurpriseItLess() {
    RunResult result = RunResult.read(new RunDirectory(run));
    Map<String, Double> trained = result.captions();
    double perplexity = trained.getOrDefault(Captioning.PERPLEXITY, Double.NaN);
    assertThat(perplexity)
        .isBetween(1.0, trained.getOrDefault(Captioning.UNIGRAMS, Double.NaN))
        .isLessThan(result.anchors().captions().getOrDefault(Captioning.PERPLEXITY, Double.NaN));
    assertThat(trained.getOrDefault(Captioning.UNIGRAMS, Double.NaN))
        .isLessThan(trained.getOrDefault(Captioning.VOCABULARY, Double.NaN));
  }

  @Test
  void whatIsNoDecoderIsNamed() throws IOException {
    Path alone = Files.copy(decoder(), directory.resolve("alone.onnx"));
    assertThatThrownBy(() -> ExportedCaptioner.open(directory.resolve("none.onnx")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("none.onnx'; name the decoder.onnx of a run");
    assertThatThrownBy(() -> ExportedCaptioner.open(alone))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no tokenizer.json beside");
    assertThatThrownBy(() -> ExportedCaptioner.open(run.resolve("backbone.onnx")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("reads [images]; expected 'images', 'input_ids'");
  }

  /** The likeliest word again and again, without the code that generates. */
  private static long[] greedy(Model model, Tensor image, Vocabulary vocabulary) {
    long[] ids = new long[LENGTH];
    Arrays.fill(ids, vocabulary.padding());
    long[] mask = new long[LENGTH];
    ids[0] = vocabulary.start();
    int count = 1;
    while (count < LENGTH && ids[count - 1] != vocabulary.end()) {
      Arrays.fill(mask, 0, count, 1);
      Map<String, Tensor> read =
          Map.of(
              TrainingProgram.IMAGES, image,
              TrainingProgram.INPUT_IDS, Tensor.of(ids, 1, LENGTH),
              TrainingProgram.ATTENTION_MASK, Tensor.of(mask, 1, LENGTH));
      float[] logits =
          Objects.requireNonNull(model.run(read).get(TrainingProgram.LOGITS)).toFloats();
      ids[count] = likeliest(logits, (count - 1) * vocabulary.size(), vocabulary);
      count++;
    }
    return Arrays.copyOf(ids, count);
  }

  private static long likeliest(float[] logits, int first, Vocabulary vocabulary) {
    Set<Integer> never =
        Stream.of(vocabulary.padding(), vocabulary.unknown(), vocabulary.mask())
            .collect(java.util.stream.Collectors.toSet());
    int best = vocabulary.end();
    for (int token = 0; token < vocabulary.size(); token++) {
      if (!never.contains(token)
          && token != vocabulary.start()
          && logits[first + token] > logits[first + best]) {
        best = token;
      }
    }
    return best;
  }

  private static Path decoder() {
    return run.resolve("decoder.onnx");
  }
}
