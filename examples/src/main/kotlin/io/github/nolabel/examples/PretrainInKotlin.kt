package io.github.nolabel.examples

import io.github.nolabel.api.train.TrainingRuntime
import io.github.nolabel.api.export.BackboneExporter
import io.github.nolabel.method.Methods
import io.github.nolabel.api.train.RunSpec
import io.github.nolabel.api.train.TrainerSettings
import io.github.nolabel.data.DatasetSettings
import io.github.nolabel.data.Datasets
import io.github.nolabel.data.load.BatchLoader
import io.github.nolabel.data.load.LoaderSettings
import io.github.nolabel.runs.watch.ProgressLine
import java.nio.file.Path

/** Pre-trains a backbone on a folder of images and writes it as ONNX. */
object PretrainInKotlin {

  @JvmStatic
  fun pretrain(photos: Path, directory: Path, batchSize: Int, epochs: Int) {
    // README:begin
    val data = Datasets.open("folder:$photos", DatasetSettings.DEFAULTS)
    val run = RunSpec.of("small-cnn", 32, batchSize, data.training().size().toLong(), epochs.toLong())
    val simclr = Methods.compile("simclr", mapOf("temperature" to "0.2"), run)
    val batches =
      BatchLoader(data.training(), simclr.recipe().views(), LoaderSettings(batchSize, 0, 2, false))
    TrainingRuntime.find().open(simclr.recipe(), TrainerSettings.fresh(directory, run)).use { trainer ->
      trainer.train(batches, listOf(ProgressLine(System.out, System::nanoTime, false)))
      simclr.exporter()
        .export(trainer.state(), BackboneExporter.BACKBONE, mapOf("data" to photos.toString()))
        .save(directory.resolve("backbone.onnx"))
    }
    // README:end
  }
}
