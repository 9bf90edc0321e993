package io.github.nolabel.fragment.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneTest {

  /**
   * ResNets: torchvision's models without {@code fc}; ViTs: timm's {@code vit_*_patch16_224}
   * without {@code head}. Counted as {@code sum(p.numel() for p in model.parameters())}.
   */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 11176512",
    "resnet34, 21284672",
    "resnet50, 23508032",
    "vit-tiny, 5524416",
    "vit-small, 21665664",
    "vit-base, 85798656"
  })
  void hasAsManyWeightsAsTheOriginal(String name, long expected) {
    long weights =
        parametersOf(Backbones.create(name, Map.of(), 224)).stream()
            .filter(Parameter::trainable)
            .mapToLong(p -> p.value().shape().elements().extent())
            .sum();
    assertThat(weights).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "small-cnn, 32, 192",
    "resnet18, 32, 512",
    "resnet34, 32, 512",
    "resnet50, 64, 2048",
    "resnet18, 224, 512",
    "vit-tiny, 32, 192",
    "vit-small, 64, 384",
    "vit-base, 224, 768"
  })
  void mapsImagesToFeatures(String name, int imageSize, int width) {
    Backbone backbone = Backbones.create(name, Map.of(), imageSize);
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value images = graph.input("images", backbone.inputShape());
    Value features = backbone.attach(graph.scope("student")).apply(images);
    assertThat(backbone.inputShape()).isEqualTo(Shape.batched(3, imageSize, imageSize));
    assertThat(features.shape()).isEqualTo(Shape.batched(width));
    assertThat(backbone.featureWidth()).isEqualTo(width);
  }

  @Test
  void theCifarStemKeepsThreeByThreeWhereTheImagenetStemHasSeven() {
    assertThat(stem("auto", 32)).isEqualTo(Shape.of(64, 3, 3, 3));
    assertThat(stem("auto", 224)).isEqualTo(Shape.of(64, 3, 7, 7));
    assertThat(stem("imagenet", 32)).isEqualTo(Shape.of(64, 3, 7, 7));
    assertThat(stem("cifar", 224)).isEqualTo(Shape.of(64, 3, 3, 3));
  }

  @Test
  void frozenPatchesLeaveOutThePatchProjectionAlone() {
    List<String> fixed =
        parametersOf(Backbones.create("vit-tiny", Map.of("frozenPatches", "true"), 32)).stream()
            .filter(p -> !p.trainable())
            .map(Parameter::name)
            .toList();
    assertThat(fixed)
        .containsExactly("student/patch_embed/proj/weight", "student/patch_embed/proj/bias");
  }

  @Test
  void sinePositionsStayAsTheyAre() {
    List<String> fixed =
        parametersOf(Backbones.create("vit-tiny", Map.of("positions", "sine"), 32)).stream()
            .filter(p -> !p.trainable())
            .map(Parameter::name)
            .toList();
    assertThat(fixed).containsExactly("student/pos_embed");
  }

  @Test
  void zeroInitSilencesTheLastGainOfEveryBlock() {
    Backbone backbone = Backbones.create("resnet18", Map.of("zeroInitResidual", "true"), 32);
    List<String> silent =
        parametersOf(backbone).stream()
            .filter(p -> p.role() == Role.GAIN)
            .filter(p -> io.github.nolabel.graph.Initializer.draw(p, 1).toFloats()[0] == 0)
            .map(Parameter::name)
            .toList();
    assertThat(silent).hasSize(8).allMatch(name -> name.endsWith("/bn2/weight"));
  }

  @Test
  void everyBackboneDocumentsItsOptions() {
    for (BackboneProvider<?> provider : Backbones.all().all()) {
      assertThat(provider.summary()).isNotBlank();
      assertThat(RecordOptions.options(provider.defaults())).isNotEmpty();
    }
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Backbones.create("vit-tiny", Map.of("patchSize", "7"), 32))
        .isInstanceOf(UserMistake.class)
        .hasMessage("patchSize 7 does not divide imageSize 32. Choose another backbone.patchSize.");
    assertThatThrownBy(() -> Backbones.create("small-cnn", Map.of("stages", "6"), 32))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Lower backbone.stages");
  }

  private static Shape stem(String stem, int imageSize) {
    return parametersOf(Backbones.create("resnet18", Map.of("stem", stem), imageSize))
        .get(0)
        .value()
        .shape();
  }

  private static List<Parameter> parametersOf(Backbone backbone) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    backbone.attach(graph.scope("student"));
    return graph.parameters();
  }
}
