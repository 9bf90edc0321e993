package com.example.quickstart

import io.github.nolabel.runs.RunPlan
import io.github.nolabel.runs.Runs
import io.github.nolabel.runs.watch.Progress
import java.nio.file.Files
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class PretrainInKotlinTest {

  @Test
  fun tenLinesTrainAndLeaveABackbone(@TempDir folder: Path) {
    val photos = Photos.twoClasses(folder.resolve("photos"), 12)
    val backbone = folder.resolve("backbone.onnx")
    val plan =
      RunPlan.of("simclr")
        .data("folder:$photos")
        .backbone("small-cnn")
        .epochs(2)
        .batchSize(8)
        .imageSize(16)
        .set("temperature", 0.2)
    val run = Runs.pretrain(plan, folder.resolve("run"), Progress.on(System.out))
    run.backbone().save(backbone)
    assertThat(run.isComplete).isTrue()
    assertThat(run.result().trained()).containsOnlyKeys("accuracy")
    assertThat(Files.size(backbone)).isPositive()
  }
}
