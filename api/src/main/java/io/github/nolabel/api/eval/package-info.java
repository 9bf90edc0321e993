/**
 * What a network has learnt. Start at {@link io.github.nolabel.api.eval.NeighbourEvaluation} for
 * frozen features as they are, at {@link io.github.nolabel.api.eval.Probes} for classifiers that
 * are trained on them.
 */
@NullMarked
package io.github.nolabel.api.eval;

import org.jspecify.annotations.NullMarked;
