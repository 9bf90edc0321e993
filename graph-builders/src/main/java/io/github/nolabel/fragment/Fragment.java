package io.github.nolabel.fragment;

import io.github.nolabel.graph.Scope;

/**
 * A reusable piece of network, as data. Attaching declares its parameters once; the returned
 * function may then be applied any number of times, sharing them.
 */
@FunctionalInterface
public interface Fragment {

  TensorFunction attach(Scope scope);

  /** Feeds this fragment's output to {@code next}, whose parameters live under {@code name}. */
  default Fragment then(String name, Fragment next) {
    return scope -> attach(scope).andThen(next.attach(scope.child(name)));
  }
}
