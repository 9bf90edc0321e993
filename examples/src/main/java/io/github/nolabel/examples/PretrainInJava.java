package io.github.nolabel.examples;

import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.watch.Progress;
import java.nio.file.Path;

/** Pre-trains a backbone on a folder of images and writes it as ONNX. */
public final class PretrainInJava {

  private PretrainInJava() {}

  /**
   * @param photos a folder of images
   * @param directory where the run goes
   * @param backbone the file to write
   */
  public static void pretrain(
      Path photos, Path directory, Path backbone, int batchSize, int epochs) {
    // README:begin
    RunPlan plan =
        RunPlan.of("simclr")
            .data("folder:" + photos)
            .backbone("small-cnn")
            .epochs(epochs)
            .batchSize(batchSize)
            .set("temperature", 0.2);
    Run run = Runs.pretrain(plan, directory, Progress.on(System.out));
    System.out.println(run.result().trained()); // accuracies, if the photos are in class folders
    run.backbone().save(backbone);
    // README:end
  }

  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[1]);
    pretrain(Path.of(arguments[0]), directory, directory.resolve("photos.onnx"), 64, 10);
  }
}
