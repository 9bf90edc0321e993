package io.github.nolabel.networks;

import static io.github.nolabel.networks.Drafts.images;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.testing.OnnxDraft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before anything runs, people read which node it is, why, and what they can do. */
class ImportRefusalsTest {

  @TempDir Path folder;

  @Test
  void aFunctionThatCallsItselfEnds() {
    FunctionProto endless =
        FunctionProto.newBuilder()
            .setDomain("own")
            .setName("Again")
            .addInput("x")
            .addOutput("y")
            .addNode(OnnxDraft.nodeOf("own", "y = Again(x)"))
            .build();
    assertRefused(
        images().function(endless).nodeOfDomain("own", "c = Again(images)"), "deeper than 16");
  }

  @Test
  void aBranchThatTheImagesDecideIsRefused() {
    GraphProto branch = new OnnxDraft(17).node("v = Relu(images)").output("v").graph();
    assertRefused(
        images()
            .node("mean = ReduceMean(images)", "keepdims", 0)
            .floats("half", new long[0], 0.5)
            .node("bright = Greater(mean, half)")
            .node("c = If(bright)", "then_branch", branch, "else_branch", branch),
        "node 'the_c' (If)",
        "input 1 ('bright') depends on the images");
  }

  @Test
  void whatCannotBeTrainedIsNamedWithItsNodeAndTheWayOut() {
    assertRefused(
        images().node("c = NonZero(images)"),
        "node 'the_c' (NonZero)",
        "cannot be trained here",
        "backbone.featureOutput");
    assertRefused(
        images().node("c, s = DynamicQuantizeLinear(images)"),
        "DynamicQuantizeLinear",
        "quantised: export it in float32");
    assertRefused(
        images().nodeOfDomain("com.microsoft", "c = FusedConv(images)"),
        "com.microsoft",
        "without that step");
    assertRefused(
        images().nodeOfDomain("elsewhere", "c = Magic(images)"), "elsewhere", "not ONNX's own");
    assertRefused(images().node("c = Cast(images)", "to", 7), "the_c", "makes whole numbers");
    assertRefused(
        images().longs("s", 2).node("c = Floor(images)"), "works on constants only", "the_c");
    assertRefused(images().node("c = Relu(imges)"), "value 'imges'", "node 'the_c' (Relu)");
    assertRefused(images().weight("w", 2, 5, 3, 3).node("c = Conv(images, w)"), "the_c", "Conv");
  }

  @Test
  void whatIsResizedOrSummedInOtherWaysIsRefused() {
    assertRefused(sized("c = Resize(images, , , s)", "mode", "linear", "antialias", 1), "smooths");
    assertRefused(
        sized("c = Resize(images, , , s)", "keep_aspect_ratio_policy", "not_larger"), "ratio");
    assertRefused(
        sized("c = Resize(images, , , s)", "coordinate_transformation_mode", "tf_crop_and_resize"),
        "'tf_crop_and_resize'");
    assertRefused(
        images().longs("s", 5, 3, 4, 4).node("c = Resize(images, , , s)"), "resizes the batch");
    assertRefused(
        images().node("c = Einsum(images)", "equation", "nchh->nc"), "'nchh' does not fit");
    OnnxDraft patches = images().longs("size", 4, 4).longs("flat", 0, 3, 64);
    assertRefused(
        patches
            .longs("two", 2, 2)
            .node("p = Reshape(images, flat)")
            .node("c = Col2Im(p, size, two)"),
        "expected [N, C * 4, 9]");
    assertRefused(images().node("c = Einsum(images)", "equation", "nchw"), "'nchw' is no sum");
    assertRefused(images().node("c = Einsum(images)", "equation", "nchw->nx"), "no result 'nx'");
    assertRefused(images().node("c = Einsum(images)", "equation", "n...->n"), "no result 'n'");
    assertRefused(images().node("c = Einsum(images)", "equation", "nc,ch->nh"), "2 terms for 1");
    assertRefused(
        images().weight("w", 2, 2).node("c = Einsum(images, w)", "equation", "nchw,wd->nchd"),
        "'w' is 8 and 2");
    OnnxDraft scattered = images().longs("u", 1).node("s = Constant()", "value", ZERO);
    assertRefused(
        scattered.weight("v", 1, 3, 8, 8).node("c = ScatterND(images, s, v)"),
        "scatters over the batch");
  }

  private static final TensorProto ZERO = OnnxDraft.longTensor(new long[] {0}, 1, 1);

  private static Object[] withAxes(Object... attributes) {
    List<Object> all = new ArrayList<>(List.of(attributes));
    all.addAll(List.of("axes", new long[] {2, 3}));
    return all.toArray();
  }

  private static OnnxDraft sized(String line, Object... attributes) {
    return images().longs("s", 4, 4).node(line, withAxes(attributes));
  }

  @Test
  void picksAcrossTheBatchAreRefused() {
    assertRefused(
        images().longs("s", 0).node("c = Gather(images, s)"), "the_c", "picks single images");
    OnnxDraft first =
        images().node("s = Constant()", "value", OnnxDraft.longTensor(new long[] {0, 0}, 1, 1, 2));
    assertRefused(first.node("c = GatherND(images, s)"), "the_c", "picks single images");
    OnnxDraft places = images().node("s = Greater(images, images)").node("t = Cast(s)", "to", 7);
    assertRefused(
        places.node("c = GatherElements(images, t)", "axis", 0), "the_c", "picks across the batch");
  }

  @Test
  void anUnknownFeatureOutputIsAnsweredWithTheNearest() {
    OnnxDraft draft = images().node("flattened = Flatten(images)").output("flattened");
    assertThatThrownBy(() -> Drafts.backbone(folder, draft, "featureOutput", "flatened"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("has no value 'flatened'", "Did you mean 'flattened'?");
  }

  @Test
  void otherInputsThanImagesAreRefused() {
    assertRefused(new OnnxDraft(17).node("c = Constant()", "value_int", 1), "takes no input");
    assertRefused(images().input("mask", -1, 4).node("c = Relu(images)"), "'mask' [any, 4]");
    assertRefused(grey(1, 28, 28).node("c = Relu(images)"), "no images of three colours");
    assertRefused(grey(3, 28, 32).node("c = Relu(images)"), "only square images");
    assertRefused(grey(3, 1L << 40, 1L << 40).node("c = Relu(images)"), "only square images");
  }

  private static OnnxDraft grey(long channels, long height, long width) {
    return new OnnxDraft(17).input("images", -1, channels, height, width);
  }

  @Test
  void versionsOfTheOperatorsHaveBounds() {
    for (long version : new long[] {10, 22}) {
      OnnxDraft draft = new OnnxDraft(version).input("images", -1, 3, 8, 8);
      assertRefused(draft.node("c = Relu(images)"), "version " + version, "opset_version=20");
    }
  }

  @Test
  void featuresAreOneVectorPerImage() {
    assertRefused(images().node("c = Transpose(images)", "perm", new long[] {1, 0, 2, 3}), "is [3");
    assertRefused(
        images().weight("v", 2, 2).node("c = Identity(v)"), "does not depend on the images");
  }

  private void assertRefused(OnnxDraft draft, String... said) {
    assertThatThrownBy(() -> Drafts.backbone(folder, draft.output("c")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("net.onnx")
        .hasMessageContainingAll((CharSequence[]) said);
  }
}
