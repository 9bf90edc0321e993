package io.github.nolabel.examples

import io.github.nolabel.runs.RunPlan
import io.github.nolabel.runs.Runs
import io.github.nolabel.runs.watch.Progress
import java.nio.file.Path

/** Pre-trains a backbone on a folder of images and writes it as ONNX. */
object PretrainInKotlin {

  @JvmStatic
  fun pretrain(photos: Path, directory: Path, backbone: Path, batchSize: Int, epochs: Int) {
    // README:begin
    val plan =
      RunPlan.of("simclr")
        .data("folder:$photos")
        .backbone("small-cnn")
        .epochs(epochs)
        .batchSize(batchSize)
        .set("temperature", 0.2)
    val run = Runs.pretrain(plan, directory, Progress.on(System.out))
    println(run.result().trained()) // accuracies, if the photos are in class folders
    run.backbone().save(backbone)
    // README:end
  }
}
