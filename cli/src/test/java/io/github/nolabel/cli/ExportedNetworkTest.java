package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods with a teacher export it or the student, by default what their papers deploy. */
class ExportedNetworkTest {

  @TempDir Path tmp;

  @ParameterizedTest
  @CsvSource({"byol, student, teacher", "dino, teacher, student"})
  void theNetworkIsChosen(String method, String deployed, String other) {
    Path run = pretrained(method);
    byte[] byDefault = exported(run, "default");
    assertThat(exported(run, "deployed", "--network", deployed)).isEqualTo(byDefault);
    byte[] others = exported(run, "other", "--network", other);
    assertThat(others).isNotEqualTo(byDefault);
    assertThat(exported(run, "cut", "--cut", other + "-backbone")).isEqualTo(others);
  }

  private byte[] exported(Path run, String name, String... flags) {
    Path file = tmp.resolve(name + ".onnx");
    List<String> args =
        new ArrayList<>(List.of("export", run.toString(), "--output", file.toString()));
    args.addAll(List.of(flags));
    Typed typed = Typed.nolabel(args.toArray(String[]::new));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return Folders.bytes(file);
  }

  private Path pretrained(String method) {
    Path run = tmp.resolve("run");
    Typed typed =
        Typed.nolabel(
            "pretrain",
            method,
            "--preset=small",
            "--data=folder:" + TinyPhotos.labelled(tmp.resolve("photos"), 30),
            "--epochs=1",
            "--batch-size=8",
            "--image-size=16",
            "--backbone=small-cnn",
            "--set=backbone.width=4",
            "--set=backbone.stages=2",
            "--out=" + run);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return run;
  }
}
