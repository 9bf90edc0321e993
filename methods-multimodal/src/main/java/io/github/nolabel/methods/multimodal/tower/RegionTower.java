package io.github.nolabel.methods.multimodal.tower;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.layer.AdaptivePooling;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Regions into the space that images share with texts: each by itself, then pooled as it is learnt
 * (Chen et al. 2021, arXiv 2011.04305). It takes the place of a backbone.
 *
 * @param width of the space
 */
public record RegionTower(RegionOptions options, int width) {

  /** From float[N, regionCount, regionWidth] and the regions' mask to float[N, width]. */
  public BinaryOperator<Value> attach(Scope scope) {
    TensorFunction content = new Dense(options.regionWidth(), width).attach(scope.child("content"));
    BinaryOperator<Value> pooling =
        new AdaptivePooling(options.regionCount(), width).attachMasked(scope.child("pooling"));
    return (regions, mask) -> pooling.apply(content.apply(regions), mask);
  }

  /** The cut {@link TwoTowers#IMAGE}, which reads regions and their mask: unit vectors. */
  public Cut cut() {
    return new Cut(TwoTowers.IMAGE, TwoTowers.IMAGE, reads(), this::unit);
  }

  private List<TensorSpec> reads() {
    return List.of(options.regions().spec(), options.mask().spec());
  }

  private UnaryOperator<Map<String, Value>> unit(Scope scope) {
    BinaryOperator<Value> tower = attach(scope);
    return in ->
        Map.of(
            TrainingProgram.FEATURES,
            Vectors.unit(
                scope.ops(),
                tower.apply(of(in, options.regions().name()), of(in, options.mask().name()))));
  }

  private static Value of(Map<String, Value> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
