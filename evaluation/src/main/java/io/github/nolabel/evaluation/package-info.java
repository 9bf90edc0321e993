/**
 * What a network has learnt. Start at {@link io.github.nolabel.evaluation.NeighbourEvaluation} for
 * frozen features as they are, at {@link io.github.nolabel.evaluation.Probes} for classifiers that
 * are trained on them, at {@link io.github.nolabel.evaluation.Retrieval} and {@link
 * io.github.nolabel.evaluation.ZeroShot} for images and texts with features of one space.
 */
@NullMarked
package io.github.nolabel.evaluation;

import org.jspecify.annotations.NullMarked;
