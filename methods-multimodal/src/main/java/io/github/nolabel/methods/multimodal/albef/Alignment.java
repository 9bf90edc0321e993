package io.github.nolabel.methods.multimodal.albef;

import io.github.nolabel.fragment.loss.SoftPairContrast;
import io.github.nolabel.fragment.loss.SoftPairContrast.Pairs;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.EmbeddingQueue;
import io.github.nolabel.step.StepGraph;

/**
 * Images and texts find each other among the momentum networks' features, old and new (section 3.2
 * of the paper). Reports {@code itc_loss}.
 */
record Alignment(SoftPairContrast contrast, AlbefConfig config) {

  Value loss(StepGraph step, Pairs student, Pairs momentum) {
    int width = config.projection().embedDim();
    EmbeddingQueue images = EmbeddingQueue.of(step, "image_queue", config.queueSize(), width);
    EmbeddingQueue texts = EmbeddingQueue.of(step, "text_queue", config.queueSize(), width);
    Ops g = step.ops("itc");
    Pairs candidates = momentum.followedBy(g, images.rows(), texts.rows());
    Value loss = contrast.loss(g, student, momentum, candidates);
    images.push(momentum.images());
    texts.push(momentum.texts());
    step.monitor("itc_loss", loss);
    return loss;
  }
}
