package io.github.nolabel.objective;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.ClassifierBuilder;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.onnx.StateLookup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts classifiers on an objective's cuts.
 *
 * @param preprocessing of the images that they are shown
 */
record CutClassifiers(Objective objective, Preprocessing preprocessing)
    implements ClassifierBuilder {

  CutClassifiers(Objective objective) {
    this(objective, objective.inputs().evaluation());
  }

  @Override
  public String defaultCut() {
    return objective.fineTuned().name();
  }

  @Override
  public TrainingRecipe fineTuning(
      Map<String, Tensor> state, String cut, int classes, InputPlan inputs, RunSpec run) {
    Cut start = Cuts.find(objective, cut);
    Graph trained = InferenceGraphs.of(start, objective.evaluationInput());
    int width = (int) trained.outputs().values().iterator().next().shape().extent(1);
    Fragment whole =
        fragment(start).then(LinearClassifiers.SCOPE, LinearClassifiers.fresh(width, classes));
    TrainingRecipe fresh =
        new TrainingCompiler(run)
            .compile(
                new ClassifierObjective(
                    new Cut(LinearClassifiers.SCOPE, start.scope(), whole), inputs));
    return from(learnt(trained, state), fresh);
  }

  private static Fragment fragment(Cut cut) {
    return cut.network()
        .fragment()
        .orElseThrow(
            () ->
                new UserMistake(
                    "A classifier is put on a network from images to features; '%s' reads %s."
                        .formatted(cut.name(), cut.inputs())));
  }

  private static Map<String, Tensor> learnt(Graph network, Map<String, Tensor> state) {
    Map<String, Tensor> learnt = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      learnt.put(parameter.name(), StateLookup.require(state, parameter));
    }
    return learnt;
  }

  private static TrainingRecipe from(Map<String, Tensor> learnt, TrainingRecipe fresh) {
    TrainingProgram program = fresh.program();
    List<StateTensor> state =
        program.state().stream().map(t -> beginning(t, learnt.get(t.name()))).toList();
    return new TrainingRecipe(
        new TrainingProgram(program.training(), program.evaluation(), state),
        fresh.controllers(),
        fresh.inputs());
  }

  private static StateTensor beginning(StateTensor fresh, @Nullable Tensor values) {
    return values == null
        ? fresh
        : new StateTensor(fresh.name(), fresh.trained(), fresh.sharing(), values.copy());
  }
}
