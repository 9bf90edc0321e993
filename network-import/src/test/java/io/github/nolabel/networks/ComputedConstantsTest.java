package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OnnxDraft;
import io.github.nolabel.testing.OrtEvaluator;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exporters leave to be computed before anything runs: sizes, positions, masks, offsets. */
class ComputedConstantsTest {

  @TempDir Path folder;

  /** Transformers' ViT by dynamo: a mask for as many images as there are. */
  @Test
  void aMaskIsExpandedToTheBatch() {
    assertSame(
        convolved()
            .longs("eight", 4)
            .node("size = Shape(images)", "start", 0, "end", 1)
            .node("sizes = Concat(size, eight)", "axis", 0)
            .longs("numbers", 1, 0, 1, 1)
            .node("flags = Cast(numbers)", "to", 9)
            .node("mask = Expand(flags, sizes)")
            .floats("nought", new long[0], 0)
            .node("p = GlobalAveragePool(a)")
            .node("f = Flatten(p)")
            .node("z = Where(mask, f, nought)"));
  }

  /** Timm's SAME padding by TorchScript: how much is missing, and never less than nothing. */
  @Test
  void paddingIsAClippedShape() {
    assertSame(
        Drafts.images()
            .weight("k", 4, 3, 3, 3)
            .floats("three", new long[0], 3)
            .floats("nought", new long[0], 0)
            .longs("none", 0, 0)
            .node("s = Shape(images)", "start", 2, "end", 3)
            .node("side = Cast(s)", "to", 1)
            .node("d = Div(side, three)")
            .node("c = Ceil(d)")
            .node("m = Mul(c, three)")
            .node("missing = Sub(m, side)")
            .node("positive = Clip(missing, nought)")
            .node("whole = Cast(positive)", "to", 7)
            .node("pads = Concat(none, whole, whole, none, whole, whole)", "axis", 0)
            .node("padded = Pad(images, pads)")
            .node("z = Conv(padded, k)"));
  }

  @Test
  void sinesOfCountedPositionsAreConstants() {
    assertSame(
        convolved()
            .longs("sizes", 1, 4, 1, 1)
            .longs("one", 1)
            .node("axis = Squeeze(one)")
            .node(
                "ones = ConstantOfShape(sizes)",
                "value",
                OnnxDraft.floatTensor(new double[] {1}, 1))
            .node("counted = CumSum(ones, axis)")
            .node("sines = Sin(counted)")
            .longs("many", 1, 1, 6, 6)
            .node("tiled = Tile(counted, many)")
            .node("cosines = Cos(tiled)")
            .node("b = Add(a, sines)")
            .node("z = Add(b, cosines)"));
  }

  /** Positions for other image sizes are weights all the same. */
  @Test
  void resizedPositionsAreTrained() {
    OnnxDraft draft =
        convolved()
            .weight("positions", 1, 4, 3, 3)
            .longs("sizes", 1, 4, 6, 6)
            .node("fit = Resize(positions, , , sizes)", "mode", "cubic")
            .node("z = Add(a, fit)");
    assertSame(draft);
    assertTrained(draft, "k", "positions");
  }

  /** Queries and values have an offset, keys have none: it is put together from parts. */
  @Test
  void scatteredOffsetsAreTrained() {
    OnnxDraft draft =
        convolved()
            .weight("offset", 4)
            .floats("nil", new long[] {2}, 0, 0)
            .node("places = Constant()", "value", OnnxDraft.longTensor(new long[] {1, -1}, 2, 1))
            .node("parts = ScatterND(offset, places, nil)")
            .longs("channels", 1, 4, 1, 1)
            .node("each = Reshape(parts, channels)")
            .node("z = Add(a, each)");
    assertSame(draft);
    assertTrained(draft, "k", "offset", "nil");
  }

  @Test
  void sumsAndLinesAreTrained() {
    OnnxDraft draft =
        convolved()
            .weight("mix", 4, 5)
            .weight("line", 1, 1, 3)
            .longs("flat", 0, 1, 5)
            .longs("wide", 0, 5, 1, 1)
            .node("e = Einsum(a, mix)", "equation", "nchw,cd->ndhw")
            .node("p = GlobalAveragePool(e)")
            .node("t = Reshape(p, flat)")
            .node("l = Conv(t, line)", "pads", new long[] {1, 1})
            .node("s = Reshape(l, wide)")
            .node("q = Mul(e, s)")
            .longs("pads", 0, 0, 1, 1, 0, 0, 2, 0)
            .node("z = Pad(q, pads)", "mode", "reflect");
    assertSame(draft);
    assertTrained(draft, "k", "mix", "line");
  }

  /** As attention by Einstein sums has them: queries, keys and a table of distances. */
  @Test
  void sumsOfThreeAndWithDotsAreTrained() {
    OnnxDraft draft =
        convolved()
            .weight("left", 4, 2)
            .weight("right", 6, 2)
            .weight("mix", 2, 3)
            .node("e = Einsum(a, left, right)", "equation", "nc...w,cd,wd->n...d")
            .node("z = Einsum(e, mix)", "equation", "...d,de->...e");
    assertSame(draft);
    assertTrained(draft, "k", "left", "right", "mix");
  }

  /** Keys of padded windows are zeros; so are their lengths, which pass nothing back. */
  @Test
  void lengthsOfNothingHaveNoSlope() {
    OnnxDraft draft =
        convolved()
            .node("nothing = Sub(a, a)")
            .node("length = ReduceL2(nothing)", "axes", new long[] {1})
            .node("z = Add(a, length)");
    assertSame(draft);
    assertTrained(draft, "k");
  }

  /** As outlook attention ends. */
  @Test
  void patchesOverEachOtherAreTrained() {
    OnnxDraft draft =
        new OnnxDraft(18)
            .input("images", -1, 3, Drafts.SIZE, Drafts.SIZE)
            .weight("k", 18, 3, 1, 1)
            .node("a = Conv(images, k)", "strides", new long[] {2, 2})
            .longs("columns", 0, 18, 16)
            .longs("image", 8, 8)
            .longs("patch", 3, 3)
            .node("p = Reshape(a, columns)")
            .node(
                "z = Col2Im(p, image, patch)",
                "strides",
                new long[] {2, 2},
                "pads",
                new long[] {1, 1, 1, 1});
    assertSame(draft);
    assertTrained(draft, "k");
  }

  /** The runtime's optimiser makes them a padding of the pool, whose places are no candidates. */
  @Test
  void zerosAroundAPoolAreCandidates() {
    OnnxDraft draft =
        Drafts.images()
            .weight("k", 1, 3, 1, 1)
            .longs("pads", 0, 0, 1, 1, 0, 0, 1, 1)
            .node("small = Conv(images, k)")
            .node("e = Exp(small)")
            .node("negative = Neg(e)")
            .node("p = Pad(negative, pads)")
            .node(
                "z = MaxPool(p)", "kernel_shape", new long[] {3, 3}, "strides", new long[] {1, 1});
    assertSame(draft);
  }

  private static OnnxDraft convolved() {
    return Drafts.images().weight("k", 4, 3, 3, 3).node("a = Conv(images, k)");
  }

  private void assertSame(OnnxDraft draft) {
    Backbone backbone = Drafts.backbone(folder, draft.node("y = Flatten(z)").output("y"));
    try (OrtEvaluator runtime = new OrtEvaluator(draft.bytes(), OptLevel.NO_OPT)) {
      Tensor wanted = Interpreter.require(runtime.run(Map.of("images", pictures())), "y");
      assertThat(Exported.features(backbone, pictures()))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(wanted.toFloats());
    }
    Gradients.assertSlope(backbone, Nd.of(pictures()));
  }

  private void assertTrained(OnnxDraft draft, String... names) {
    assertThat(Exported.inference(Drafts.backbone(folder, draft)).parameters())
        .extracting(p -> p.name())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(names).map(name -> "student/" + name).toList());
  }

  private static Tensor pictures() {
    Tensor images = Tensor.zeros(ElementType.FLOAT, 2, 3, Drafts.SIZE, Drafts.SIZE);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, (float) Math.sin(1.9 * i + 0.2));
    }
    return images;
  }
}
