package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions of a run that learns to write them, as they are typed for and printed. */
class CaptionTest {

  @TempDir static Path tmp;

  private static Path photos;
  private static Path run;
  private static Typed trained;

  @BeforeAll
  static void train() {
    photos = TinyPhotos.unlabelled(tmp.resolve("photos"), 20);
    for (int i = 0; i < 20; i++) {
      Folders.write(photos.resolve("image-%02d.txt".formatted(i)), "a picture of number " + i % 2);
    }
    run = tmp.resolve("run");
    trained =
        Typed.nolabel(
            ("pretrain simvlm --data folder:%s --out %s --image-size 16 --epochs 2 --batch-size 4"
                    + " --set backbone.width=4 --set text.length=8 --set text.width=32")
                .formatted(photos, run)
                .split(" "));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  @Test
  void theRunSaysHowSurprisingTheCaptionsAre() {
    assertThat(trained.out())
        .contains("Captions of held-out images")
        .contains("perplexity per token")
        .contains("decoder.onnx")
        .contains("caption " + run);
    assertThat(run.resolve("decoder.onnx")).exists();
    assertThat(run.resolve("decoder.json"))
        .content()
        .contains("int64[N, 8]")
        .doesNotContain("features");
    assertThat(run.resolve("result.json"))
        .content()
        .contains("captionPerplexity", "unigramPerplexity", "untrainedCaptions");
  }

  @Test
  void theQuestionsAboutCaptionsAreAskedAgain() {
    Typed said = Typed.nolabel("evaluate", run.toString(), "--protocol", "caption", "--untrained");
    assertThat(said.exitCode()).as(said.err()).isZero();
    String line =
        trained
            .out()
            .lines()
            .filter(l -> l.contains("perplexity per token"))
            .findFirst()
            .orElseThrow();
    assertThat(said.out()).contains("Captions of held-out images").contains(line);
  }

  @Test
  void heldOutImagesStandBesideTheirTrueCaptions() {
    Typed said = Typed.nolabel("caption", run.toString(), "--count", "1");
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out().lines()).hasSize(3);
    assertThat(said.out()).contains("  written  ").contains("  true     a picture of number");
  }

  @Test
  void imagesThatAreNamedHaveNoTrueCaption() {
    String image = photos.resolve("image-03.png").toString();
    List<String> lines =
        Typed.nolabel("caption", run.toString(), image, "--sampling", "nucleus", "--seed", "2")
            .out()
            .lines()
            .toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).isEqualTo(image);
    assertThat(lines.get(1)).startsWith("  written");
  }

  @Test
  void theSameAsJson() {
    Typed said = Typed.nolabel("caption", run.toString(), "--count", "2", "--json");
    assertThat(said.out()).startsWith("{").contains("\"caption\"", "\"truth\"", "\"image\"");
  }

  @Test
  void anImageThatIsMissingIsNamed() {
    Typed said = Typed.nolabel("caption", run.toString(), tmp.resolve("none.png").toString());
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.complaints()).hasSize(1).first().asString().contains("none.png");
  }
}
