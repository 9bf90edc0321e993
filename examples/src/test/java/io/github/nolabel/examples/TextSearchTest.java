package io.github.nolabel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.PreparedTexts;
import io.github.nolabel.inference.ExportedTexts;
import io.github.nolabel.inference.ImageSearch;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.text.Tokenizer;
import io.github.nolabel.text.Tokenizers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny run with captions, used by its exported files alone. */
class TextSearchTest {

  private static final int LENGTH = 8;

  @TempDir static Path directory;

  private static Path run;
  private static Path photos;

  @BeforeAll
  static void train() throws IOException {
    run = directory.resolve("run");
    photos = Shapes.write(directory.resolve("photos"), 48);
    RunPlan plan =
        RunPlan.of("clip")
            .data("folder:" + photos)
            .backbone("small-cnn")
            .set("backbone.width", 4)
            .imageSize(16)
            .epochs(40)
            .batchSize(16)
            .set("text.length", LENGTH)
            .set("text.width", 32)
            .set("text.depth", 1)
            .set("text.heads", 2);
    Runs.pretrain(plan, run);
  }

  @Test
  void theBestPhotosComeFirst() throws IOException {
    List<ImageSearch.Hit> hits = search("a red square");
    assertThat(hits).hasSize(10);
    assertThat(hits).isSortedAccordingTo(Comparator.comparing(ImageSearch.Hit::cosine).reversed());
    assertThat(hits)
        .extracting(ImageSearch.Hit::image)
        .allMatch(Files::exists)
        .doesNotHaveDuplicates();
    assertThat(hits)
        .extracting(ImageSearch.Hit::cosine)
        .allMatch(cosine -> Math.abs(cosine) < 1.001);
  }

  @Test
  void aColourFindsPhotosOfIt() throws IOException {
    for (String colour : Shapes.COLOURS.keySet()) {
      assertThat(search("a " + colour + " square").subList(0, 5))
          .filteredOn(hit -> hit.image().getFileName().toString().startsWith(colour))
          .hasSizeGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void theTextTowerIsThatOfTheTrainingRuntime() {
    Tokenizer tokenizer = Tokenizers.read(run.resolve("tokenizer.json"));
    try (TrainingRuntime runtime = TrainingRuntime.find();
        Model model =
            runtime.model(runtime.read(run.resolve("text.onnx")), DeviceSettings.DEFAULTS);
        ExportedTexts texts = ExportedTexts.open(run.resolve("text.onnx"))) {
      List<String> captions =
          List.of("a red square", "blue", "", "something never seen, and far too long for it");
      float[] expected =
          PreparedTexts.of(captions, tokenizer, model).features(model, captions.size()).values();
      for (int i = 0; i < captions.size(); i++) {
        int width = texts.featureWidth();
        assertThat(texts.embed(captions.get(i)))
            .containsExactly(
                Arrays.copyOfRange(expected, i * width, (i + 1) * width), within(1e-5f));
      }
    }
  }

  @Test
  void theProgramTakesARunOrItsFiles() throws IOException {
    String byRun = printed(run.toString(), photos.toString(), "a red square");
    assertThat(byRun.lines()).hasSize(10).first().asString().matches("0\\.\\d{3} .*red.*\\.png");
    assertThat(
            printed(
                run.resolve("image.onnx").toString(),
                run.resolve("text.onnx").toString(),
                run.resolve("tokenizer.json").toString(),
                photos.toString(),
                "a red square"))
        .isEqualTo(byRun);
  }

  private static String printed(String... arguments) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      TextSearch.main(arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static List<ImageSearch.Hit> search(String query) throws IOException {
    return TextSearch.search(
        run.resolve("image.onnx"),
        run.resolve("text.onnx"),
        run.resolve("tokenizer.json"),
        photos,
        query);
  }
}
