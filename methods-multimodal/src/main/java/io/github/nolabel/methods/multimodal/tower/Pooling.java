package io.github.nolabel.methods.multimodal.tower;

import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.layer.AdaptivePooling;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.function.BinaryOperator;

/** How a network's tokens become one feature. */
public enum Pooling {
  /** As the network does it by itself. */
  POOLED {
    @Override
    Fragment images(Backbone backbone) {
      return backbone;
    }

    @Override
    BinaryOperator<Value> texts(TextEncoder text, Scope scope) {
      TextEncoder.Attached tokens = text.attach(scope);
      return (ids, mask) -> text.pooled(scope.ops(), tokens.apply(ids, mask), mask);
    }
  },
  /** As it is learnt: {@link AdaptivePooling}. */
  ADAPTIVE {
    @Override
    Fragment images(Backbone backbone) {
      return backbone
          .tokens()
          .then(NAME, new AdaptivePooling(places(backbone), backbone.featureWidth()));
    }

    @Override
    BinaryOperator<Value> texts(TextEncoder text, Scope scope) {
      TextEncoder.Attached tokens = text.attach(scope);
      BinaryOperator<Value> pooling =
          new AdaptivePooling(text.length(), text.featureWidth()).attachMasked(scope.child(NAME));
      return (ids, mask) -> pooling.apply(tokens.apply(ids, mask), mask);
    }
  };

  private static final String NAME = "pooling";

  /** From images to float[N, featureWidth]. */
  abstract Fragment images(Backbone backbone);

  /** From token ids and their mask to float[N, featureWidth]. */
  abstract BinaryOperator<Value> texts(TextEncoder text, Scope scope);

  /** The number of tokens of an image, found on a graph that is thrown away. */
  private static int places(Backbone backbone) {
    GraphBuilder draft = new GraphBuilder(Mode.INFERENCE);
    Value images = draft.input("images", backbone.inputShape());
    Value tokens = backbone.tokens().attach(draft.scope("draft")).apply(images);
    return Math.toIntExact(tokens.shape().extent(1));
  }
}
