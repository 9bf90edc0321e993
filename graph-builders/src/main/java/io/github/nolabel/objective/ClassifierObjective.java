package io.github.nolabel.objective;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.fragment.loss.CrossEntropy;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/**
 * Tells classes apart: cross entropy of a network's logits and the labels.
 *
 * @param classifier the network with its logits as features
 * @param inputs what the network reads, then the labels
 */
record ClassifierObjective(Cut classifier, InputPlan inputs) implements Objective {

  ClassifierObjective {
    List<String> names = inputs.inputs().stream().map(Input::name).toList();
    Require.that(
        names.equals(List.of(ProbeInputs.IMAGES, ProbeInputs.LABELS)),
        "A classifier reads '%s' and '%s', its plan has %s."
            .formatted(ProbeInputs.IMAGES, ProbeInputs.LABELS, names));
  }

  @Override
  public Value loss(StepGraph step) {
    Value images = step.input(inputs.inputs().get(0));
    Value labels = step.input(inputs.inputs().get(1));
    Value logits =
        classifier
            .network()
            .fragment()
            .orElseThrow()
            .attach(step.scope(classifier.scope()))
            .apply(images);
    return CrossEntropy.ofLabels(step.ops("loss"), logits, labels);
  }

  @Override
  public List<Cut> cuts() {
    return List.of(classifier);
  }

  @Override
  public Shape evaluationInput() {
    return inputs.inputs().get(0).spec().shape();
  }
}
