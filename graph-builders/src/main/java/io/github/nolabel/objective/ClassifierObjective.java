package io.github.nolabel.objective;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.fragment.loss.CrossEntropy;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;

/**
 * Tells classes apart: cross entropy of a network's logits and the labels.
 *
 * @param input what the network reads, without its name
 * @param classifier the network with its logits as features
 */
record ClassifierObjective(Shape input, Cut classifier, InputPlan views) implements Objective {

  @Override
  public Value loss(StepGraph step) {
    Value images = step.view(ProbeInputs.IMAGES, input);
    Value labels = step.graph().input(ProbeInputs.LABELS, ElementType.INT64, Shape.batched());
    Value logits = classifier.network().attach(step.scope(classifier.scope())).apply(images);
    return CrossEntropy.ofLabels(step.ops("loss"), logits, labels);
  }

  @Override
  public List<Cut> cuts() {
    return List.of(classifier);
  }

  @Override
  public Shape evaluationInput() {
    return input;
  }
}
