package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.testing.OnnxDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, people read a sentence about it. */
class DamagedFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"old-script", "keras", "convnext-dynamo"})
  void aFileThatEndsEarlyIsDamaged(String name) {
    byte[] whole = Exported.bytes(Exported.read(name).file());
    for (int cut = 0; cut < 60; cut++) {
      byte[] part = Arrays.copyOf(whole, (int) ((long) whole.length * cut / 60));
      assertThatThrownBy(() -> read(part)).isInstanceOf(UserMistake.class);
    }
  }

  /** Some changes go unnoticed: a weight has another value. None may end in anything else. */
  @ParameterizedTest
  @ValueSource(strings = {"old-script", "keras", "vit-fixed-batch", "timm-vit-dynamo"})
  void changedBytesAreReadOrRefused(String name) {
    byte[] whole = Exported.bytes(Exported.read(name).file());
    Random random = new Random(11);
    int refused = 0;
    for (int trial = 0; trial < 60; trial++) {
      byte[] changed = whole.clone();
      for (int i = 0; i <= random.nextInt(40); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      refused += isRefused(changed) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  /** Only the structure: names, attributes, shapes. */
  @Test
  void changedStructureIsReadOrRefused() {
    byte[] whole = structure();
    Random random = new Random(5);
    int refused = 0;
    for (int trial = 0; trial < 1500; trial++) {
      byte[] changed = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      refused += isRefused(changed) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void noiseIsNoModel() {
    byte[] noise = new byte[10_000];
    for (int seed = 0; seed < 50; seed++) {
      new Random(seed).nextBytes(noise);
      assertThatThrownBy(() -> read(noise))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("is no ONNX model");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 20, 1L << 31, 1L << 62, -5})
  void sizesThatAreOnlyDeclaredTakeNoMemory(long extent) {
    for (int type : new int[] {1, 7, 9, 10, 11, 16}) {
      TensorProto.Builder tensor =
          TensorProto.newBuilder().setName("w").setDataType(type).addDims(extent).addDims(extent);
      assertRefused(convolution().initializer(tensor.build()), "tensor 'w'");
      tensor.setRawData(ByteString.copyFrom(new byte[12]));
      assertRefused(convolution().initializer(tensor.build()), "tensor 'w'");
    }
  }

  @Test
  void constantsThatWouldFillTheMemoryAreRefused() {
    assertRefused(
        images().longs("s", 1L << 14, 1L << 14).node("c = ConstantOfShape(s)"), "the_c", "shape");
    assertRefused(
        images().longs("s", 0).longs("e", 1L << 40).longs("d", 1).node("c = Range(s, e, d)"),
        "the_c");
    OnnxDraft many = images().longs("s", 1L << 12, 1L << 12);
    for (int i = 0; i < 40; i++) {
      many.node("c%d = ConstantOfShape(s)".formatted(i));
      many.node("%s = Add(c%d, c%d)".formatted(i == 39 ? "c" : "d" + i, i, Math.max(0, i - 1)));
    }
    assertRefused(many, "too large");
  }

  @Test
  void valuesThatNoMachineHoldsAreRefused() {
    assertRefused(images().longs("s", 1, 1 << 20, 1 << 20, 1).node("c = Tile(images, s)"), "the_c");
    assertRefused(images().longs("s", 1, 1L << 61, 8, 1).node("c = Tile(images, s)"), "the_c");
    long[] wide = {0, 0, 1L << 40, 0, 0, 0, 0, 0};
    assertRefused(images().longs("s", wide).node("c = Pad(images, s)"), "the_c", "padding");
    for (String op : new String[] {"MaxPool", "AveragePool"}) {
      long[] kernel = {1L << 33, 1L << 33};
      assertRefused(
          images().node("c = %s(images)".formatted(op), "kernel_shape", kernel), "the_c", "window");
    }
  }

  @Test
  void branchesWithinBranchesEnd() {
    GraphProto inner = new OnnxDraft(13).weight("w", 1).node("v = Identity(w)").output("v").graph();
    for (int depth = 0; depth < 25; depth++) {
      inner =
          new OnnxDraft(13)
              .node(
                  "v = If(yes)",
                  "then_branch",
                  inner,
                  "else_branch",
                  inner.getDefaultInstanceForType())
              .output("v")
              .graph();
    }
    assertRefused(images().node("c = If(yes)", "then_branch", inner), "deep");
  }

  private static OnnxDraft images() {
    return new OnnxDraft(13).input("images", -1, 3, 8, 8);
  }

  private static OnnxDraft convolution() {
    return images().node("c = Conv(images, w)");
  }

  /** A file that has little but structure. */
  private static byte[] structure() {
    return images()
        .weight("w", 2, 3, 3, 3)
        .weight("m", 18, 2)
        .longs("shape", 0, -1)
        .longs("axes", 1)
        .longs("from", 0)
        .longs("to", 3)
        .node("a = Conv(images, w)", "pads", new long[] {1, 1, 1, 1}, "strides", new long[] {1, 1})
        .node("b = MaxPool(a)", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2})
        .node("d = AveragePool(b)", "kernel_shape", new long[] {2, 2}, "auto_pad", "SAME_UPPER")
        .node("e = Slice(d, from, to, axes)")
        .node("f, g = Split(e)", "axis", 1)
        .node("h = Concat(f, g)", "axis", 1)
        .node("i = Transpose(h)", "perm", new long[] {0, 1, 3, 2})
        .node("j = Softmax(i)", "axis", 2)
        .node("k = Slice(j, from, to, to)")
        .node("l = Slice(k, from, to, to)")
        .node("n = Reshape(l, shape)")
        .node("o = Gemm(n, m)", "alpha", 0.5)
        .output("o")
        .bytes();
  }

  private boolean isRefused(byte[] bytes) {
    try {
      read(bytes);
      return false;
    } catch (NolabelException e) {
      assertThat(e).hasMessageContaining("case.onnx");
      return true;
    }
  }

  private void assertRefused(OnnxDraft draft, String... said) {
    assertThatThrownBy(() -> read(draft.output("c").bytes()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll((CharSequence[]) said);
  }

  private void read(byte[] bytes) {
    Path file = folder.resolve("case.onnx");
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Backbones.create("onnx:" + file, Map.of(), 0);
  }
}
