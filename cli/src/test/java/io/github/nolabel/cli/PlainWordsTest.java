package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.file.Disk;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.cli.console.Interruption;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.file.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of data and runs that are not as one thinks. */
class PlainWordsTest {

  @TempDir Path tmp;
  private Path photos = Path.of("");

  @BeforeEach
  void take() {
    photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
  }

  @Test
  void oneFolderPerImageIsAskedAboutAndNoNumberIsMadeUp() throws IOException {
    Path apart = tmp.resolve("apart");
    for (Path photo : Folders.files(photos)) {
      String name = photos.relativize(photo).toString().replace('/', '-');
      Folders.write(apart.resolve(name).resolve("photo.png"), Folders.bytes(photo));
    }
    Typed said = pretrain(apart, tmp.resolve("run"));
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.err()).contains("Nothing can be held out of");
    assertThat(said.out())
        .contains("each of its 24 classes has one image only", "Is every folder really a class?");
    assertThat(said.out() + said.err()).doesNotContain("NaN");
  }

  @Test
  void aCompleteRunIsTrainedLongerAndTheScheduleIsSaid() {
    Path run = tmp.resolve("run");
    assertThat(pretrain(photos, run, "--epochs=2").exitCode()).isZero();
    Typed longer = Typed.nolabel("pretrain", "--resume", "--epochs=4", "--out=" + run);
    assertThat(longer.exitCode()).as(longer.err()).isZero();
    assertThat(longer.err())
        .contains("goes on to 4 epochs in place of 2", "from step 10 on", "20 steps in place of 10")
        .contains("becomes 0.000500 (it was to be 0.00)");
    assertThat(run.resolve("checkpoints/step-0000000020")).isDirectory();
    assertThat(Json.read(run.resolve("run.json")).at("/options/run/epochs").asInt()).isEqualTo(4);
    Typed again = Typed.nolabel("pretrain", "--resume", "--epochs=5", "--out=" + run);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(run.resolve("checkpoints/step-0000000025")).isDirectory();
  }

  @Test
  void aFreshRunStartsWithTheWeightsOfAnother() {
    Path first = tmp.resolve("first");
    assertThat(pretrain(photos, first, "--epochs=2").exitCode()).isZero();
    Path second = tmp.resolve("second");
    Typed said =
        pretrain(
            photos,
            second,
            "byol",
            "--init-from=" + first,
            "--set=optimizer.learningRate=0",
            "--set=hiddenDim=16",
            "--set=projectionDim=8");
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.err()).contains("weights come from step 10 of the run in " + first);
    JsonNode record = Json.read(second.resolve("run.json"));
    assertThat(record.at("/notes/0").asText()).contains("come from step 10");
    Map<String, Tensor> was = TrainingRuntime.find().saved(first).state();
    Map<String, Tensor> is = TrainingRuntime.find().saved(second).state();
    List<String> convolutions =
        was.keySet().stream().filter(n -> n.matches("student/stage_.*/conv/weight")).toList();
    assertThat(convolutions).isNotEmpty();
    for (String name : convolutions) {
      assertThat(values(is, name)).as(name).containsExactly(values(was, name));
      String teacher = name.replace("student/", "teacher/");
      assertThat(values(is, teacher)).as(teacher).containsExactly(values(was, name), within(1e-5f));
    }
    Typed resumed = Typed.nolabel("pretrain", "--resume", "--epochs=2", "--out=" + second);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
  }

  @Test
  void aQuestionMarkBelongsToAPathThatExists() throws IOException {
    Path odd = tmp.resolve("what?size=16&more");
    Files.move(photos, odd);
    Typed said = pretrain(odd, tmp.resolve("run"));
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  @Test
  void aRelativeSourceIsFoundFromAnotherFolder() {
    Path here = Path.of("").toAbsolutePath();
    Path run = tmp.resolve("run");
    assertThat(pretrain(here.relativize(photos), run).exitCode()).isZero();
    JsonNode data = Json.read(run.resolve("run.json")).path("data");
    assertThat(data.path("source").asText()).isEqualTo("folder:" + here.relativize(photos));
    assertThat(data.path("absoluteSource").asText()).isEqualTo("folder:" + photos);
    assertThat(Runs.open(run).settings().run().data()).isEqualTo("folder:" + photos);
  }

  @Test
  void outputThatNobodyTakesIsNoSuccess() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Console console =
        new Console(
            new PrintStream(full, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            "nolabel",
            new Interruption(() -> {}));
    assertThat(new Program(console, Disk.LOCAL).run("methods")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("The output cannot be written");
  }

  private Typed pretrain(Path data, Path out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("pretrain", "--data=folder:" + data, "--out=" + out, "--image-size=16"));
    args.addAll(List.of("--set", "backbone.width=4", "--batch-size=4"));
    args.addAll(List.of(more));
    if (args.stream().noneMatch(arg -> arg.startsWith("--epochs"))) {
      args.add("--epochs=1");
    }
    return Typed.nolabel(args.toArray(String[]::new));
  }

  private static float[] values(Map<String, Tensor> state, String name) {
    return Objects.requireNonNull(state.get(name), name).toFloats();
  }
}
