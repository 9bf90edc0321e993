package io.github.nolabel.methods.multimodal.uniter;

import com.google.inject.Inject;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.Caption;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.step.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One transformer reads words and regions. It learns by one task per step; once it is fine-tuned,
 * by answering questions alone.
 */
record UniterObjective(UniterConfig config, UniterNetwork network, TextEncoder text, RunSpec run)
    implements Objective {

  @Inject
  UniterObjective(UniterConfig config, Backbone backbone, TextEncoder text, RunSpec run) {
    this(config, UniterNetwork.of(config, RegionSource.of(config, backbone, run), text), text, run);
  }

  @Override
  public Value loss(StepGraph step) {
    Scope scope = step.scope(UniterNetwork.SCOPE);
    UniterNetwork.Attached attached = network.attach(scope);
    Regions regions = attached.regions().apply(network.source().read(step));
    Ops g = step.ops("loss");
    Captions captions = Captions.own(g, caption().ids(step), caption().mask(step));
    if (config.answers()) {
      Value pair =
          attached.pair(g, attached.stream().apply(captions.ids(), captions.mask(), regions));
      return network.answering().loss(step, network.attachAnswers(scope).apply(pair));
    }
    UniterPass pass =
        new UniterPass(
            g,
            config,
            text.vocabulary(),
            attached,
            network.attachHeads(scope),
            regionClasses(step, scope),
            key(step));
    return new Pretraining(step, pass, captions, regions).loss(config.tasks());
  }

  private Optional<RegionClasses> regionClasses(StepGraph step, Scope scope) {
    return config
        .classesOfRegions()
        .map(input -> new RegionClasses(network.attachClasses(scope, input), step.input(input)));
  }

  private static Value key(StepGraph step) {
    return step.graph().input(RandomOps.KEY, ElementType.INT64, Shape.of());
  }

  @Override
  public InputPlan inputs() {
    List<Input> inputs = new ArrayList<>(network.source().inputs());
    inputs.addAll(caption().inputs());
    config.classesOfRegions().ifPresent(inputs::add);
    if (config.answers()) {
      inputs.add(network.answering().answer());
    }
    return new InputPlan(inputs, Preprocessing.standard(run.imageSize()));
  }

  private Caption caption() {
    return new Caption(text.length());
  }

  @Override
  public List<Cut> cuts() {
    return network.cuts();
  }

  @Override
  public List<Cut> evaluated() {
    return cuts();
  }
}
