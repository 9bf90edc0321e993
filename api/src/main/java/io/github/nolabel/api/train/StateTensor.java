package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;

/**
 * A tensor that outlives the step: weights, running statistics, moments, queues.
 *
 * @param trained whether gradients move it; statistics and moments are moved by other rules
 * @param sharing what several workers make of it; the mechanism that keeps it decides
 */
public record StateTensor(String name, boolean trained, Sharing sharing, Tensor initial) {}
