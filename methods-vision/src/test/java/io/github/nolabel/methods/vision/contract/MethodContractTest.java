package io.github.nolabel.methods.vision.contract;

import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.methods.vision.TeacherFile;
import io.github.nolabel.testkit.MethodContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every method that is registered keeps the contract. */
class MethodContractTest {

  private static final Path GRAPHS = Path.of("src", "test", "resources", "graphs");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicContainer> everyMethodKeepsTheContract() {
    return Methods.all().all().stream()
        .map(method -> DynamicContainer.dynamicContainer(method.name(), contract(method).tests()));
  }

  /** Both directions, with twice the rows per batch in the queue. */
  @TestFactory
  Stream<DynamicTest> symmetricMoCoKeepsTheContract() {
    return MethodContract.of("moco-v2", directory.resolve("symmetric"))
        .with(Map.of("symmetric", "true", "queueSize", "64"))
        .sharing("^queue/(rows|ages)$", Sharing.LOCAL)
        .tests()
        .stream();
  }

  /** What the teacher says is an input of the step. */
  @TestFactory
  Stream<DynamicTest> distillationFromKnownFeaturesKeepsTheContract() {
    String teacher = "onnx:" + TeacherFile.in(directory, "mobilenet-script");
    return MethodContract.of("distil", directory.resolve("once"))
        .with(Map.of("teacher", teacher, "teacherFeatures", "once"))
        .sharing("^queue/(rows|ages)$", Sharing.LOCAL)
        .tests()
        .stream();
  }

  private MethodContract contract(MethodProvider<?> method) {
    MethodContract contract =
        MethodContract.of(method, directory)
            .sharing("^queue(_\\d)?/(rows|ages)$", Sharing.LOCAL)
            .sharing("^center/mean$", Sharing.AVERAGED)
            .golden(GRAPHS.resolve(method.name() + ".txt"));
    return switch (method.name()) {
      case "barlow-twins" ->
          contract.vanishing(
              "student/projector/layer_3/bias",
              "the loss standardises every feature over the batch, which undoes a shift");
      case "byol" ->
          contract.vanishing(
              "student/projector/layer_2/bias",
              "the predictor's batch normalisation undoes a shift of its input");
      // While centre and temperature of the teacher move, so does the smallest possible loss: both
      // stand still here.
      case "dino" ->
          contract.with(Map.of("warmupTempTeacherEpochs", "1000", "centerMomentum", "1"));
      case "distil" ->
          contract.with(Map.of("teacher", "onnx:" + TeacherFile.in(directory, "mobilenet-script")));
      default -> contract;
    };
  }
}
