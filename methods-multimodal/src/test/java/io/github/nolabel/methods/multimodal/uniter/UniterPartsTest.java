package io.github.nolabel.methods.multimodal.uniter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniterPartsTest {

  private static final long[] FULL = LongStream.generate(() -> 1).limit(3 * Run.LENGTH).toArray();

  /** Rows that begin with these and go on with zeros. */
  private static long[] texts(long... firsts) {
    long[] ids = new long[firsts.length * Run.LENGTH];
    for (int row = 0; row < firsts.length; row++) {
      ids[Run.LENGTH * row] = firsts[row];
    }
    return ids;
  }

  private static Captions moved(Ops g, Value ids, Value mask) {
    Captions own = Captions.own(g, ids, mask);
    return own.swapped(g, own.matched());
  }

  @Test
  void aMovedCaptionIsTheNextImages() {
    Run ids = (g, x, mask, key) -> moved(g, x, mask).ids();
    Run matched = (g, x, mask, key) -> moved(g, x, mask).matched();
    assertThat(ids.on(texts(5, 6, 7), FULL, 0)).containsExactly(floats(texts(6, 7, 5)));
    assertThat(matched.on(texts(5, 6, 7), FULL, 0)).containsExactly(0, 0, 0);
  }

  @Test
  void aCaptionThatIsEqualStaysMatched() {
    Run matched = (g, x, mask, key) -> moved(g, x, mask).matched();
    assertThat(matched.on(texts(5, 5, 7), FULL, 0)).containsExactly(1, 0, 0);
    assertThat(matched.on(texts(5), Arrays.copyOf(FULL, Run.LENGTH), 0)).containsExactly(1);
  }

  @Test
  void theMaskMovesWithItsCaption() {
    Run mask = (g, x, m, key) -> moved(g, x, m).mask();
    long[] lengths = texts(1, 1, 0);
    assertThat(mask.on(texts(5, 6, 7), lengths, 0)).containsExactly(floats(texts(1, 0, 1)));
  }

  @Test
  void everyImageHidesARegion() {
    Run hidden =
        (g, x, mask, key) ->
            new RegionMasking(0.01, RegionMasking.NONE)
                .apply(g, new Regions(mask, mask, mask), key)
                .chosen();
    long[] full = LongStream.generate(() -> 1).limit(50 * Run.LENGTH).toArray();
    float[] chosen = hidden.on(texts(new long[50]), full, 3);
    for (int row = 0; row < 50; row++) {
      assertThat(Arrays.copyOfRange(chosen, Run.LENGTH * row, Run.LENGTH * (row + 1))).contains(1f);
    }
  }

  @Test
  void placesAreTheCornersAndSizesOfCells() {
    assertThat(RegionGrid.places(4).toFloats())
        .containsExactly(
            0, 0, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f, //
            0.5f, 0, 1, 0.5f, 0.5f, 0.5f, 0.25f, //
            0, 0.5f, 0.5f, 1, 0.5f, 0.5f, 0.25f, //
            0.5f, 0.5f, 1, 1, 0.5f, 0.5f, 0.25f);
    assertThatThrownBy(() -> RegionGrid.places(5)).isInstanceOf(UserMistake.class);
  }

  @ParameterizedTest
  @CsvSource({"small-cnn,16", "vit-tiny,32", "resnet18,64"})
  void regionsAreTheCellsWithoutAClassToken(String name, int size) {
    Backbone backbone = Backbones.create(name, Map.of(), size);
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value images = graph.input("images", backbone.inputShape());
    Shape regions =
        RegionGrid.of(backbone, size, 1).cells().attach(graph.scope("image")).apply(images).shape();
    assertThat(regions.rank()).isEqualTo(3);
    long root = Math.round(Math.sqrt((double) regions.extent(1)));
    assertThat(root * root).isEqualTo(regions.extent(1));
    assertThat(regions.extent(2)).isEqualTo(backbone.featureWidth());
  }

  @Test
  void headsThatDoNotDivideTheWidthAreRefused() {
    assertThatThrownBy(() -> UniterConfig.DEFAULTS.requireWidth(126))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("heads is 4")
        .hasMessageContaining("126");
  }

  private static float[] floats(long[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
