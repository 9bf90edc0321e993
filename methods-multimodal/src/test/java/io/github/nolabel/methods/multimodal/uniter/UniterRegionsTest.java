package io.github.nolabel.methods.multimodal.uniter;

import static io.github.nolabel.methods.multimodal.uniter.WholeStep.K;
import static io.github.nolabel.methods.multimodal.uniter.WholeStep.N;
import static io.github.nolabel.methods.multimodal.uniter.WholeStep.WIDTH;
import static io.github.nolabel.methods.multimodal.uniter.WholeStep.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a detector found, in place of an image. */
class UniterRegionsTest {

  /** The plan of the transport is taken as fixed, so that no slope is that of its loss. */
  private static final Map<String, String> WITHOUT_TRANSPORT = Map.of("wraWeight", "0");

  private static final Map<String, String> CLASSES = Map.of("regionClasses", "3");

  private static final Map<String, String> ONE_GUESS = Map.of("maskProbability", "0.01");

  @Test
  void gradientsOfTheRegionLossAreItsSlopes() {
    WholeStep.of(Map.of()).drawing(Task.REGIONS).gradientsAreSlopes();
  }

  @Test
  void gradientsOfTheLossOfClassesAreItsSlopes() {
    WholeStep.of(CLASSES).drawing(Task.CLASSES).gradientsAreSlopes();
  }

  @Test
  void gradientsOfAllTasksAreTheSlopesOfTheirSum() {
    WholeStep.of(Map.of("tasks", "all", "wraWeight", "0", "regionClasses", "3"))
        .gradientsAreSlopes();
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void paddingIsOfNoEffect(Task task) {
    WholeStep step = WholeStep.of(CLASSES).drawing(task);
    Map<String, Nd> before = step.run().outputs();
    Map<String, Nd> after =
        step.with("regions", padded(step.value("regions"), WIDTH, 9))
            .with("regions_places", padded(step.value("regions_places"), 7, 0.5))
            .with("regions_classes", padded(step.value("regions_classes"), 3, 0.4))
            .run()
            .outputs();
    assertThat(before.keySet()).contains("loss", "mrm_loss", "mrc_loss", "itm_loss", "wra_loss");
    before.forEach(
        (name, value) ->
            assertThat(Interpreter.require(after, name).toArray())
                .as(name)
                .containsExactly(value.toArray(), within(1e-9)));
  }

  @ParameterizedTest
  @CsvSource({"regions, WORDS", "regions_places, WORDS", "regions_places, REGIONS"})
  @CsvSource({"regions, PAIRS", "regions_places, PAIRS"})
  void regionsAndTheirPlacesAreOfEffect(String input, Task task) {
    WholeStep step = WholeStep.of(WITHOUT_TRANSPORT).drawing(task);
    Nd moved = Nd.of(step.value(input).shape(), i -> step.value(input).at(i) + (i % 3) * 0.1);
    assertThat(Math.abs(step.with(input, moved).output("loss") - step.output("loss")))
        .isGreaterThan(1e-6);
  }

  /**
   * All features are of size one, padding is not: the guess of zero is as far off as that. Nearly
   * all are drawn, so that padding would be among them.
   */
  @Test
  void theLossIsTheMeanSquareOverRegionsThatAreNoPadding() {
    WholeStep step = WholeStep.of(Map.of("maskProbability", "0.9")).drawing(Task.REGIONS);
    Nd signs = Nd.of(new int[] {N, K, WIDTH}, i -> found(i / WIDTH) ? i % 2 * 2 - 1 : 7);
    WholeStep unguessed =
        step.with("regions", signs)
            .filled("uniter/heads/region/output/weight", 0)
            .filled("uniter/heads/region/output/bias", 0);
    assertThat(unguessed.output("loss")).isCloseTo(1, within(1e-12));
    assertThat(unguessed.filled("uniter/heads/region/output/bias", 0.5).output("loss"))
        .isStrictlyBetween(0.25, 2.25);
  }

  /** KL((1, 0, 0) || (1/3, 1/3, 1/3)) = log 3; KL(p || p) = 0, whatever is drawn. */
  @Test
  void theLossOfClassesIsTheDivergenceFromTheDetectors() {
    WholeStep step = WholeStep.of(CLASSES).drawing(Task.CLASSES);
    WholeStep constant =
        step.filled("uniter/heads/class/output/weight", 0)
            .filled("uniter/heads/class/output/bias", 0);
    int[] shape = {N, K, 3};
    Nd sure = Nd.of(shape, i -> i % 3 == 0 ? 1 : 0);
    assertThat(constant.with("regions_classes", sure).output("loss"))
        .isCloseTo(Math.log(3), within(1e-12));
    double[] p = {0.5, 0.3, 0.2};
    WholeStep same =
        constant
            .with("regions_classes", Nd.of(shape, i -> p[i % 3]))
            .with("uniter/heads/class/output/bias", Nd.of(new int[] {3}, i -> Math.log(p[i])));
    assertThat(same.output("loss")).isCloseTo(0, within(1e-12));
    assertThat(same.output("mrc_accuracy")).isEqualTo(1);
    assertThat(same.with("regions_classes", sure).output("loss"))
        .isCloseTo(-Math.log(0.5), within(1e-12));
  }

  @Test
  void classesOfCellsOfAGridAreRefused() {
    assertThatThrownBy(() -> WholeStep.of(Map.of("features", "image", "regionClasses", "3")))
        .hasMessageContaining("regionClasses is 3, but regions are cells of the image's grid");
  }

  @Test
  void aNeighbourTellsNothingOfWhatIsHidden() {
    assertThat(changeByRegionsThatAreNotGuessed("0.4")).isZero();
    assertThat(changeByRegionsThatAreNotGuessed("1")).isGreaterThan(1e-6);
  }

  /** All boxes are the same. */
  private static double changeByRegionsThatAreNotGuessed(String overlap) {
    Map<String, String> options = new LinkedHashMap<>(ONE_GUESS);
    options.put("maskOverlap", overlap);
    WholeStep step = WholeStep.of(options).drawing(Task.REGIONS);
    Nd box = Nd.of(new int[] {N, K, 7}, i -> new double[] {0, 0, .5, .5, .5, .5, .25}[i % 7]);
    WholeStep same = step.with("regions_places", box);
    Nd chosen =
        masked(step.value("regions_mask"), box, step.value(RandomOps.KEY), 0.01, 1, "chosen");
    Nd old = step.value("regions");
    Nd others = Nd.of(old.shape(), i -> old.at(i) + (chosen.at(i / WIDTH) == 1 ? 0 : i % 3));
    return Math.abs(same.with("regions", others).output("loss") - same.output("loss"));
  }

  @Test
  void neighboursOfAGuessAreHiddenWithIt() {
    for (int key = 0; key < 20; key++) {
      Nd mask = Nd.integers(new int[] {1, K}, i -> i < 3 ? 1 : 0);
      Nd chosen = masked(mask, BOXES, key(key), 0.01, 0.4, "chosen");
      Nd hidden = masked(mask, BOXES, key(key), 0.01, 0.4, "hidden");
      assertThat(IntStream.range(0, K).filter(i -> chosen.at(i) == 1).count()).isEqualTo(1);
      double[] expected = chosen.at(2) == 1 ? new double[] {0, 0, 1, 0} : new double[] {1, 1, 0, 0};
      assertThat(hidden.toArray()).containsExactly(expected);
    }
  }

  /** Half of the first; a third of both beside it, a fifth of the half; nothing. */
  private static final Nd BOXES =
      Nd.of(
          new int[] {1, K, 7},
          0,
          0,
          0.5,
          0.5,
          0.5,
          0.5,
          0.25, //
          0,
          0,
          0.5,
          0.25,
          0.5,
          0.25,
          0.125, //
          0.25,
          0,
          0.75,
          0.5,
          0.5,
          0.5,
          0.25, //
          0,
          0,
          0,
          0,
          0,
          0,
          0);

  @Test
  void neighboursOverlapByMoreThanTheShareAskedFor() {
    assertThat(neighbours(0.51)).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    assertThat(neighbours(0.5)).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    assertThat(neighbours(0.49)).containsExactly(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    assertThat(neighbours(0.3)).containsExactly(1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0);
    assertThat(neighbours(0.19)).containsExactly(1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0);
  }

  private static double[] neighbours(double overlap) {
    GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
    Value places = builder.input("places", Shape.batched(K, 7));
    Value near = new RegionMasking(0.1, overlap).neighbours(builder.ops("g"), places);
    return Interpreter.run(builder.build(Map.of("near", near)), Map.of("places", BOXES))
        .output("near")
        .toArray();
  }

  private static Nd masked(
      Nd mask, Nd places, Nd key, double probability, double overlap, String which) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Ops g = builder.ops("g");
    Value read = builder.input("mask", ElementType.INT64, Shape.batched(K));
    Value where = builder.input("places", Shape.batched(K, 7));
    Value drawn = builder.input(RandomOps.KEY, ElementType.INT64, Shape.of());
    RegionMasking.Masked masked =
        new RegionMasking(probability, overlap).apply(g, new Regions(where, where, read), drawn);
    return Interpreter.run(
            builder.build(Map.of("chosen", masked.chosen(), "hidden", masked.hidden())),
            Map.of("mask", mask, "places", places, RandomOps.KEY, key))
        .output(which);
  }

  private static Nd key(long step) {
    return Nd.integers(new int[0], i -> RandomOps.key(0, step));
  }

  private static Nd padded(Nd values, int width, double padding) {
    return Nd.of(values.shape(), i -> found(i / width) ? values.at(i) : padding);
  }

  @Test
  void regionsTakeTheBackbonesPlace() {
    UniterObjective objective = WholeStep.of(Map.of()).objective();
    assertThat(objective.inputs().inputs())
        .extracting(input -> input.name())
        .containsExactly("regions", "regions_places", "regions_mask", "caption", "caption_mask");
    assertThat(objective.evaluated())
        .extracting(cut -> cut.name())
        .isEqualTo(
            List.of(BackboneExporter.FUSION, BackboneExporter.MATCH, BackboneExporter.WORDS));
  }
}
