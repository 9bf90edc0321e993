package io.github.nolabel.methods.multimodal.albef;

import io.github.nolabel.fragment.loss.MaskedTokens;
import io.github.nolabel.fragment.text.TokenMasking;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.step.StepGraph;

/**
 * Which words were hidden? The rest of the text and the image tell; the momentum networks' guesses
 * are part of the target (sections 3.2 and 3.3 of the paper). Reports {@code mlm_loss} and {@code
 * mlm_accuracy}, both over hidden words.
 */
record WordGuessing(AlbefNetworks student, AlbefNetworks teacher, TokenMasking masking) {

  /**
   * @param images float[N, T, W], the student's image tokens
   * @param past float[N, T, W], the teacher's
   * @param ids int64[N, L]
   * @param mask int64[N, L]
   * @param alpha float[], the weight of the teacher's guesses
   * @return float[]
   */
  Value loss(StepGraph step, Value images, Value past, Value ids, Value mask, Value alpha) {
    Ops g = step.ops("mlm");
    TokenMasking.Masked masked =
        masking.apply(g, ids, mask, AlbefObjective.key(step), "hidden_words");
    Value logits = student.guess(masked.ids(), mask, images);
    Value opinion = teacher.guess(masked.ids(), mask, past);
    Value loss = MaskedTokens.loss(g, logits, opinion, ids, masked.chosen(), alpha);
    Monitors.accuracy(step, "mlm_accuracy", logits, ids, masked.chosen());
    step.monitor("mlm_loss", loss);
    return loss;
  }
}
