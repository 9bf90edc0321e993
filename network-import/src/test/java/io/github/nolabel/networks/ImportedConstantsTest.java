package io.github.nolabel.networks;

import static io.github.nolabel.networks.Drafts.images;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.testing.OnnxDraft;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Float initializers that are no weights, and what else a file says. */
class ImportedConstantsTest {

  @TempDir Path folder;

  static List<String> names() {
    return Exported.names();
  }

  @Test
  void whatPreparesTheImagesIsNotTrained() {
    OnnxDraft draft =
        images()
            .weight("mean", 1, 3, 1, 1)
            .floats("std", new long[] {3, 1, 1}, 0.2, 0.3, 0.4)
            .weight("k", 4, 3, 3, 3)
            .weight("offset", 4, 1, 1)
            .node("a = Sub(images, mean)")
            .node("b = Div(a, std)")
            .node("c = Conv(b, k)")
            .node("y = Add(c, offset)")
            .output("y");
    Backbone backbone = Drafts.backbone(folder, draft);
    assertThat(trained(backbone)).containsExactlyInAnyOrder("student/k", "student/offset");
    assertThat(backbone.notes())
        .contains("'mean' is not trained: it prepares the images.")
        .contains("'std' is not trained: it prepares the images.");
  }

  /** Vaswani et al. 2017, section 3.5; with a row of zeros for the class token, as MAE has it. */
  @Test
  void sinesOfPositionsAreNotTrained() {
    double[] positions = new double[37 * 8];
    double[] learnt = new double[37 * 8];
    for (int i = 0; i < positions.length; i++) {
      double angle = (i / 8 - 1) / Math.pow(100, (i % 4) / 4.0);
      positions[i] = i < 8 ? 0 : i % 8 < 4 ? Math.sin(angle) : Math.cos(angle);
      learnt[i] = positions[i] + (i == 100 ? 0.2 : 0);
    }
    assertThat(trained(Drafts.backbone(folder, tokens(positions))))
        .containsExactlyInAnyOrder("student/k", "student/token");
    assertThat(Drafts.backbone(folder, tokens(positions)).notes())
        .contains("'table' is not trained: sines of positions.");
    assertThat(trained(Drafts.backbone(folder, tokens(learnt))))
        .containsExactlyInAnyOrder("student/k", "student/token", "student/table");
  }

  /** Shifted windows (Liu et al. 2021) add such a table to the scores. */
  @Test
  void masksAreNotTrained() {
    double[] mask = new double[37 * 8];
    mask[5] = -100;
    mask[70] = -100;
    Backbone backbone = Drafts.backbone(folder, tokens(mask));
    assertThat(trained(backbone)).containsExactlyInAnyOrder("student/k", "student/token");
    assertThat(backbone.notes()).contains("'table' is not trained: it masks attention.");
    mask[6] = -99;
    assertThat(trained(Drafts.backbone(folder, tokens(mask)))).contains("student/table");
  }

  @Test
  void usersSayWhatIsConstant() {
    OnnxDraft draft = tokens(new double[37 * 8]);
    assertThat(Drafts.backbone(folder, draft).notes())
        .anyMatch(note -> note.contains("token [1, 1, 8], table [1, 37, 8]"));
    Backbone backbone = Drafts.backbone(folder, draft, "constants", "table, token");
    assertThat(trained(backbone)).containsExactly("student/k");
    assertThat(backbone.notes()).contains("'table' is not trained: as you said.");
    assertThatThrownBy(() -> Drafts.backbone(folder, draft, "constants", "tabel"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "no initializer 'tabel', as backbone.constants says. Did you mean 'table'?");
  }

  private static OnnxDraft tokens(double[] positions) {
    return images()
        .weight("k", 8, 3, 3, 3)
        .weight("token", 1, 1, 8)
        .floats("table", new long[] {1, 37, 8}, positions)
        .longs("flat", 0, 8, -1)
        .longs("one", 1)
        .longs("zero", 0)
        .longs("two", 2)
        .node("a = Conv(images, k)")
        .node("b = Reshape(a, flat)")
        .node("c = Transpose(b)", "perm", new long[] {0, 2, 1})
        .node("whole = Shape(images)", "start", 0, "end", 1)
        .longs("ones", 1, 1)
        .node("sizes = Concat(whole, ones)", "axis", 0)
        .node("tokens = Expand(token, sizes)")
        .node("d = Concat(tokens, c)", "axis", 1)
        .node("e = Add(d, table)")
        .node("f = Slice(e, zero, one, one)")
        .node("y = Flatten(f)")
        .output("y");
  }

  @Test
  void coloursAreNormalisedAsTheMetadataSays() {
    OnnxDraft draft =
        images()
            .node("y = Flatten(images)")
            .output("y")
            .metadata("nolabel.preprocessing.mean", "0.1,0.2,0.3")
            .metadata("nolabel.preprocessing.std", "0.4,0.5,0.6");
    assertThat(Drafts.backbone(folder, draft).normalisation())
        .contains(new Normalisation(List.of(0.1, 0.2, 0.3), List.of(0.4, 0.5, 0.6)));
    assertThat(Drafts.backbone(folder, draft, "normalisation", "imagenet").normalisation())
        .contains(Normalisation.IMAGENET);
    OnnxDraft plain = images().node("y = Flatten(images)").output("y");
    assertThat(Drafts.backbone(folder, plain).normalisation()).isEmpty();
    draft.metadata("nolabel.preprocessing.std", "0.4,0.5,zero");
    assertThatThrownBy(() -> Drafts.backbone(folder, draft))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("'0.4,0.5,zero', which cannot be read", "backbone.normalisation");
  }

  /** Whatever batch a file was exported for: images do not see each other. */
  @ParameterizedTest
  @MethodSource("names")
  void imagesAreIndependent(String name) {
    Exported exported = Exported.read(name);
    Backbone backbone = exported.backbone();
    Tensor five = noise(5, exported.imageSize());
    float[] together = Exported.features(backbone, five);
    int width = backbone.featureWidth();
    for (int i = 0; i < 5; i++) {
      float[] alone = Exported.features(backbone, one(five, i));
      assertThat(Arrays.copyOfRange(together, i * width, (i + 1) * width))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(alone);
    }
    boolean fixed = name.contains("fixed-batch");
    assertThat(backbone.notes().stream().anyMatch(n -> n.contains("exported for batches of")))
        .isEqualTo(fixed);
  }

  private static Tensor noise(int count, int size) {
    Tensor images = Tensor.zeros(ElementType.FLOAT, count, 3, size, size);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, (float) Math.sin(0.7 * i * (1 + i % 11)));
    }
    return images;
  }

  private static Tensor one(Tensor images, int index) {
    int length = images.elements() / 5;
    long size = images.shape().extent(2);
    float[] values = images.toFloats();
    return Tensor.of(
        Arrays.copyOfRange(values, index * length, (index + 1) * length), 1, 3, size, size);
  }

  private static List<String> trained(Backbone backbone) {
    return Exported.inference(backbone).parameters().stream().map(p -> p.name()).toList();
  }
}
