package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;

/**
 * A tensor that outlives the step: weights, running statistics, moments, queues.
 *
 * @param trained whether gradients move it; statistics and moments are moved by other rules
 */
public record StateTensor(String name, boolean trained, Tensor initial) {}
