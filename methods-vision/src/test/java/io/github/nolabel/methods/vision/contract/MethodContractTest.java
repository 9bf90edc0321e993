package io.github.nolabel.methods.vision.contract;

import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.methods.vision.TeacherFile;
import io.github.nolabel.testkit.MethodContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method that is registered keeps the contract, and some with other options as well. */
@ParameterizedClass(name = "{0}")
@MethodSource("cases")
@Execution(ExecutionMode.CONCURRENT)
class MethodContractTest {

  private static final Path GRAPHS = Path.of("src", "test", "resources", "graphs");

  /** Both directions, with twice the rows per batch in the queue. */
  private static final String SYMMETRIC = "moco-v2, symmetric";

  /** What the teacher says is an input of the step. */
  private static final String KNOWN = "distil, features known";

  private final String tested;

  @TempDir Path directory;

  MethodContractTest(String tested) {
    this.tested = tested;
  }

  static Stream<String> cases() {
    return Stream.concat(
        Methods.all().all().stream().map(MethodProvider::name), Stream.of(SYMMETRIC, KNOWN));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return contract().tests().stream();
  }

  private MethodContract contract() {
    return switch (tested) {
      case SYMMETRIC -> of("moco-v2").with(Map.of("symmetric", "true", "queueSize", "64"));
      case KNOWN -> of("distil").with(Map.of("teacher", teacher(), "teacherFeatures", "once"));
      default -> standard(tested).golden(GRAPHS.resolve(tested + ".txt"));
    };
  }

  private MethodContract standard(String method) {
    return switch (method) {
      case "barlow-twins" ->
          of(method)
              .vanishing(
                  "student/projector/layer_3/bias",
                  "the loss standardises every feature over the batch, which undoes a shift");
      case "byol" ->
          of(method)
              .vanishing(
                  "student/projector/layer_2/bias",
                  "the predictor's batch normalisation undoes a shift of its input");
      // While centre and temperature of the teacher move, so does the smallest possible loss: both
      // stand still here.
      case "dino" ->
          of(method).with(Map.of("warmupTempTeacherEpochs", "1000", "centerMomentum", "1"));
      case "distil" -> of(method).with(Map.of("teacher", teacher()));
      default -> of(method);
    };
  }

  private MethodContract of(String method) {
    return MethodContract.of(method, directory)
        .sharing("^queue(_\\d)?/(rows|ages)$", Sharing.LOCAL)
        .sharing("^center/mean$", Sharing.AVERAGED);
  }

  private String teacher() {
    return "onnx:" + TeacherFile.in(directory, "mobilenet-script");
  }
}
