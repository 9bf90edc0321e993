package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.networks.weights.SafetensorsFile;
import io.github.nolabel.testing.OnnxDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that say one thing and mean another, or grow, or want to be shown. */
class MisleadingFilesTest {

  private static final Optional<Normalisation> BYTES =
      Optional.of(
          new Normalisation(Collections.nCopies(3, 0.0), Collections.nCopies(3, 1.0 / 255)));

  @TempDir Path folder;

  @Test
  void picksBeyondTheEndAreRefused() {
    assertRefused(
        convolved().longs("s", 0, 4).node("c = Gather(a, s)", "axis", 1), "number 4 of 4");
    assertRefused(convolved().longs("s", -5).node("c = Gather(a, s)", "axis", 1), "number -5 of 4");
  }

  @Test
  void anExpansionThatDoesNotFitIsRefused() {
    assertRefused(
        convolved().longs("s", 1, 4, 77, 6).node("c = Expand(a, s)"), "an axis of 6 to 77");
  }

  @Test
  void windowsThatContradictThemselvesAreRefused() {
    assertRefused(
        kernel().node("c = Conv(images, k)", "kernel_shape", new long[] {5, 5}),
        "kernel_shape says [5, 5]");
    assertRefused(
        kernel().node("c = Conv(images, k)", "pads", new long[] {1, 1}), "pads are [1, 1]");
    assertRefused(
        kernel().node("c = Conv(images, k)", "pads", new long[] {1, 1, -1, 1}), "not negative");
    for (String op : new String[] {"MaxPool", "AveragePool"}) {
      long[] two = {2, 2};
      long[] five = {5, 5, 5, 5};
      assertRefused(
          convolved().node("c = %s(a)".formatted(op), "kernel_shape", two, "pads", five),
          "would see nothing");
    }
  }

  @Test
  void kernelsOfWholeNumbersAreRefused() {
    TensorProto whole = OnnxDraft.longTensor(new long[12], 4, 3, 1, 1);
    OnnxDraft draft =
        Drafts.images().initializer(whole.toBuilder().setName("k").build()).weight("o", 4);
    assertRefused(draft.node("c = Conv(images, k, o)"), "slides over whole numbers", "float32");
  }

  /** Five kilobytes that become gigabytes by doubling. */
  @Test
  void whatGrowsByDoublingIsRefused() {
    OnnxDraft draft = convolved().node("d0 = Concat(a, a)", "axis", 2);
    for (int i = 1; i < 24; i++) {
      draft.node("d%d = Concat(d%d, d%d)".formatted(i, i - 1, i - 1), "axis", 2);
    }
    assertRefused(draft.node("c = GlobalAveragePool(d23)"), "its result is too large");
    OnnxDraft joined = Drafts.images().weight("k", 4, 3, 512, 512);
    for (int i = 0; i < 100; i++) {
      joined.node("k%d = Identity(k)".formatted(i)).node("c%d = ReduceMean(k%d)".formatted(i, i));
    }
    StringBuilder all = new StringBuilder("c = Sum(c0");
    for (int i = 1; i < 100; i++) {
      all.append(", c").append(i);
    }
    assertRefused(joined.node(all + ")"), "its result is too large");
  }

  @Test
  void weightsThatAreNoNumbersAreDamaged() {
    OnnxDraft draft = Drafts.images().floats("k", new long[] {1, 3, 1, 1}, 1, Double.NaN, 2);
    assertRefused(draft.node("c = Conv(images, k)"), "weight 'k' holds NaN", "damaged");
  }

  @Test
  void bytesAreFedAsBytes() throws InvalidProtocolBufferException {
    byte[] floats =
        Drafts.images()
            .weight("k", 4, 3, 3, 3)
            .floats("scale", new long[0], 255)
            .node("f = Cast(images)", "to", 1)
            .node("s = Div(f, scale)")
            .node("a = Conv(s, k)")
            .node("y = Flatten(a)")
            .output("y")
            .bytes();
    assertThat(ofType(floats, 2).normalisation()).isEqualTo(BYTES);
    assertThatThrownBy(() -> ofType(floats, 6))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("numbers of type 6", "floats or bytes");
  }

  /** Keras' layer {@code Rescaling} is part of many of its networks. */
  @Test
  void networksThatScaleBytesThemselvesAreFedBytes() {
    for (double scale : new double[] {1 / 255.0, 1 / 127.5}) {
      Backbone backbone = Drafts.backbone(folder, scaled(scale));
      assertThat(backbone.normalisation()).isEqualTo(BYTES);
      assertThat(backbone.notes()).anyMatch(note -> note.contains("scales them down itself"));
    }
    assertThat(Drafts.backbone(folder, scaled(2)).normalisation()).isEmpty();
    assertThat(
            Drafts.backbone(folder, scaled(1 / 255.0), "normalisation", "imagenet").normalisation())
        .contains(Normalisation.IMAGENET);
  }

  private static OnnxDraft scaled(double factor) {
    return kernel()
        .floats("factor", new long[0], factor)
        .node("s = Mul(images, factor)")
        .node("a = Conv(s, k)")
        .node("y = Flatten(a)")
        .output("y");
  }

  /** As the runtime has it: a vector of zeros has no direction. */
  @Test
  void zerosOfLengthOneStayZeros() {
    OnnxDraft draft =
        convolved()
            .floats("nil", new long[] {1}, 0)
            .node("z = Mul(a, nil)")
            .node("l = LpNormalization(z)", "axis", 1)
            .node("y = Flatten(l)")
            .output("y");
    Tensor images = Tensor.zeros(ElementType.FLOAT, 1, 3, Drafts.SIZE, Drafts.SIZE);
    assertThat(Exported.features(Drafts.backbone(folder, draft), images)).containsOnly(0);
  }

  @Test
  void namesCannotWriteToTheTerminal() {
    OnnxDraft draft =
        new OnnxDraft(17)
            .input("\u001b[31mred", -1, 3, 8, 8)
            .node("c\u001b[2J\r\nall is fine\u202e = Bogus(\u001b[31mred)");
    assertThatThrownBy(
            () -> Drafts.backbone(folder, draft.output("c\u001b[2J\r\nall is fine\u202e")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("the_c\\x1b[2J\\x0d\\x0aall is fine\\x202e")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}|\u202e"));
  }

  @Test
  void pipesAndDevicesAreNoFiles() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    int made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    assertThat(made).isZero();
    for (Path file : new Path[] {pipe, Path.of("/dev/zero")}) {
      assertThatThrownBy(() -> Backbones.create("onnx:" + file, Map.of(), 8))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("device or pipe");
      assertThatThrownBy(() -> SafetensorsFile.read(file))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("device or pipe");
    }
  }

  private static OnnxDraft kernel() {
    return Drafts.images().weight("k", 4, 3, 3, 3);
  }

  private static OnnxDraft convolved() {
    return kernel().node("a = Conv(images, k)");
  }

  /** The same file with an input of another type. */
  private Backbone ofType(byte[] bytes, int type) throws InvalidProtocolBufferException {
    ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
    model
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(type);
    Path file = folder.resolve("typed.onnx");
    try {
      Files.write(file, model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Backbones.create("onnx:" + file, Map.of(), Drafts.SIZE);
  }

  private void assertRefused(OnnxDraft draft, String... said) {
    assertThatThrownBy(() -> Drafts.backbone(folder, draft.output("c")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("net.onnx")
        .hasMessageContainingAll((CharSequence[]) said);
  }
}
