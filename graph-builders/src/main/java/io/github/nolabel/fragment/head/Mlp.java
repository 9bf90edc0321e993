package io.github.nolabel.fragment.head;

import io.github.nolabel.api.Require;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.BatchNorm;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.graph.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A projection or prediction head, float[N, inputWidth] to float[N, width of the last layer]. A
 * dense layer has a bias only if no batch normalisation with a bias of its own follows.
 *
 * @param weights how the dense layers start
 */
public record Mlp(int inputWidth, List<Layer> layers, Dense.Weights weights) implements Fragment {

  /** What follows a dense layer before its activation. */
  public enum Norm {
    NONE,
    /** Batch normalisation with gain and bias. */
    BATCH,
    /** Batch normalisation without gain and bias. */
    BATCH_PLAIN
  }

  /** A dense layer of {@code width}, its normalisation and its activation. */
  public record Layer(int width, Norm norm, Activation activation) {
    public Layer {
      Require.positive("width", width);
    }

    /** The usual hidden layer: batch normalisation and ReLU. */
    public static Layer hidden(int width) {
      return new Layer(width, Norm.BATCH, Activation.RELU);
    }

    /** A hidden layer without normalisation: ReLU. */
    public static Layer relu(int width) {
      return new Layer(width, Norm.NONE, Activation.RELU);
    }

    /** A last layer whose features are standardised over the batch, without gain and bias. */
    public static Layer standardised(int width) {
      return new Layer(width, Norm.BATCH_PLAIN, Activation.NONE);
    }

    /** A dense layer alone. */
    public static Layer linear(int width) {
      return new Layer(width, Norm.NONE, Activation.NONE);
    }

    private Layer normalised() {
      return new Layer(width, Norm.BATCH, activation);
    }
  }

  public Mlp {
    Require.positive("inputWidth", inputWidth);
    layers = List.copyOf(layers);
    Require.that(!layers.isEmpty(), "a head needs at least one layer");
  }

  public Mlp(int inputWidth, List<Layer> layers) {
    this(inputWidth, layers, Dense.Weights.PYTORCH);
  }

  public static Mlp of(int inputWidth, Layer... layers) {
    return new Mlp(inputWidth, List.of(layers));
  }

  /** The usual head: a hidden layer with batch normalisation and ReLU, then a dense one. */
  public static Mlp twoLayers(int inputWidth, int hiddenWidth, int width) {
    return of(inputWidth, Layer.hidden(hiddenWidth), Layer.linear(width));
  }

  /** {@code layers} dense layers in all, each but the last like {@code hidden}. */
  public static Mlp deep(int inputWidth, int layers, Layer hidden, Layer last) {
    List<Layer> all = new ArrayList<>(Collections.nCopies(layers - 1, hidden));
    all.add(last);
    return new Mlp(inputWidth, all);
  }

  /** The same layers, started otherwise. */
  public Mlp starting(Dense.Weights weights) {
    return new Mlp(inputWidth, layers, weights);
  }

  /** The same with batch normalisation in every layer. */
  public Mlp normalised() {
    return new Mlp(inputWidth, layers.stream().map(Layer::normalised).toList(), weights);
  }

  /** The first {@code count} layers, with the same parameters by name. */
  public Mlp first(int count) {
    return new Mlp(inputWidth, layers.subList(0, count), weights);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    List<TensorFunction> parts = new ArrayList<>();
    int width = inputWidth;
    for (Layer layer : layers) {
      parts.add(attach(scope.child("layer_" + (parts.size() + 1)), width, layer));
      width = layer.width();
    }
    return parts.stream().reduce(TensorFunction::andThen).orElseThrow();
  }

  private TensorFunction attach(Scope scope, int width, Layer layer) {
    Dense dense = new Dense(width, layer.width(), true, weights);
    TensorFunction linear = (layer.norm() == Norm.NONE ? dense : dense.withoutBias()).attach(scope);
    TensorFunction activated = layer.activation().attach(scope);
    if (layer.norm() == Norm.NONE) {
      return linear.andThen(activated);
    }
    BatchNorm norm = new BatchNorm(layer.width(), layer.norm() == Norm.BATCH, 1);
    return linear.andThen(norm.attach(scope.child("norm"))).andThen(activated);
  }
}
