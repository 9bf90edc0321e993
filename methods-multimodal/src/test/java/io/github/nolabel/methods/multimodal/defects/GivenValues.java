package io.github.nolabel.methods.multimodal.defects;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.Set;
import java.util.TreeSet;

/** A backbone whose parameters start with a value that no initialisation draws. */
record GivenValues(Backbone architecture, Set<String> names) implements Backbone {

  static final float VALUE = 0.0625f;

  GivenValues(Backbone architecture) {
    this(architecture, new TreeSet<>());
  }

  @Override
  public Shape inputShape() {
    return architecture.inputShape();
  }

  @Override
  public int featureWidth() {
    return architecture.featureWidth();
  }

  @Override
  public Value pooled(Ops g, Value tokens) {
    return architecture.pooled(g, tokens);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    return given(scope, architecture);
  }

  @Override
  public Fragment tokens() {
    return scope -> given(scope, architecture.tokens());
  }

  private TensorFunction given(Scope scope, Fragment network) {
    TensorFunction attached = network.attach(scope);
    for (Parameter parameter : scope.graph().parameters()) {
      if (parameter.name().startsWith(scope.path() + "/") && parameter.trainable()) {
        scope.graph().startAt(parameter.value(), Initializer.constant(VALUE));
        names.add(parameter.name().substring(scope.path().length() + 1));
      }
    }
    return attached;
  }
}
