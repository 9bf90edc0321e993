package io.github.nolabel.runs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.runs.Photos;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.report.Story.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {

  private static final String NASTY = "<i onload=\"x\">red & 'blue'";

  @TempDir static Path folder;
  private static Path trained = Path.of("");

  @BeforeAll
  static void train() {
    trained = folder.resolve(NASTY);
    Runs.pretrain(plan(), trained);
  }

  private static RunPlan plan() {
    return RunPlan.of("simclr")
        .data(Photos.of(folder.resolve("photos"), 12))
        .backbone("small-cnn")
        .epochs(4)
        .batchSize(8)
        .imageSize(16)
        .set("evaluation.everyEpochs", 1)
        .set("backbone.width", 4)
        .set("backbone.stages", 2)
        .set("projectionDim", 8);
  }

  @Test
  void everySectionIsThereAndTheNumbersAreThoseOfTheRun() throws IOException {
    Parsed page = report(trained);
    assertThat(page.texts("//section/h2"))
        .contains("What was learnt", "Loss", "Monitors", "Schedules", "Time", "Configuration");
    Run run = Runs.open(trained);
    RunResult result = run.result();
    assertThat(page.texts("//section[@class='learnt']//tbody/tr[1]/td"))
        .containsExactly(
            "accuracy",
            Units.percent(result.anchors().untrained().getOrDefault("accuracy", -1.0)),
            Units.percent(result.trained().getOrDefault("accuracy", -1.0)),
            Units.percent(result.anchors().rawPixels().getOrDefault("accuracy", -1.0)));
    assertThat(page.texts("//*[@class='tile']/b"))
        .contains(
            Units.percent(result.trained().getOrDefault("accuracy", -1.0)),
            Units.number(result.training().finalLoss()));
    assertThat(page.texts("//section[@class='configuration']//tr[td[1]='projectionDim']/td[2]"))
        .containsExactly("8");
  }

  @Test
  void theCurveIsThatOfTheMetricsAndItsLevelTheLogarithmOfTheCandidates() throws IOException {
    Parsed page = report(trained);
    List<Point> losses = Story.read(trained).series("loss");
    assertThat(losses).isNotEmpty();
    String loss = "//section[@class='loss']";
    assertThat(page.texts(loss + "//polyline[contains(@class,'faint')]/@points"))
        .singleElement()
        .satisfies(points -> assertThat(points.split(" ")).hasSameSizeAs(losses));
    assertThat(page.texts(loss + "//text[@class='levelname']"))
        .containsExactly("tells nothing apart: ln(2·8 − 1) = 2.708");
    assertThat(page.texts(loss + "/p[1]").get(0))
        .contains("It began at " + Units.number(losses.get(0).value()));
  }

  @Test
  void everyPictureIsInThePage() throws IOException {
    Parsed page = report(trained);
    int images = Runs.open(trained).examination().data().heldOut().images().size();
    assertThat(page.texts("//section[@class='map']//h3")).hasSize(2);
    for (int map = 1; map <= 2; map++) {
      String drawing = "//section[@class='map']//div[@class='maps']/div[%d]".formatted(map);
      assertThat(page.texts(drawing + "//circle[contains(@class,'dot')] | " + drawing + "//image"))
          .as("an image of the evaluation each")
          .hasSize(images);
    }
    assertThat(page.texts("//section[@class='neighbours']/h3"))
        .containsExactly("Best", "Typical", "Worst");
    assertThat(page.texts("//section[@class='views']//div[@class='row'][1]//img/@src"))
        .as("the image and its two views")
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allMatch(address -> address.startsWith("data:image/jpeg;base64,"));
  }

  /** The diagonal holds the share that the run itself found, before and whatever is drawn. */
  @Test
  void theConfusionMatrixCountsTheAnswersOfTheNeighbours() throws IOException {
    Parsed page = report(trained);
    String matrix = "//section[@class='confusion']//table//tr";
    assertThat(page.texts(matrix + "/th[not(.='')]")).contains("1 blue", "2 red");
    long right = sum(page.texts(matrix + "/td[@class='hit']"));
    long all = right + sum(page.texts(matrix + "/td[@class='miss']"));
    assertThat((double) right / all)
        .isEqualTo(Runs.open(trained).result().trained().getOrDefault("accuracy", -1.0));
  }

  private static long sum(List<String> cells) {
    return cells.stream().filter(cell -> !cell.equals("·")).mapToLong(Long::parseLong).sum();
  }

  @Test
  void withoutItsDataARunHasAllButPictures() throws IOException {
    Path other = folder.resolve("other");
    Runs.pretrain(plan().data(Photos.of(folder.resolve("gone"), 12)), other);
    Files.move(folder.resolve("gone"), folder.resolve("moved"));
    Parsed page = report(other);
    assertThat(page.texts("//section[@class='pictures']").get(0))
        .contains("There are no pictures of this run", "gone");
    assertThat(page.texts("//section/h2")).contains("Loss", "Configuration");
  }

  @Test
  void runsAreComparedByWhatDiffers() throws IOException {
    Path hotter = folder.resolve("hotter");
    Runs.pretrain(plan().set("temperature", 1), hotter);
    Parsed page = report(trained, hotter);
    assertThat(page.texts("//section[@class='differences']//tbody/tr/td"))
        .containsExactly("method.temperature", "0.5", "1.0");
    assertThat(page.texts("//section[@class='surroundings']").get(0))
        .contains("Data, machine, versions and revision are the same.");
    assertThat(page.texts("//section[@class='curves']//figure[1]//polyline")).hasSize(2);
    assertThat(page.texts("//section[@class='results']//tbody/tr/td[1]"))
        .containsExactly(NASTY, "hotter");
    assertThat(page.texts("//details/summary")).contains(NASTY, "hotter");
  }

  @Test
  void anotherMachineIsADifference() throws IOException {
    Path moved = folder.resolve("moved-run");
    Files.createDirectories(moved);
    String record = Files.readString(trained.resolve("run.json"));
    Files.writeString(
        moved.resolve("run.json"),
        record
            .replace("\"complete\"", "\"interrupted\"")
            .replaceFirst("\"processor\"( ?: ?)\"[^\"]*\"", "\"processor\"$1\"an abacus\""));
    assertThat(report(trained, moved).texts("//section[@class='surroundings']//tbody/tr/td"))
        .hasSize(3)
        .startsWith("processor")
        .endsWith("an abacus");
  }

  @Test
  void namesAreShownAsTheyAreAndNothingIsFetched() throws IOException {
    Parsed page = report(trained);
    assertThat(page.texts("//h1")).containsExactly(NASTY);
    assertThat(page.texts("/html/head/title")).containsExactly(NASTY);
    assertThat(page.texts("//h1/*")).isEmpty();
    assertThat(page.texts("//script | //link | //iframe | //@onload | //@onerror")).isEmpty();
    assertThat(page.texts("//@src | //@href"))
        .allMatch(target -> target.startsWith("data:") || target.startsWith("#"));
    assertThat(page.source()).doesNotContain("url(", "@import");
  }

  @Test
  void aRunWithoutMetricsAndResultSaysSo() throws IOException {
    Path bare = folder.resolve("bare");
    Files.createDirectories(bare);
    String record = Files.readString(trained.resolve("run.json"));
    Files.writeString(bare.resolve("run.json"), record.replace("\"complete\"", "\"interrupted\""));
    Parsed page = report(bare);
    assertThat(page.texts("//*[@class='sentence']").get(0))
        .contains("was stopped after 0 of 8 steps");
    assertThat(page.texts("//section[@class='loss']").get(0)).contains("There is no curve");
    assertThat(page.texts("//section[@class='learnt']").get(0)).contains("is not complete");
    assertThat(page.texts("//section[@class='monitors']").get(0))
        .contains("No step has reported any");
  }

  @Test
  void aLineThatWasCutShortEndsTheCurve() throws IOException {
    Path cut = folder.resolve("metrics.jsonl");
    Files.writeString(
        cut,
        """
        {"step":1,"loss":2.5,"values":{"gradient_norm":null,"feature_std":0.5}}
        {"step":2,"loss":nu\
        """);
    assertThat(MetricPoint.read(cut))
        .containsExactly(new MetricPoint(1, java.util.Map.of("loss", 2.5, "feature_std", 0.5)));
  }

  @Test
  void whatIsNoRunIsRefusedAndNothingWritten() {
    Path page = folder.resolve("none.html");
    assertThatThrownBy(() -> RunReport.write(List.of(trained, folder), page))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is not the folder of a run");
    assertThat(page).doesNotExist();
  }

  private static Parsed report(Path... runs) throws IOException {
    Path page = Files.createTempDirectory(folder, "page").resolve("report.html");
    RunReport.write(List.of(runs), page);
    assertThat(page.getParent()).isDirectoryNotContaining("glob:**.tmp");
    return Parsed.read(page);
  }
}
