package io.github.nolabel.methods.vision.simclr;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.DeviceConfig.ImageGradient;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.SessionKernels;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program of a whole method as a session on a card reads it. */
class CardProgramTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void weightsOfEqualExtentsAreUpdatedTogether(boolean mixed) {
    TrainingProgram program = program(mixed);
    List<Shape> small =
        program.state().stream()
            .filter(StateTensor::trained)
            .map(weight -> weight.shape())
            .filter(shape -> shape.elements().extent() <= 1 << 20)
            .toList();
    long weights = small.size();
    long kinds = small.stream().distinct().count();
    assertThat(kinds).isLessThan(weights);
    byte[] training = program.training().bytes();
    assertThat(count("Sqrt", training))
        .isEqualTo(count("Sqrt", onCard(training)) + weights - kinds);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void zerosAreMadeWhereTheyAreUsed(boolean mixed) {
    byte[] training = program(mixed).training().bytes();
    assertThat(count("ConstantOfShape", training)).isPositive();
    assertThat(count("ConstantOfShape", onCard(training))).isZero();
  }

  private static TrainingProgram program(boolean mixed) {
    OptimizerConfig optimizer =
        RecordOptions.override(
            OptimizerConfig.DEFAULTS, Map.of("mixedPrecision", Boolean.toString(mixed)));
    RunSpec spec =
        new RunSpec(
            "resnet18",
            Map.of("stem", "imagenet"),
            64,
            4,
            10,
            10,
            1,
            optimizer,
            ScheduleConfig.DEFAULTS);
    return Methods.compile("simclr", Map.of(), spec).recipe().program();
  }

  private static byte[] onCard(byte[] training) {
    try (SessionKernels kernels = SessionKernels.open(OrtLibrary.load(), KernelChoice.NONE, 1)) {
      return kernels.training(training, ImageGradient.TOGETHER, true);
    }
  }

  private static long count(String operator, byte[] model) {
    return nodes(model).stream().filter(node -> node.getOpType().equals(operator)).count();
  }

  private static List<NodeProto> nodes(byte[] model) {
    try {
      return ModelProto.parseFrom(model).getGraph().getNodeList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
