package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Dropout;
import io.github.nolabel.fragment.layer.LayerNorm;
import io.github.nolabel.fragment.layer.TransformerBlock;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.graph.Window;

/**
 * A vision transformer (Dosovitskiy et al. 2021, arXiv 2010.11929) without its classifier: patches,
 * a class token, positions, pre-norm blocks. The feature is the class token or the mean of the
 * patch tokens after the last normalisation. With {@code preNorm} it is the image tower of CLIP
 * (Radford et al. 2021, arXiv 2103.00020) up to its projection.
 */
public record VisionTransformer(
    int width, int depth, int heads, VisionTransformerConfig config, int imageSize)
    implements Backbone {

  public VisionTransformer {
    int patch = config.patchSizeFor(imageSize);
    Require.that(
        imageSize % patch == 0,
        "patchSize %d does not divide imageSize %d. Choose another backbone.patchSize."
            .formatted(patch, imageSize));
  }

  @Override
  public Shape inputShape() {
    return Shape.batched(3, imageSize, imageSize);
  }

  @Override
  public int featureWidth() {
    return width;
  }

  @Override
  public int nearestSize(int pixels) {
    int patch = config.patchSizeFor(imageSize);
    return Math.max(1, Math.round((float) pixels / patch)) * patch;
  }

  @Override
  public TensorFunction attach(Scope scope) {
    return tokens(scope).andThen(tokens -> pooled(scope.ops(), tokens));
  }

  @Override
  public Fragment tokens() {
    return this::tokens;
  }

  private TensorFunction tokens(Scope scope) {
    TensorFunction network =
        patches(scope.below(depth + 1))
            .andThen(positions(scope.below(depth + 1)))
            .andThen(preNorm(scope.below(depth + 1)))
            .andThen(new Dropout(config.dropout()).attach(scope.child("pos_drop")));
    for (int block = 0; block < depth; block++) {
      Scope own = scope.child("blocks/" + block).below(depth - block);
      network = network.andThen(block(block).attach(own));
    }
    return network.andThen(norm().attach(scope.child("norm")));
  }

  private TensorFunction preNorm(Scope scope) {
    return config.preNorm() ? norm().attach(scope.child("norm_pre")) : x -> x;
  }

  private LayerNorm norm() {
    return new LayerNorm(width, config.epsilon());
  }

  private TransformerBlock block(int number) {
    double path = config.dropPath() * number / Math.max(1, depth - 1);
    return new TransformerBlock(
        width,
        heads,
        config.blockActivation(),
        config.epsilon(),
        config.dropout(),
        path,
        config.layerScale(),
        config.qkNorm());
  }

  /** float[N, 3, S, S] to float[N, patches, width] */
  private TensorFunction patches(Scope scope) {
    int patch = config.patchSizeFor(imageSize);
    long fanIn = 3L * patch * patch;
    Scope proj = scope.child("patch_embed/proj");
    Scope own = config.frozenPatches() ? proj.frozen() : proj;
    Shape shape = Shape.of(width, 3, patch, patch);
    Value weight = own.weight("weight", shape, Initializer.fanIn(fanIn));
    Window window = Window.of(patch).stride(patch);
    Ops g = own.ops();
    if (config.preNorm()) {
      return x -> Grids.tokens(g, g.conv(x, weight, window));
    }
    Value bias = own.bias("bias", Shape.of(width), Initializer.fanIn(fanIn));
    return x -> Grids.tokens(g, g.conv(x, weight, bias, window));
  }

  /** Puts the class token first and adds the positions. */
  private TensorFunction positions(Scope scope) {
    Value token = scope.embedding("cls_token", Shape.of(1, 1, width), Initializer.normal(1e-6));
    Value positions = firstPositions(scope);
    TensorFunction registers = registers(scope);
    Ops g = scope.ops();
    return x -> {
      Value firstTokens = g.slice(x, 1, 0, 1);
      Value all = g.concat(1, g.expandLike(token, firstTokens), x);
      return registers.apply(g.add(all, positionsFor(g, positions, x.shape().extent(1))));
    };
  }

  /** float[1, patches + 1, width] */
  private Value firstPositions(Scope scope) {
    Shape shape = Shape.of(1, patchCount() + 1, width);
    return switch (config.positions()) {
      case LEARNT -> scope.embedding("pos_embed", shape, Initializer.truncatedNormal(0.02));
      case SINE -> {
        int side = imageSize / config.patchSizeFor(imageSize);
        Initializer waves = Initializer.values(SineGrid.positions(side, width));
        yield scope.frozen().embedding("pos_embed", shape, waves);
      }
    };
  }

  /** Puts the registers, which have no positions, behind the class token (Darcet et al. 2023). */
  private TensorFunction registers(Scope scope) {
    if (config.registers() == 0) {
      return x -> x;
    }
    Value tokens =
        scope.embedding(
            "reg_token", Shape.of(1, config.registers(), width), Initializer.normal(1e-6));
    Ops g = scope.ops();
    return x -> {
      Value first = g.slice(x, 1, 0, 1);
      Value each = g.add(tokens, g.zerosLike(first));
      return g.concat(1, first, each, g.slice(x, 1, 1, x.shape().extent(1)));
    };
  }

  /** The positions of {@code patches} patches: other image sizes interpolate the grid. */
  private Value positionsFor(Ops g, Value positions, long patches) {
    if (patches == patchCount()) {
      return positions;
    }
    Value grid = g.slice(positions, 1, 1, patchCount() + 1);
    int from = (int) Math.round(Math.sqrt((double) patchCount()));
    int to = (int) Math.round(Math.sqrt((double) patches));
    Value moved = g.matMul(g.constant(GridInterpolation.matrix(from, to)), grid);
    return g.concat(1, g.slice(positions, 1, 0, 1), moved);
  }

  @Override
  public Value pooled(Ops g, Value tokens) {
    return config.pooling() == VisionTransformerConfig.Pooling.CLASS_TOKEN
        ? g.squeeze(g.slice(tokens, 1, 0, 1), 1)
        : g.reduceMean(
            g.slice(tokens, 1, 1 + config.registers(), tokens.shape().extent(1)), false, 1);
  }

  private long patchCount() {
    long side = imageSize / config.patchSizeFor(imageSize);
    return side * side;
  }
}
