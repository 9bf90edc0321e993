package io.github.nolabel.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CutsTest {

  private static final Backbone BACKBONE =
      Backbones.create("small-cnn", Map.of("width", "4", "stages", "2"), 16);
  private static final RunSpec RUN = RunSpec.of("small-cnn", 16, 8, 64, 1);

  @Test
  void networksAreNamedByTheirScopesTheDeployedOneFirst() {
    CutExporter exporter =
        new CutExporter(
            with(cut("backbone", "teacher"), cut("backbone", "student"), cut("x", "student")));
    assertThat(exporter.networks().entrySet())
        .extracting(entry -> entry.getKey() + " " + entry.getValue())
        .containsExactly("teacher backbone", "student student-backbone");
  }

  @Test
  void fineTuningTakesTheWeightsOfTheNetworkThatTheCutBelongsTo() {
    Objective objective = with(cut("backbone", "student"), cut("backbone", "teacher"));
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (StateTensor t :
        new TrainingCompiler(RUN).compile(new Shrinking(BACKBONE)).program().state()) {
      state.put(t.name(), t.initial());
      state.put(t.name().replaceFirst("^student", "teacher"), t.initial().copy());
    }
    Tensor teachers = state.getOrDefault("teacher/stage_1/conv/weight", Tensor.scalar(0));
    teachers.floats().put(0, 42);
    TrainingRecipe recipe =
        new CutClassifiers(objective)
            .fineTuning(
                state,
                "teacher-backbone",
                3,
                objective.inputs().with(new Input.Label(ProbeInputs.LABELS)),
                RUN);
    assertThat(recipe.program().state())
        .filteredOn(t -> t.name().equals("teacher/stage_1/conv/weight"))
        .singleElement()
        .satisfies(t -> assertThat(t.trained()).isTrue())
        .satisfies(t -> assertThat(t.initial().sameBits(teachers)).isTrue());
    assertThat(recipe.program().state()).noneMatch(t -> t.name().startsWith("student/"));
  }

  @Test
  void evaluatedCutsOfOneNameAreKeptApart() {
    Objective objective = with(cut("backbone", "student"), cut("backbone", "teacher"));
    assertThat(Cuts.nameOf(objective, cut("backbone", "student"))).isEqualTo("backbone");
    assertThat(Cuts.nameOf(objective, cut("backbone", "teacher"))).isEqualTo("teacher-backbone");
    assertThatThrownBy(() -> Cuts.nameOf(objective, cut("head", "teacher")))
        .hasMessageContaining("'head' is evaluated, but is no cut of");
  }

  @Test
  void oneNetworksCutsNeedDifferentNames() {
    CutExporter exporter = new CutExporter(with(cut("x", "a"), cut("x", "b"), cut("x", "b")));
    assertThatThrownBy(exporter::cuts)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'b-x'");
  }

  private static Cut cut(String name, String scope) {
    return new Cut(name, scope, BACKBONE);
  }

  private static Objective with(Cut... cuts) {
    return new Objective() {
      @Override
      public Value loss(StepGraph step) {
        return new Shrinking(BACKBONE).loss(step);
      }

      @Override
      public InputPlan inputs() {
        return new Shrinking(BACKBONE).inputs();
      }

      @Override
      public List<Cut> cuts() {
        return List.of(cuts);
      }
    };
  }
}
