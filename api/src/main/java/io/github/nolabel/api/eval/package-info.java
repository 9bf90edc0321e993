/**
 * How good frozen features are. Start at {@link io.github.nolabel.api.eval.NeighbourEvaluation}.
 */
@NullMarked
package io.github.nolabel.api.eval;

import org.jspecify.annotations.NullMarked;
