package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.loss.CrossEntropy;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;

/**
 * Chooses one of some answers to a question about an image: from the pair, float[N, width], through
 * a hidden layer of twice the width, GELU and a normalisation, to logits, float[N, answers]. The
 * paper weighs several answers of different people with a binary cross entropy each; a sample here
 * has one class, so that the loss is the cross entropy of it.
 *
 * @param answers classes from zero to below it are the answers
 */
record Answering(int width, int answers) implements Fragment {

  @Override
  public TensorFunction attach(Scope scope) {
    return UniterHeads.choice(width, 2 * width, answers).attach(scope);
  }

  /** Which answer is right. */
  Input.Label answer() {
    return new Input.Label("answer", answers);
  }

  /** {@code mean( -log softmax(logits)[answer] )} */
  Value loss(StepGraph step, Value logits) {
    Ops g = step.ops("loss");
    Value answer = step.input(answer());
    step.monitor("answer_accuracy", accuracy(g, logits, answer));
    return CrossEntropy.ofLabels(g, logits, answer);
  }

  /** The share of the answers that no other has a larger logit than. */
  private static Value accuracy(Ops g, Value logits, Value answer) {
    Value ofAnswer = g.gatherElements(logits, g.unsqueeze(answer, 1), 1);
    Value right = g.not(g.less(ofAnswer, g.reduceMax(logits, true, 1)));
    return g.reduceMean(g.cast(right, ElementType.FLOAT), false);
  }
}
