package io.github.nolabel.methods.multimodal.tower;

import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.AttentionBias;
import io.github.nolabel.fragment.layer.ContextBlock;
import io.github.nolabel.fragment.layer.ContextBlock.Seen;
import io.github.nolabel.fragment.layer.ContextBlocks;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.Optional;

/**
 * Text tokens that look at each other and at an image, block by block: the multimodal encoder of
 * ALBEF (Li et al. 2021, arXiv 2107.07651, section 3.1), in BERT's style.
 *
 * @param width of the text tokens; a head for every 64 numbers, or one
 * @param imageWidth of the image tokens
 */
public record Fusion(int width, int imageWidth, int depth) {

  private static final int HEAD = 64;

  /** The encoder with its parameters in place. */
  @FunctionalInterface
  public interface Attached {

    /**
     * @param mask [N, L] of any type, 1 for a token and 0 for padding
     * @param image float[N, T, imageWidth]
     * @return float[N, L, width]
     */
    Value apply(Value text, Value mask, Value image);
  }

  /** Declares the parameters under {@code scope}, once. */
  public Attached attach(Scope scope) {
    int heads = width % HEAD == 0 ? width / HEAD : 1;
    ContextBlock.Attached blocks =
        new ContextBlocks(
                new ContextBlock(ContextBlock.Style.BERT, width, heads, imageWidth, 0), depth)
            .attach(scope);
    Ops g = scope.ops();
    return (text, mask, image) ->
        blocks.apply(
            text, Seen.limited(AttentionBias.ofPadding(g, mask)).with(image, Optional.empty()));
  }

  /** The first token's vector, which stands for the pair: float[N, L, D] to float[N, D]. */
  public static TensorFunction first(Ops g) {
    return tokens -> g.squeeze(g.slice(tokens, 1, 0, 1), 1);
  }
}
