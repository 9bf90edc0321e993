package io.github.nolabel.methods.multimodal.slip;

import com.google.inject.Inject;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.loss.NtXent;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.TwoTowers;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.recipe.Augmentations;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/** Images find their captions, and two further views of an image find each other. */
record SlipObjective(SlipConfig config, TwoTowers towers, RunSpec run) implements Objective {

  @Inject
  SlipObjective(SlipConfig config, Backbone backbone, TextEncoder text, RunSpec run) {
    this(config, new TwoTowers(backbone, text, config.projection()), run);
  }

  /** All looks at an image pass through the image tower as one batch. */
  @Override
  public Value loss(StepGraph step) {
    Ops g = step.ops("loss");
    Scope tower = step.scope("image");
    TensorFunction backbone = towers.backbone().attach(tower);
    List<Value> looks = List.of(towers.image(step), view(step, "view_1"), view(step, "view_2"));
    List<Value> features = g.splitLike(backbone.apply(g.concat(0, looks)), 0, looks);

    Value images = towers.imageProjector(tower).apply(features.get(0));
    Value texts = towers.textTower(step.scope("text")).apply(towers.ids(step), towers.mask(step));
    Value clip = config.contrast().loss(step, images, texts);

    TensorFunction projector = projector().attach(tower.child("views"));
    Value views = projector.apply(g.concat(0, features.get(1), features.get(2)));
    List<Value> each = g.splitLike(views, 0, List.of(features.get(1), features.get(2)));
    Value simClr = new NtXent(config.sslTemperature()).apply(g, each.get(0), each.get(1));
    step.monitor("clip_loss", clip);
    step.monitor("ssl_loss", simClr);
    return g.add(clip, g.mul(simClr, config.sslScale()));
  }

  private Value view(StepGraph step, String name) {
    return step.view(name, towers.backbone().inputShape());
  }

  private Mlp projector() {
    return Mlp.of(
        towers.backbone().featureWidth(),
        Mlp.Layer.hidden(config.mlpDim()),
        Mlp.Layer.hidden(config.mlpDim()),
        Mlp.Layer.linear(config.sslDim()));
  }

  @Override
  public InputPlan inputs() {
    int size = run.imageSize();
    List<ViewTransform> transforms = Augmentations.simClr(size, config.views());
    return towers.plan(
        List.of(RandomResizedCrop.scale(config.captionedCropScale(), 1)),
        Preprocessing.standard(size),
        new View("view_1", size, transforms),
        new View("view_2", size, transforms));
  }

  @Override
  public List<Cut> cuts() {
    return towers.cuts();
  }

  @Override
  public List<Cut> evaluated() {
    return cuts();
  }
}
