/**
 * An ONNX graph as immutable pieces, and the operators it may contain. Start at {@link
 * io.github.nolabel.graph.GraphBuilder}, then {@link io.github.nolabel.graph.Ops}.
 */
@NullMarked
package io.github.nolabel.graph;

import org.jspecify.annotations.NullMarked;
