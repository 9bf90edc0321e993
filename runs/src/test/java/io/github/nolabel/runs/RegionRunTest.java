package io.github.nolabel.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on region features has no network of images that could be measured and exported. */
class RegionRunTest {

  @TempDir Path directory;

  @Test
  void isRefusedBeforeAnythingIsWritten() throws IOException {
    Path run = directory.resolve("run");
    RunPlan plan =
        RunPlan.of("vse")
            .data(described(directory.resolve("photos")))
            .backbone("small-cnn")
            .imageSize(16)
            .epochs(1)
            .batchSize(16)
            .set("text.width", 32)
            .set("text.depth", 1)
            .set("text.heads", 2)
            .set("method.features", "regions");
    assertThatThrownBy(() -> Runs.pretrain(plan, run))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("vse would read region features")
        .hasMessageContaining("method.features=image");
    assertThat(run.resolve("run.json")).doesNotExist();
  }

  private static String described(Path folder) throws IOException {
    String source = Photos.of(folder, 20);
    for (int i = 0; i < 20; i++) {
      Files.writeString(folder.resolve("red/" + i + ".txt"), "a reddish picture");
      Files.writeString(folder.resolve("blue/" + i + ".txt"), "a bluish picture");
    }
    return source;
  }
}
