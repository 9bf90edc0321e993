package io.github.nolabel.objective;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.fragment.Fragment;
import java.util.List;

/**
 * A part of the trained networks that can be evaluated and exported.
 *
 * @param scope the top-level scope it was attached under while training
 * @param inputs what it reads; empty means the plain images of evaluation
 */
public record Cut(String name, String scope, List<TensorSpec> inputs, Network network) {

  public Cut {
    inputs = List.copyOf(inputs);
  }

  /** A network from images to features. */
  public Cut(String name, String scope, Fragment network) {
    this(name, scope, List.of(), Network.ofImages(network));
  }
}
