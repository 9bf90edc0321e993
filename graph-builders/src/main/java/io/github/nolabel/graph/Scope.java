package io.github.nolabel.graph;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.train.Sharing;

/**
 * A path under which fragments declare parameters. Whether they train is decided here, not in the
 * fragment.
 *
 * @param drawnAs the path whose first values its parameters take; its own unless it mirrors another
 * @param layersAbove see {@link Parameter}
 * @param mode how its layers behave: as the graph's, but for networks that stay as they are
 */
public record Scope(
    GraphBuilder graph,
    String path,
    boolean trainable,
    String drawnAs,
    int layersAbove,
    Mode mode) {

  public Scope child(String name) {
    return new Scope(graph, path + "/" + name, trainable, drawnAs + "/" + name, layersAbove, mode);
  }

  /** The same scope with parameters that never receive gradients. */
  public Scope frozen() {
    return new Scope(graph, path, false, drawnAs, layersAbove, mode);
  }

  /** The same scope for a layer that is so many layers further from the end of the network. */
  public Scope below(int layers) {
    return new Scope(graph, path, trainable, drawnAs, layersAbove + layers, mode);
  }

  /** A weight: trained if the scope is, with weight decay. */
  public Value weight(String name, Shape shape, Initializer initializer) {
    return declare(name, shape, Role.WEIGHT, trainable, initializer);
  }

  public Value bias(String name, Shape shape, Initializer initializer) {
    return declare(name, shape, Role.BIAS, trainable, initializer);
  }

  public Value gain(String name, Shape shape, Initializer initializer) {
    return declare(name, shape, Role.GAIN, trainable, initializer);
  }

  public Value embedding(String name, Shape shape, Initializer initializer) {
    return declare(name, shape, Role.EMBEDDING, trainable, initializer);
  }

  /** Observed rather than trained, such as a running mean. */
  public Value statistic(String name, Shape shape, Initializer initializer) {
    return declare(name, shape, Role.STATISTIC, false, initializer);
  }

  /**
   * Kept by a mechanism between steps, such as a moment or a queue.
   *
   * @param sharing what several workers make of it
   */
  public Value memory(String name, Shape shape, Sharing sharing, Initializer initializer) {
    return declare(name, shape, Role.MEMORY, false, sharing, initializer);
  }

  /** The operators, with names under this path. */
  public Ops ops() {
    return graph.ops(path);
  }

  /** Of a network, which is one and the same for all workers. */
  private Value declare(
      String name, Shape shape, Role role, boolean trains, Initializer initializer) {
    return declare(name, shape, role, trains, Sharing.AVERAGED, initializer);
  }

  private Value declare(
      String name,
      Shape shape,
      Role role,
      boolean trains,
      Sharing sharing,
      Initializer initializer) {
    Value value = new Value(path + "/" + name, ElementType.FLOAT, shape);
    return graph.declare(
        new Parameter(
            value, role, trains, sharing, initializer, drawnAs + "/" + name, layersAbove));
  }
}
