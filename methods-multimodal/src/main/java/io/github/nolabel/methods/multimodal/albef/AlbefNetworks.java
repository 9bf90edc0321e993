package io.github.nolabel.methods.multimodal.albef;

import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.fragment.loss.SoftPairContrast.Pairs;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.Fusion;
import io.github.nolabel.methods.multimodal.tower.TwoTowers;

/** The networks that student and momentum teacher both have, with their parameters in place. */
record AlbefNetworks(
    Ops g,
    TwoTowers towers,
    TensorFunction imageTokens,
    TensorFunction imageProjector,
    TextEncoder.Attached text,
    TensorFunction textProjector,
    Fusion.Attached fusion,
    TensorFunction words) {

  static AlbefNetworks attach(TwoTowers towers, Fusion fusion, Scope image, Scope text) {
    return new AlbefNetworks(
        text.ops(),
        towers,
        towers.backbone().tokens().attach(image),
        towers.imageProjector(image),
        towers.text().attach(text),
        towers.textProjector(text),
        fusion.attach(fusion(text)),
        words(towers).attach(wordScope(text)));
  }

  /** From the vectors of tokens to the logits of words. */
  static Dense words(TwoTowers towers) {
    return new Dense(
        towers.text().featureWidth(), towers.text().vocabulary().size(), true, Dense.Weights.BERT);
  }

  /** The scope of its parameters below that of the text network. */
  static Scope wordScope(Scope text) {
    return text.child("words");
  }

  /** The scope of the fusion's parameters below that of the text network. */
  static Scope fusion(Scope text) {
    return text.child("fusion");
  }

  /** What the networks make of a batch. */
  record Seen(Value imageTokens, Value textTokens, Value image, Value text) {

    /** The unit vectors. */
    Pairs pairs() {
      return new Pairs(image, text);
    }
  }

  /** Tokens of images and texts, and their unit vectors in the common space. */
  Seen see(Value images, Value ids, Value mask) {
    Value imageTokens = this.imageTokens.apply(images);
    Value textTokens = text.apply(ids, mask);
    Value image = imageProjector.apply(towers.backbone().pooled(g, imageTokens));
    Value caption = textProjector.apply(towers.text().pooled(g, textTokens, mask));
    return new Seen(imageTokens, textTokens, Vectors.unit(g, image), Vectors.unit(g, caption));
  }

  /** The vector of each pair of an image and a text. */
  Value fuse(Value textTokens, Value mask, Value imageTokens) {
    return Fusion.first(g).apply(fusion.apply(textTokens, mask, imageTokens));
  }

  /** Logits of the words at each place, given the image: float[N, L, vocabulary]. */
  Value guess(Value ids, Value mask, Value imageTokens) {
    return words.apply(fusion.apply(text.apply(ids, mask), mask, imageTokens));
  }
}
