package io.github.nolabel.fragment.text;

import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.AttentionBias;
import io.github.nolabel.fragment.layer.ContextBlock;
import io.github.nolabel.fragment.layer.ContextBlock.Seen;
import io.github.nolabel.fragment.layer.ContextBlocks;
import io.github.nolabel.fragment.layer.Dropout;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * A transformer that reads texts. In BERT's style every token sees all others and the text's
 * feature is its first token's; in CLIP's every token sees those before it, and the feature is that
 * of the end.
 *
 * @param activation of the blocks' MLPs
 */
public record TextTransformer(
    ContextBlock.Style style,
    int featureWidth,
    int depth,
    int heads,
    Activation activation,
    TextPooling pooling,
    int length,
    double dropout,
    Vocabulary vocabulary)
    implements TextEncoder {

  @Override
  public Attached attach(Scope scope) {
    TensorFunction embedding =
        new TokenEmbedding(vocabulary.size(), length, featureWidth)
            .attach(scope.child("embeddings").below(depth + 1));
    TensorFunction norm = style.norm(featureWidth).attach(scope.child("norm"));
    TensorFunction dropped = new Dropout(dropout).attach(scope.child("embeddings"));
    ContextBlock.Attached blocks =
        new ContextBlocks(
                new ContextBlock(style, featureWidth, heads, activation, 0, dropout), depth)
            .attach(scope);
    Ops g = scope.ops();
    return (ids, mask) -> {
      Value words = embedding.apply(ids);
      return bidirectional()
          ? blocks.apply(
              dropped.apply(norm.apply(words)), Seen.limited(AttentionBias.ofPadding(g, mask)))
          : norm.apply(
              blocks.apply(dropped.apply(words), Seen.limited(AttentionBias.causal(g, length))));
    };
  }

  @Override
  public Value pooled(Ops g, Value tokens, Value mask) {
    return pooling.or(bidirectional() ? TextPooling.FIRST : TextPooling.LAST).of(g, tokens, mask);
  }

  private boolean bidirectional() {
    return style == ContextBlock.Style.BERT;
  }
}
