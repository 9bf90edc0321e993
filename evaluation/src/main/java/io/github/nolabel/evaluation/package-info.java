/**
 * What a network has learnt. Start at {@link io.github.nolabel.evaluation.NeighbourEvaluation} for
 * frozen features as they are, at {@link io.github.nolabel.evaluation.Probes} for classifiers that
 * are trained on them.
 */
@NullMarked
package io.github.nolabel.evaluation;

import org.jspecify.annotations.NullMarked;
