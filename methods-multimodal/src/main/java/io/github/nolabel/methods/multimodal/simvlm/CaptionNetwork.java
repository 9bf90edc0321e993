package io.github.nolabel.methods.multimodal.simvlm;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.layer.AttentionBias;
import io.github.nolabel.fragment.layer.ContextBlock;
import io.github.nolabel.fragment.layer.ContextBlock.Seen;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import io.github.nolabel.fragment.layer.ContextBlocks;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.fragment.text.PrefixLengths;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TokenEmbedding;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.Caption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An encoder over an image and the first words of its caption, where all see all, and a decoder
 * over the caption, where every word sees those before it and what was encoded. Both share the
 * words' embeddings.
 */
record CaptionNetwork(Backbone backbone, TextEncoder text, SimVlmConfig config) {

  CaptionNetwork {
    Require.that(
        text.featureWidth() % config.decoderHeads() == 0,
        "decoderHeads is %d, which does not divide text.width %d. Choose a divisor."
            .formatted(config.decoderHeads(), text.featureWidth()));
  }

  Attached attach(Scope scope) {
    int width = text.featureWidth();
    int vocabulary = text.vocabulary().size();
    return new Attached(
        scope.ops(),
        new ImagePatches(backbone, width).attach(scope),
        new TokenEmbedding(vocabulary, text.length(), width).attach(scope.child("embeddings")),
        blocks(scope.child("encoder"), config.encoderDepth(), 0),
        blocks(scope.child("decoder"), config.decoderDepth(), width),
        new Dense(width, vocabulary, true, Dense.Weights.BERT).attach(scope.child("words")),
        new PrefixLengths(config.maxPrefixLength()).within(text.length()));
  }

  /** The captions that it learns from. */
  Caption caption() {
    return new Caption(text.length());
  }

  /** What {@link #nextTokens} reads. */
  List<TensorSpec> read() {
    List<TensorSpec> read = new ArrayList<>();
    read.add(TensorSpec.floats(TrainingProgram.IMAGES, backbone.inputShape()));
    read.addAll(caption().read());
    return read;
  }

  /** Images and the tokens so far, to what follows each: nothing but the image is encoded. */
  UnaryOperator<Map<String, Value>> nextTokens(Scope scope) {
    Attached attached = attach(scope);
    return in -> {
      Memory memory = attached.memory(Objects.requireNonNull(in.get(TrainingProgram.IMAGES)));
      Value logits = attached.logits(memory, Caption.ids(in), Caption.mask(in));
      return Map.of(TrainingProgram.LOGITS, logits);
    };
  }

  private ContextBlock.Attached blocks(Scope scope, int depth, int contextWidth) {
    ContextBlock block =
        new ContextBlock(
            Style.CLIP, text.featureWidth(), config.decoderHeads(), contextWidth, config.dropout());
    ContextBlock.Attached blocks = new ContextBlocks(block, depth).attach(scope);
    TensorFunction norm = Style.CLIP.norm(text.featureWidth()).attach(scope.child("norm"));
    return (x, seen) -> norm.apply(blocks.apply(x, seen));
  }

  /**
   * The network with its parameters in place.
   *
   * @param longestPrefix first tokens that the encoder reads at most
   */
  record Attached(
      Ops g,
      TensorFunction patches,
      TensorFunction embeddings,
      ContextBlock.Attached encoder,
      ContextBlock.Attached decoder,
      TensorFunction words,
      int longestPrefix) {

    /** The image alone, from float[N, 3, S, S]. */
    Memory memory(Value images) {
      return new Memory(encoder.apply(patches.apply(images), Seen.ALL), Optional.empty());
    }

    /**
     * The image and the first words.
     *
     * @param ids int64[N, L]
     * @param prefix int64[N], how many of them are read
     */
    Memory memory(Value images, Value ids, Value prefix) {
      if (longestPrefix == 0) {
        return memory(images);
      }
      Value image = patches.apply(images);
      Value first = embeddings.apply(g.slice(ids, 1, 0, longestPrefix));
      Value read = g.add(prefix, g.integer(image.shape().extent(1)));
      Value all = g.concat(1, image, first);
      Value seen = g.less(g.numbers(all.shape().extent(1)), g.unsqueeze(read, 1, 2, 3));
      Value bias = AttentionBias.where(g, seen);
      return new Memory(encoder.apply(all, Seen.limited(bias)), Optional.of(bias));
    }

    /**
     * What follows each token: float[N, L, V].
     *
     * @param ids int64[N, L]
     * @param mask int64[N, L], 1 for a token and 0 for padding
     */
    Value logits(Memory memory, Value ids, Value mask) {
      Value bias =
          g.add(AttentionBias.causal(g, ids.shape().extent(1)), AttentionBias.ofPadding(g, mask));
      Seen seen = Seen.limited(bias).with(memory.tokens(), memory.bias());
      return words.apply(decoder.apply(embeddings.apply(ids), seen));
    }
  }

  /**
   * What was encoded.
   *
   * @param tokens float[N, s, width]
   * @param bias float[N, 1, 1, s], hides words that are not given; empty if there are none
   */
  record Memory(Value tokens, Optional<Value> bias) {}
}
