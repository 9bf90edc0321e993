package io.github.nolabel.runtime.kernels;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.google.protobuf.ByteString;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.DeviceConfig.Kernels;
import io.github.nolabel.api.train.DeviceConfig.Precision;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.ToyRun;
import io.github.nolabel.runtime.kernels.convolution.ConvolutionGradientKernel;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelPolicyTest {

  private static final AttributeProto SQUARE = attribute("kernel_shape", List.of(3L, 3L));

  @Test
  void convolutionsOverHeightAndWidthAreCovered() {
    KernelChoice choice = chosen(new OnnxText().node("y = Conv(x, w)", SQUARE));
    assertThat(choice.name()).isEqualTo("onednn-tiles");
    assertThat(choice.described())
        .isEqualTo(
            "oneDNN %s for Conv, ConvGrad with tiles, else ONNX Runtime's"
                .formatted(OneDnn.version()));
    assertThat(choice.withTiles(false).name()).isEqualTo("onednn");
  }

  @Test
  void oneNodeThatIsNotCoveredLeavesItsOperatorToTheRuntime() {
    KernelChoice choice =
        chosen(
            new OnnxText()
                .node("y = Conv(x, w)", SQUARE)
                .node("z = Conv(a, b)", attribute("kernel_shape", List.of(3L)))
                .microsoft("dx, dw = ConvGrad(y, x, w)", SQUARE));
    assertThat(choice.operators()).containsExactly(ConvolutionGradientKernel.OPERATOR);
    assertThat(choice.described())
        .endsWith(
            "for ConvGrad, else ONNX Runtime's (Conv 'node:z' is not known to be over height and width)");
  }

  @Test
  void threeAxesAutomaticPadsAndUnknownAxesAreNotCovered() {
    assertThat(chosen(new OnnxText().node("y = Conv(x, w)")).name()).isEqualTo("onnxruntime");
    OnnxText cube =
        new OnnxText().node("y = Conv(x, w)", attribute("kernel_shape", List.of(3L, 3L, 3L)));
    assertThat(chosen(cube).name()).isEqualTo("onnxruntime");
    AttributeProto automatic =
        AttributeProto.newBuilder()
            .setName("auto_pad")
            .setS(ByteString.copyFromUtf8("SAME_UPPER"))
            .setType(AttributeProto.AttributeType.STRING)
            .build();
    assertThat(chosen(new OnnxText().node("y = Conv(x, w)", SQUARE, automatic)).described())
        .isEqualTo("ONNX Runtime's (Conv 'node:y' pads by auto_pad=SAME_UPPER)");
  }

  @Test
  void otherFloatingTypesAreNotCoveredUnlessAllInputsAreSaidToBeFloat32() {
    OnnxText cast = new OnnxText().node("h = Cast(x)", attribute("to", 10L));
    assertThat(chosen(cast.node("y = Conv(h, w)", SQUARE)).described())
        .contains("may compute in another type than float32");
    OnnxText known =
        new OnnxText()
            .inputs(
                List.of(
                    TensorSpec.floats("x", Shape.of(1, 3, 8, 8)),
                    TensorSpec.floats("w", Shape.of(4, 3, 3, 3))))
            .node("h = Cast(x)", attribute("to", 10L))
            .node("y = Conv(x, w)", SQUARE);
    assertThat(chosen(known).name()).isEqualTo("onednn-tiles");
  }

  @Test
  void nodesOfInnerGraphsCount() {
    byte[] inner = new OnnxText().node("y = Conv(x, w)").bytes();
    AttributeProto branch =
        AttributeProto.newBuilder()
            .setName("then_branch")
            .setG(OnnxText.graph(inner))
            .setType(AttributeProto.AttributeType.GRAPH)
            .build();
    OnnxText outer =
        new OnnxText().node("v = Conv(x, w)", SQUARE).node("z = If(condition)", branch);
    assertThat(chosen(outer).name()).isEqualTo("onnxruntime");
  }

  @Test
  void aProgramWithoutSuchOperatorsHasNothingToChoose() {
    assertThat(chosen(new OnnxText().node("y = Tanh(x)")).described()).isEqualTo("ONNX Runtime's");
  }

  @Test
  void matrixProductsAreTheRuntimesUnlessTheyAreRounded() {
    KernelChoice choice = chosen(new OnnxText().node("y = MatMul(x, w)"));
    assertThat(choice.described()).isEqualTo("ONNX Runtime's");
    assertThat(choice.in(Arithmetic.BF16).name()).isEqualTo("onednn-bf16");
  }

  @Test
  void anotherGeluThanTheExactOneIsNotCovered() {
    AttributeProto tanh =
        AttributeProto.newBuilder()
            .setName("approximate")
            .setS(ByteString.copyFromUtf8("tanh"))
            .setType(AttributeProto.AttributeType.STRING)
            .build();
    assertThat(chosen(new OnnxText().node("y = Gelu(x)", tanh)).described())
        .isEqualTo("ONNX Runtime's (Gelu 'node:y' approximates by tanh)");
    assertThat(chosen(new OnnxText().node("y = Gelu(x)")).name()).isEqualTo("onednn");
  }

  @Test
  void askingForWhatIsMissingIsAMistake() {
    KernelPolicy missing =
        new KernelPolicy(() -> Optional.of("its library is not there"), Optional::empty, true);
    assertThatThrownBy(() -> missing.require(with(Kernels.ONEDNN), false))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "oneDNN's kernels were asked for and cannot be used here: its library is not there. Set device.kernels to 'auto' or 'onnxruntime'.");
    assertThatCode(() -> missing.require(with(Kernels.AUTO), false)).doesNotThrowAnyException();
  }

  @Test
  void theyAreForTheCpu() {
    KernelPolicy present = new KernelPolicy(Optional::empty, Optional::empty, true);
    assertThatThrownBy(() -> present.require(with(Kernels.ONEDNN), true))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("the device is cuda");
  }

  @Test
  void whereTheirSpeedIsUnknownTheyHaveToBeAskedFor() {
    KernelPolicy slow = new KernelPolicy(Optional::empty, Optional::empty, false);
    TrainingProgram program = ToyRun.STANDARD.recipe().program();
    assertThat(slow.choose(program, with(Kernels.AUTO), false).described())
        .isEqualTo("ONNX Runtime's (oneDNN: its speed is not known on this platform)");
    assertThat(slow.choose(program, with(Kernels.ONEDNN), false).reasons()).isEmpty();
    assertThat(slow.choose(program, with(Kernels.ONNXRUNTIME), false)).isEqualTo(KernelChoice.NONE);
    assertThat(slow.choose(program, with(Kernels.AUTO), true)).isEqualTo(KernelChoice.NONE);
  }

  @Test
  void bf16HasToBeAskedForAndToBeThere() {
    KernelPolicy present = new KernelPolicy(Optional::empty, Optional::empty, true);
    KernelPolicy without =
        new KernelPolicy(Optional::empty, () -> Optional.of("this processor has none"), true);
    TrainingProgram program = ToyRun.STANDARD.recipe().program();
    assertThat(arithmetic(present, program, Precision.FP32)).isEqualTo(Arithmetic.FP32);
    assertThat(arithmetic(present, program, Precision.BF16)).isEqualTo(Arithmetic.BF16);
    assertThat(arithmetic(present, program, Precision.AUTO)).isEqualTo(Arithmetic.BF16);
    assertThat(arithmetic(without, program, Precision.AUTO)).isEqualTo(Arithmetic.FP32);
    assertThatThrownBy(() -> arithmetic(without, program, Precision.BF16))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "bf16 was asked for and cannot be had here: this processor has none. Set device.precision to 'fp32', or to 'auto' for bf16 where it can be had.");
  }

  @Test
  void bf16IsOneDnnsAndTheCpus() {
    KernelPolicy present = new KernelPolicy(Optional::empty, Optional::empty, true);
    DeviceConfig theirs = with(Kernels.ONNXRUNTIME).with("precision", "bf16");
    assertThatThrownBy(() -> present.require(theirs, false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("device.kernels is onnxruntime");
    DeviceConfig bf16 = DeviceConfig.DEFAULTS.with("precision", "bf16");
    assertThatThrownBy(() -> present.require(bf16, true))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("the device is cuda");
  }

  @Test
  void theRunRecordSaysBf16() {
    KernelChoice choice = chosen(new OnnxText().node("y = Conv(x, w)", SQUARE)).in(Arithmetic.BF16);
    assertThat(choice.name()).isEqualTo("onednn-bf16-tiles");
    assertThat(choice.described())
        .contains("Conv, ConvGrad in bf16 with tiles, else ONNX Runtime's");
  }

  private static Arithmetic arithmetic(
      KernelPolicy policy, TrainingProgram program, Precision precision) {
    return policy
        .choose(program, DeviceConfig.DEFAULTS.with("precision", precision), false)
        .arithmetic();
  }

  private static DeviceConfig with(Kernels kernels) {
    return DeviceConfig.DEFAULTS.with("kernels", kernels);
  }

  private static KernelChoice chosen(OnnxText text) {
    return KernelPolicy.covering(List.of(new OnnxModel(text.bytes(), List.of(), List.of())));
  }
}
