package io.github.nolabel.autodiff;

import io.github.nolabel.graph.Node;
import java.util.Set;
import java.util.TreeSet;

/** Differentiation met an operator it has no rule for. */
public final class MissingGradientException extends RuntimeException {

  MissingGradientException(Node node, Set<String> known) {
    this(node, "no row in the gradient table; rows exist for " + new TreeSet<>(known));
  }

  MissingGradientException(Node node, String reason) {
    super(
        """
        No gradient for operator '%s': %s.
          node:   %s
          fix:    call detach() on its input if no gradient should flow here,
                  or write it with operators that have a row,
                  or give the operator a row: a plug-in registers a GradientProvider."""
            .formatted(node.op(), reason, node));
  }
}
