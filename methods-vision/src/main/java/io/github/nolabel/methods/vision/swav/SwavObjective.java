package io.github.nolabel.methods.vision.swav;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.head.Prototypes;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.recipe.MultiCrop;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Every crop predicts which prototypes another crop of its image is assigned to. */
record SwavObjective(SwavConfig config, Backbone backbone, RunSpec run, MultiCrop multiCrop)
    implements ImageObjective {

  @Override
  public Value loss(StepGraph step) {
    MultiCrop.Crops crops = multiCrop.of(step);
    int width = config.projectionDim();
    Scope student = step.scope("student");
    TensorFunction network = backbone.attach(student);
    TensorFunction projector =
        Mlp.twoLayers(backbone.featureWidth(), config.hiddenDim(), width)
            .attach(student.child("projector"));
    TensorFunction prototypes =
        new Prototypes(width, config.numPrototypes(), false).attach(step.scope("prototypes"));
    step.freeze("prototypes", config.freezePrototypesSteps());

    Ops g = step.ops("loss");
    Value all = projector.apply(crops.features(g, network));
    List<Value> embeddings = crops.apart(g, all).subList(0, crops.globals().size());
    List<Value> scores = crops.apart(g, prototypes.apply(all));
    List<Value> targets = config.assignment().of(run).of(step, embeddings, scores, prototypes);
    Monitors.embeddings(step, embeddings.get(0), embeddings.get(1));
    Monitors.entropy(step, "assignment_entropy", targets.get(0));
    Monitors.entropy(step, "student_entropy", config.prediction().distribution(g, scores.get(0)));
    return config.prediction().apply(g, targets, scores);
  }

  @Override
  public InputPlan inputs() {
    return multiCrop.simClr(config.views());
  }
}
