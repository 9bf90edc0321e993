package io.github.nolabel.methods.multimodal.simvlm;

import com.google.inject.Inject;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.loss.PrefixLanguageLoss;
import io.github.nolabel.fragment.text.PrefixLengths;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.step.StepGraph;
import java.util.ArrayList;
import java.util.List;

/** Captions are predicted, word by word, from the image and their first words. */
record SimVlmObjective(SimVlmConfig config, CaptionNetwork network, RunSpec run)
    implements Objective {

  private static final String SCOPE = "vlm";

  @Inject
  SimVlmObjective(SimVlmConfig config, Backbone backbone, TextEncoder text, RunSpec run) {
    this(config, new CaptionNetwork(backbone, text, config), run);
  }

  @Override
  public Value loss(StepGraph step) {
    Value images = step.view(ImagePatches.IMAGE, network.backbone().inputShape());
    Value ids = network.caption().ids(step);
    Value mask = network.caption().mask(step);
    Value prefix = prefix(step, mask);

    CaptionNetwork.Attached attached = network.attach(step.scope(SCOPE));
    Value logits = attached.logits(attached.memory(images, ids, prefix), ids, mask);
    PrefixLanguageLoss loss = PrefixLanguageLoss.of(step.ops("loss"), logits, ids, mask, prefix);

    Ops g = step.ops("monitor");
    step.monitor("perplexity", g.exp(loss.loss()));
    step.monitor("token_accuracy", loss.accuracy());
    step.monitor("prefix_length", g.reduceMean(g.cast(prefix, ElementType.FLOAT), false));
    return loss.loss();
  }

  /** int64[N]: how many first tokens are given, drawn anew each step. */
  private Value prefix(StepGraph step, Value mask) {
    Value key = step.graph().input(RandomOps.KEY, ElementType.INT64, Shape.of());
    return new PrefixLengths(config.maxPrefixLength()).draw(step.ops("prefix"), mask, key);
  }

  @Override
  public InputPlan inputs() {
    View image =
        new View(
            ImagePatches.IMAGE,
            run.imageSize(),
            List.of(RandomResizedCrop.scale(config.minCropScale(), 1)));
    List<Input> inputs = new ArrayList<>();
    inputs.add(new Input.Image(image));
    inputs.addAll(network.caption().inputs());
    return new InputPlan(inputs, Preprocessing.standard(run.imageSize()));
  }

  @Override
  public List<Cut> cuts() {
    return List.of(
        new Cut(BackboneExporter.BACKBONE, SCOPE, backbone()),
        new Cut(BackboneExporter.DECODER, SCOPE, network.read(), network::nextTokens));
  }

  @Override
  public List<Cut> evaluated() {
    return cuts();
  }

  /** Where it lies in the whole. */
  private Fragment backbone() {
    return scope -> network.backbone().attach(scope.child(ImagePatches.IMAGE));
  }
}
