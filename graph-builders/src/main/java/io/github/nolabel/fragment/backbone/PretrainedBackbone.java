package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.StartingValues;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backbone that starts with given values.
 *
 * @param values by path below the backbone's scope; parameters that are not among them start as
 *     ever
 */
record PretrainedBackbone(
    Backbone architecture,
    Map<String, Tensor> values,
    List<String> notes,
    Optional<Normalisation> normalisation)
    implements Backbone {

  PretrainedBackbone {
    values = Map.copyOf(values);
    notes = List.copyOf(notes);
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
  public int nearestSize(int pixels) {
    return architecture.nearestSize(pixels);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    return started(scope, architecture);
  }

  @Override
  public Fragment tokens() {
    Fragment tokens = architecture.tokens();
    return scope -> started(scope, tokens);
  }

  @Override
  public Value pooled(Ops g, Value tokens) {
    return architecture.pooled(g, tokens);
  }

  private TensorFunction started(Scope scope, Fragment fragment) {
    TensorFunction network = fragment.attach(scope);
    new StartingValues(values).apply(scope);
    return network;
  }
}
